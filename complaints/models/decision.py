from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.models.complaint import Complaint
from complaints.models.words import ComplaintGround, Finding
from complaints.queries import OfComplaintQuerySet
from office.models import Record


class Stage(models.TextChoices):
    FIRST = "first", pgettext_lazy("stage of a complaint", "first decision")
    REVIEW = "review", pgettext_lazy("stage of a complaint", "review")
    RECHECK = "recheck", pgettext_lazy("stage of a complaint", "re-review")


class Measure(models.TextChoices):
    """What is proposed to whoever may do it; the bureau itself takes no measure."""

    CRITICISM = "criticism", pgettext_lazy("measure", "criticism by the committee")
    ORDER = "order", pgettext_lazy("measure", "order to correct")
    REMOVAL = "removal", pgettext_lazy("measure", "removal by the electing unit")
    DISMISSAL = "dismissal", pgettext_lazy("measure", "dismissal by the appointing unit")
    TRANSFER = "transfer", pgettext_lazy("measure", "passing on to another organ")


class Decision(Record):
    """What a body decided of a complaint, ground by ground; one of them stands at a time.

    The reasons lie sealed under the key of the case.
    """

    complaint = models.ForeignKey(
        Complaint, verbose_name=_("complaint"), on_delete=models.PROTECT, related_name="decisions"
    )
    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices)
    result = models.CharField(_("result"), max_length=10, choices=Finding.choices)
    # Codes of ``Measure``.
    measures = models.JSONField(_("measures proposed"), default=list, blank=True)
    sealed_reasons = models.TextField(_("reasons"))
    body = models.CharField(_("decided by"), max_length=120)
    decided_on = models.DateField(_("decided on"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    stands = models.BooleanField(_("stands"), default=True)

    objects = OfComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("complaint", "decision")
        verbose_name_plural = pgettext_lazy("complaint", "decisions")
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                name="complaintdecision_stage_is_known", condition=Q(stage__in=Stage.values)
            ),
            models.CheckConstraint(
                name="complaintdecision_result_is_known", condition=Q(result__in=Finding.values)
            ),
            models.CheckConstraint(name="complaintdecision_says_by_whom", condition=~Q(body="")),
            models.CheckConstraint(
                name="complaintdecision_has_reasons", condition=~Q(sealed_reasons="")
            ),
            models.UniqueConstraint(
                fields=["complaint"], condition=Q(stands=True), name="complaintdecision_stands_once"
            ),
        ]

    def __str__(self):
        return f"{self.complaint_id} {self.get_stage_display()}"

    def clean(self):
        unknown = set(self.measures) - set(Measure.values)
        if unknown or len(self.measures) != len(set(self.measures)):
            raise ValidationError({"measures": _("A measure is not known, or named twice.")})

    @property
    def area(self):
        return self.complaint.division_id


class DecisionItem(models.Model):
    """What was found of one ground."""

    decision = models.ForeignKey(
        Decision, verbose_name=_("decision"), on_delete=models.PROTECT, related_name="items"
    )
    ground = models.CharField(_("ground"), max_length=12, choices=ComplaintGround.choices)
    finding = models.CharField(_("finding"), max_length=10, choices=Finding.choices)

    class Meta:
        verbose_name = _("finding on a ground")
        verbose_name_plural = _("findings on grounds")
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                name="decisionitem_ground_is_known", condition=Q(ground__in=ComplaintGround.values)
            ),
            models.CheckConstraint(
                name="decisionitem_finding_is_known", condition=Q(finding__in=Finding.values)
            ),
            models.UniqueConstraint(
                fields=["decision", "ground"], name="decisionitem_once_a_ground"
            ),
        ]

    def __str__(self):
        return f"{self.get_ground_display()}: {self.get_finding_display()}"
