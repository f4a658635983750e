from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "casework"
    verbose_name = _("Casework")

    def ready(self):
        from casework import receivers  # noqa: F401, PLC0415
        from casework.models import subsidy_spans  # noqa: PLC0415
        from casework.permissions import allow_roles  # noqa: PLC0415
        from casework.reports.own_cases import cases_on_my_page  # noqa: PLC0415
        from casework.reports.own_studies import studies_on_my_page  # noqa: PLC0415
        from casework.reports.pay import pay_on_my_page  # noqa: PLC0415
        from office.policies import scope_policies  # noqa: PLC0415
        from office.workbench import offer  # noqa: PLC0415

        allow_roles()
        post_migrate.connect(subsidy_spans.install, sender=self)
        scope_policies(self)
        offer(cases_on_my_page)
        offer(pay_on_my_page)
        offer(studies_on_my_page)
