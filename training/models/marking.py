from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.models import Record
from training.flows.marking import MARKING, MarkingState
from training.models.attempt import AttemptItem
from training.models.exam import Exam
from training.queries.marking import MarkerQuerySet, MarkingQuerySet


class Marker(models.Model):
    """Somebody who was named to mark the essays of an exam."""

    exam = models.ForeignKey(
        Exam, verbose_name=_("exam"), on_delete=models.PROTECT, related_name="markers"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("marker"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    named_on = models.DateField(_("named on"))

    objects = MarkerQuerySet.as_manager()

    class Meta:
        verbose_name = _("marker")
        verbose_name_plural = _("markers")
        ordering = ["exam_id", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["exam", "user"], name="marker_named_once"),
        ]

    def __str__(self):
        return str(self.user)


class Marking(Record):
    """One marker's look at one answer: claimed, then marked point by point, or handed back.

    The marker is shown the answer under a running ``number`` of the exam, and nothing of whose it
    is or what others gave. Whoever handed an answer back does not get it again.
    """

    flow = MARKING

    item = models.ForeignKey(
        AttemptItem, verbose_name=_("answer"), on_delete=models.PROTECT, related_name="markings"
    )
    exam = models.ForeignKey(
        Exam, verbose_name=_("exam"), on_delete=models.PROTECT, related_name="markings"
    )
    round = models.PositiveSmallIntegerField(_("round"))
    number = models.PositiveIntegerField(_("running number"))
    marker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("marker"),
        on_delete=models.PROTECT,
        related_name="markings",
    )
    state = models.CharField(
        _("state"),
        max_length=8,
        choices=MarkingState.choices,
        default=MarkingState.CLAIMED,
        editable=False,
    )
    # The marks for each point of the guide, in its order, as decimal strings.
    points = models.JSONField(_("marks by point"), default=list, blank=True)
    marks = models.DecimalField(
        _("marks given"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    comment = models.TextField(_("comment"), max_length=1000, blank=True)
    claimed_at = models.DateTimeField(_("claimed at"))
    marked_at = models.DateTimeField(_("marked at"), null=True, blank=True)

    objects = MarkingQuerySet.as_manager()

    class Meta:
        verbose_name = _("marking")
        verbose_name_plural = _("markings")
        ordering = ["exam_id", "number"]
        permissions = MARKING.permissions("marking")
        indexes = [models.Index(fields=["marker", "state"], name="marking_of_a_marker")]
        constraints = [
            models.CheckConstraint(
                name="marking_state_is_known", condition=Q(state__in=MarkingState.values)
            ),
            models.CheckConstraint(
                name="marking_of_three_rounds", condition=Q(round__in=[1, 2, 3])
            ),
            models.UniqueConstraint(
                fields=["item", "round"],
                condition=~Q(state=MarkingState.RETURNED),
                name="marking_round_once",
            ),
            models.UniqueConstraint(fields=["item", "marker"], name="marking_by_others_each_time"),
            models.UniqueConstraint(fields=["exam", "number"], name="marking_number_once"),
            models.CheckConstraint(
                name="marking_marked_has_marks",
                condition=Q(state="marked", marks__isnull=False, marked_at__isnull=False)
                & Q(marks__gte=0)
                | ~Q(state="marked") & Q(marks__isnull=True, marked_at__isnull=True),
            ),
        ]

    def __str__(self):
        return gettext("Answer %(number)d") % {"number": self.number}

    @property
    def area(self):
        return self.exam.division_id

    @property
    def guide(self):
        """The points an answer is marked by, as (text, most marks); without a guide one for all."""
        points = self.item.version.content.get("guide", [])
        told = [(one["point"], Decimal(str(one["marks"]))) for one in points]
        return told or [(gettext("The whole answer"), self.item.marks)]
