from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from complaints.models.complaint import Complaint
from complaints.queries import OfComplaintQuerySet
from registry.models import Mediator


class DeclaredWitness(models.Model):
    """That a mediator told something in a case: later acts against the person are looked at.

    Only those the case was given to are shown it.
    """

    complaint = models.ForeignKey(
        Complaint, verbose_name=_("complaint"), on_delete=models.PROTECT, related_name="witnesses"
    )
    mediator = models.ForeignKey(
        Mediator, verbose_name=_("mediator"), on_delete=models.PROTECT, related_name="+"
    )
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("noted by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    noted_on = models.DateField(_("noted on"))

    objects = OfComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("witness in a complaint")
        verbose_name_plural = _("witnesses in complaints")
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["complaint", "mediator"], name="declaredwitness_once")
        ]

    def __str__(self):
        return f"{self.complaint_id} {self.mediator_id}"

    @property
    def area(self):
        return self.complaint.division_id
