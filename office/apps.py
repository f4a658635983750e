from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficeConfig(AppConfig):
    name = "office"
    verbose_name = _("Office")

    def ready(self):
        from office.accounts import receivers  # noqa: F401, PLC0415
        from office.roles import Role, allow  # noqa: PLC0415

        allow(Role.SYSTEM_ADMIN, "office.help_account")
        from office.policies import scope_policies  # noqa: PLC0415

        scope_policies(self)
