from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from complaints.models.complaint import Complaint
from complaints.queries import RefusalQuerySet
from complaints.rules.routes import Refusal


class ComplaintRefusal(models.Model):
    """Why a complaint was not accepted, kept to be counted.

    It stands in a row of its own, for whatever changes in a complaint the ledger is told of.
    """

    complaint = models.OneToOneField(
        Complaint, verbose_name=_("complaint"), on_delete=models.PROTECT, related_name="refusal"
    )
    ground = models.CharField(_("reason"), max_length=16, choices=Refusal.choices)
    refused_on = models.DateField(_("date"), db_index=True)

    objects = RefusalQuerySet.as_manager()

    class Meta:
        verbose_name = _("refusal of a complaint")
        verbose_name_plural = _("refusals of complaints")
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                name="complaintrefusal_ground_is_known", condition=Q(ground__in=Refusal.values)
            )
        ]

    def __str__(self):
        return str(self.complaint_id)
