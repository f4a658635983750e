from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    name = "registry"
    verbose_name = _("Register")

    def ready(self):
        from office.policies import scope_policies  # noqa: PLC0415
        from registry import overlaps, receivers, versions  # noqa: F401, PLC0415
        from registry.permissions import allow_roles  # noqa: PLC0415

        allow_roles()
        post_migrate.connect(versions.install, sender=self)
        post_migrate.connect(overlaps.install, sender=self)
        scope_policies(self)
