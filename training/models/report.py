from django.utils.translation import gettext_lazy as _

from registry.models import Division
from training.queries import StudyDivisionQuerySet


class StudyDivision(Division):
    """A division as the report of course progress sees it: with what its people study."""

    objects = StudyDivisionQuerySet.as_manager()

    class Meta:
        proxy = True
        ordering = ["id"]
        verbose_name = _("course progress of a division")
        verbose_name_plural = _("course progress by division")
        default_permissions = ["view", "export"]
