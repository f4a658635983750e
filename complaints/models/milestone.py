from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from complaints.flows import COMPLAINT
from complaints.models.complaint import Complaint


class Milestone(models.Model):
    """That a complaint took a step on a day: what its holder is told of the way it went."""

    complaint = models.ForeignKey(
        Complaint, verbose_name=_("complaint"), on_delete=models.PROTECT, related_name="milestones"
    )
    step = models.CharField(_("step"), max_length=20)
    taken_on = models.DateField(_("date"))

    class Meta:
        verbose_name = _("step of a complaint")
        verbose_name_plural = _("steps of complaints")
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                name="milestone_step_is_known", condition=Q(step__in=list(COMPLAINT.steps))
            )
        ]

    def __str__(self):
        return f"{self.complaint_id} {self.step}"
