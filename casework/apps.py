from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "casework"
    verbose_name = _("Casework")

    def ready(self):
        from casework import receivers  # noqa: F401, PLC0415
        from casework.permissions import allow_roles  # noqa: PLC0415
        from casework.reports.own_studies import studies_on_my_page  # noqa: PLC0415
        from office.policies import scope_policies  # noqa: PLC0415
        from office.workbench import offer  # noqa: PLC0415

        allow_roles()
        scope_policies(self)
        offer(studies_on_my_page)
