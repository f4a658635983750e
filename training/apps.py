from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = _("Training")

    def ready(self):
        from office.policies import scope_policies  # noqa: PLC0415
        from office.workbench import offer  # noqa: PLC0415
        from training import receivers  # noqa: F401, PLC0415
        from training.notices.certificate_lines import certificate_lines  # noqa: PLC0415
        from training.permissions import allow_roles  # noqa: PLC0415
        from training.reports.mentorships import pairings_on_my_page  # noqa: PLC0415
        from training.reports.own import hours_on_my_page  # noqa: PLC0415
        from training.reports.own_sessions import sessions_on_my_page  # noqa: PLC0415
        from training.reports.results import results_on_my_page  # noqa: PLC0415
        from training.views.exam_lines import exam_lines  # noqa: PLC0415
        from training.views.own_lines import course_lines  # noqa: PLC0415

        allow_roles()
        scope_policies(self)
        offer(exam_lines)
        offer(course_lines)
        offer(certificate_lines)
        offer(hours_on_my_page)
        offer(sessions_on_my_page)
        offer(pairings_on_my_page)
        offer(results_on_my_page)
