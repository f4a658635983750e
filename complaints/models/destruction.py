from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.flows import DESTRUCTION, DestructionState
from complaints.models.complaint import Complaint
from complaints.models.policy import ComplaintPolicy
from complaints.queries import OfComplaintQuerySet
from office.models import Record


class KeyDestruction(Record):
    """The case in which one officer proposes to destroy a complaint's key and another does it.

    What stays is the complaint's metadata: number, channel, days, result. No word of a reason is
    kept here; why it was rejected lies sealed in the complaint.
    """

    flow = DESTRUCTION

    complaint = models.ForeignKey(
        Complaint,
        verbose_name=_("complaint"),
        on_delete=models.PROTECT,
        related_name="destructions",
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=DestructionState.choices,
        default=DestructionState.PROPOSED,
        editable=False,
    )
    policy = models.ForeignKey(
        ComplaintPolicy,
        verbose_name=_("policy"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposed by"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    proposed_on = models.DateField(_("proposed on"), editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=pgettext_lazy("person", "decided by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    decided_on = models.DateField(_("decided on"), null=True, blank=True, editable=False)

    objects = OfComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("destruction of a complaint's key")
        verbose_name_plural = _("destructions of complaints' keys")
        ordering = ["-proposed_on", "-pk"]
        default_permissions = ("view", "add", "export")
        permissions = DESTRUCTION.permissions("keydestruction")
        constraints = [
            models.CheckConstraint(
                name="keydestruction_state_is_known", condition=Q(state__in=DestructionState.values)
            ),
            models.CheckConstraint(
                name="keydestruction_decided_by_another",
                condition=Q(
                    state=DestructionState.PROPOSED,
                    decided_by__isnull=True,
                    decided_on__isnull=True,
                )
                | Q(
                    state__in=[DestructionState.CONFIRMED, DestructionState.REJECTED],
                    decided_by__isnull=False,
                    decided_on__isnull=False,
                )
                & ~Q(decided_by=F("proposed_by")),
            ),
            models.UniqueConstraint(
                fields=["complaint"],
                condition=Q(state__in=[DestructionState.PROPOSED, DestructionState.CONFIRMED]),
                name="keydestruction_once",
                violation_error_message=_("The destruction of this key was proposed already."),
            ),
        ]

    def __str__(self):
        return self.complaint.number

    @property
    def area(self):
        return self.complaint.division_id

    def linked(self):
        """Return the complaints that were joined to this one, or to which it is joined or refers.

        What another complaint rests on is needed as long as that one is open.
        """
        complaint = self.complaint
        joined = Q(merged_into=complaint) | Q(retaliation_for=complaint)
        return Complaint.objects.filter(
            joined | Q(pk=complaint.merged_into_id) | Q(pk=complaint.retaliation_for_id)
        )
