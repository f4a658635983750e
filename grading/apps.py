from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class GradingConfig(AppConfig):
    name = "grading"
    verbose_name = _("Grading")

    def ready(self):
        from grading.models import scheme_guards  # noqa: PLC0415
        from grading.permissions import allow_roles  # noqa: PLC0415
        from office.policies import scope_policies  # noqa: PLC0415

        allow_roles()
        post_migrate.connect(scheme_guards.install, sender=self)
        scope_policies(self)
