from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    name = "registry"
    verbose_name = _("Register")

    def ready(self):
        from office.policies import scope_policies  # noqa: PLC0415
        from registry import receivers  # noqa: F401, PLC0415
        from registry.permissions import allow_honours, allow_roles  # noqa: PLC0415

        allow_roles()
        allow_honours()
        scope_policies(self)
