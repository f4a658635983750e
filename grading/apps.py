from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class GradingConfig(AppConfig):
    name = "grading"
    verbose_name = _("Grading")

    def ready(self):
        from grading.evaluation.catalogue import FIGURES, FLAGS  # noqa: PLC0415
        from grading.models import scheme_guards  # noqa: PLC0415
        from grading.permissions import allow_roles  # noqa: PLC0415
        from grading.rules.terms import name_terms  # noqa: PLC0415
        from grading.views.reading_lines import readings_to_do  # noqa: PLC0415
        from office.policies import scope_policies  # noqa: PLC0415
        from office.workbench import offer  # noqa: PLC0415

        allow_roles()
        offer(readings_to_do)
        name_terms({name: label for name, (label, _calc) in {**FIGURES, **FLAGS}.items()})
        post_migrate.connect(scheme_guards.install, sender=self)
        scope_policies(self)
