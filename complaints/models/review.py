from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.models.complaint import Complaint
from complaints.models.decision import Decision, Stage
from complaints.models.vault import Evidence
from complaints.queries import OfComplaintQuerySet
from office.models import Record


class Outcome(models.TextChoices):
    UPHELD = "upheld", pgettext_lazy("review", "the decision stands")
    CHANGED = "changed", pgettext_lazy("review", "the decision is changed")
    SENT_BACK = "sent_back", pgettext_lazy("review", "to be investigated again")


class Review(Record):
    """That somebody above looked at a decision, and what came of it; the reasons lie sealed.

    A review is decided here by the next higher body. A re-review is decided elsewhere: its number,
    day and paper are recorded.
    """

    complaint = models.ForeignKey(
        Complaint, verbose_name=_("complaint"), on_delete=models.PROTECT, related_name="reviews"
    )
    decision = models.ForeignKey(
        Decision,
        verbose_name=_("decision reviewed"),
        on_delete=models.PROTECT,
        related_name="reviews",
    )
    new_decision = models.OneToOneField(
        Decision,
        verbose_name=_("decision in its place"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="made_by",
    )
    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    sealed_reasons = models.TextField(_("reasons"))
    body = models.CharField(_("decided by"), max_length=120)
    number = models.CharField(_("document number"), max_length=60, blank=True)
    decided_on = models.DateField(_("decided on"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    paper = models.OneToOneField(
        Evidence,
        verbose_name=pgettext_lazy("review", "paper"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="review",
    )

    objects = OfComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("complaint", "review")
        verbose_name_plural = pgettext_lazy("complaint", "reviews")
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                name="complaintreview_stage_is_above",
                condition=Q(stage__in=[Stage.REVIEW, Stage.RECHECK]),
            ),
            models.CheckConstraint(
                name="complaintreview_outcome_is_known", condition=Q(outcome__in=Outcome.values)
            ),
            models.CheckConstraint(
                name="complaintreview_changes_by_a_decision",
                condition=Q(outcome=Outcome.CHANGED, new_decision__isnull=False)
                & ~Q(new_decision=F("decision"))
                | ~Q(outcome=Outcome.CHANGED) & Q(new_decision__isnull=True),
            ),
            models.CheckConstraint(
                name="complaintreview_from_outside_has_a_paper",
                condition=~Q(stage=Stage.RECHECK)
                | Q(paper__isnull=False) & ~Q(number="") & ~Q(outcome=Outcome.SENT_BACK),
            ),
            models.UniqueConstraint(
                fields=["decision", "stage"], name="complaintreview_once_a_decision"
            ),
        ]

    def __str__(self):
        return f"{self.complaint_id} {self.get_stage_display()}"

    @property
    def area(self):
        return self.complaint.division_id
