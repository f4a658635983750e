from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplaintsConfig(AppConfig):
    name = "complaints"
    verbose_name = _("Complaints")

    def ready(self):
        from complaints import receivers  # noqa: F401, PLC0415
        from complaints.permissions import allow_roles  # noqa: PLC0415
        from complaints.reports.respondents import sheets_on_my_page  # noqa: PLC0415
        from complaints.reports.unread import news_on_my_page  # noqa: PLC0415
        from complaints.reports.unsettled import withdrawals_on_my_page  # noqa: PLC0415
        from office.policies import scope_policies  # noqa: PLC0415
        from office.workbench import offer  # noqa: PLC0415

        allow_roles()
        scope_policies(self)
        offer(sheets_on_my_page)
        offer(news_on_my_page)
        offer(withdrawals_on_my_page)
