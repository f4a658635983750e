from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class GradingConfig(AppConfig):
    name = "grading"
    verbose_name = _("Grading")

    def ready(self):
        from grading import receivers  # noqa: F401, PLC0415
        from grading.evaluation import MEDIATORS, ORGANISATIONS  # noqa: PLC0415
        from grading.models import scheme_guards  # noqa: PLC0415
        from grading.permissions import allow_roles  # noqa: PLC0415
        from grading.reports.own_applications import applications_on_my_page  # noqa: PLC0415
        from grading.reports.own_levels import level_lines  # noqa: PLC0415
        from grading.reports.own_readings import readings_to_do  # noqa: PLC0415
        from grading.reports.own_renewals import renewal_lines  # noqa: PLC0415
        from grading.reports.own_reviews import reviews_on_my_page  # noqa: PLC0415
        from grading.reports.waiting_reviews import reviews_that_wait  # noqa: PLC0415
        from grading.rules.terms import name_terms  # noqa: PLC0415
        from office.policies import scope_policies  # noqa: PLC0415
        from office.workbench import offer  # noqa: PLC0415
        from registry.models import PolicyKey  # noqa: PLC0415
        from registry.models.notice import name_kind  # noqa: PLC0415

        allow_roles()
        for subject in (ORGANISATIONS, MEDIATORS):
            told = {**subject.figures, **subject.flags}
            name_terms({name: label for name, (label, _calc) in told.items()})
        name_kind("grading", _("Grading results"), PolicyKey.GRADING_NOTICE)
        name_kind("review", _("Results of a review"), PolicyKey.GRADING_NOTICE)
        post_migrate.connect(scheme_guards.install, sender=self)
        scope_policies(self)
        offer(applications_on_my_page)
        offer(level_lines)
        offer(readings_to_do)
        offer(renewal_lines)
        offer(reviews_on_my_page)
        offer(reviews_that_wait)
