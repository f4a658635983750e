from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from grading.flows.panel import READING, ReadingState
from grading.models.application import Application
from grading.models.panel import Panel
from grading.models.scheme import officer
from grading.queries.panels import ReadingQuerySet, RecusalQuerySet
from grading.rules import scoring
from grading.rules.references import reference
from office.models import Record

R = ReadingState


class Recusal(models.Model):
    """A member who does not judge an application: computed from the registers, or declared.

    While it stands the application is in no list, count, average or export of the member.
    """

    panel = models.ForeignKey(
        Panel, verbose_name=_("panel"), on_delete=models.PROTECT, related_name="recusals"
    )
    application = models.ForeignKey(
        Application,
        verbose_name=_("application"),
        on_delete=models.PROTECT,
        related_name="recusals",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("member"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    # Of ``grading.rules.recusal.GROUNDS``.
    grounds = models.JSONField(_("grounds"), default=list)
    reason = models.CharField(_("reason declared"), max_length=500, blank=True)
    found_on = models.DateField(_("found on"))
    lifted_on = models.DateField(_("lifted on"), null=True, blank=True)

    objects = RecusalQuerySet.as_manager()

    class Meta:
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        ordering = ["application", "pk"]
        default_permissions = []
        indexes = [models.Index(fields=["user", "lifted_on"], name="recusal_of_member")]
        constraints = [
            models.UniqueConstraint(
                fields=["panel", "application", "user"],
                condition=Q(lifted_on__isnull=True),
                name="recusal_standing_once",
            ),
        ]

    def __str__(self):
        return f"{self.user} {self.application_id}"


class Reading(Record):
    """One member's sheet for one application: nobody else's sheet ever takes its place."""

    flow = READING

    panel = models.ForeignKey(
        Panel, verbose_name=_("panel"), on_delete=models.PROTECT, related_name="readings"
    )
    application = models.ForeignKey(
        Application,
        verbose_name=_("application"),
        on_delete=models.PROTECT,
        related_name="readings",
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("member"),
        on_delete=models.PROTECT,
        related_name="readings",
    )
    state = models.CharField(
        _("state"), max_length=10, choices=R.choices, default=R.OPEN, editable=False
    )
    is_third = models.BooleanField(_("third reading"), default=False, editable=False)
    is_calibration = models.BooleanField(_("read by all"), default=False, editable=False)
    # {criterion: points as typed}, kept with every save of the sheet.
    scores = models.JSONField(_("scores"), default=dict, blank=True)
    remark = models.TextField(_("remark"), max_length=2_000, blank=True)
    reason = models.CharField(_("reason of the abstention"), max_length=500, blank=True)
    assigned_on = models.DateField(_("assigned on"), editable=False)
    saved_at = models.DateTimeField(_("saved at"), null=True, blank=True, editable=False)
    handed_in_on = models.DateField(_("handed in on"), null=True, blank=True, editable=False)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ["panel", "pk"]
        permissions = [
            *READING.permissions("reading"),
            ("compare_reading", "Can see the scores of all members once they are shown"),
            ("export_reading", "Can export the scores of a panel once they are shown"),
        ]
        indexes = [models.Index(fields=["member", "state"], name="reading_of_member")]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "member"],
                condition=~Q(state=R.DROPPED),
                name="reading_once_a_member",
            ),
            models.CheckConstraint(name="reading_state_is_known", condition=Q(state__in=R.values)),
            models.CheckConstraint(
                name="reading_handed_in_on_a_day",
                condition=~Q(state__in=[R.SUBMITTED, R.ABSTAINED]) | Q(handed_in_on__isnull=False),
            ),
            models.CheckConstraint(
                name="reading_abstained_says_why",
                condition=~Q(state=R.ABSTAINED) | ~Q(reason=""),
            ),
        ]

    def __str__(self):
        # Whose application it is stands nowhere where a member reads.
        return reference(self.panel.grading_round_id, self.application_id)

    @property
    def area(self):
        return self.panel.grading_round.division_id

    @property
    def sheet(self):
        """The ``Sheet`` of the rules."""
        return scoring.Sheet(
            self.member_id,
            self.application_id,
            self.scores,
            abstained=self.state == R.ABSTAINED,
            reason=self.reason,
        )

    def faults(self):
        """Return every fault of the sheet as it stands."""
        return scoring.sheet_faults(self.sheet, self.panel.criteria())

    @property
    def total(self):
        """The exact total; None of an abstention. It must have been handed in."""
        return scoring.total(self.sheet, self.panel.criteria())


class RankMove(models.Model):
    """Somebody was put at a place by hand: by one officer with a reason, confirmed by a second.

    Where a tie at the cut is decided, ``decides_tie``: then ``place`` is the place among the equals
    and the computed order stays as it is. ``in_reserve``: the equals are those who stand first in
    the reserve once the places are given, and what the award rests on stays as it is too.
    """

    round_level = models.ForeignKey(
        "grading.RoundLevel",
        verbose_name=_("level"),
        on_delete=models.PROTECT,
        related_name="moves",
    )
    application = models.ForeignKey(
        Application, verbose_name=_("application"), on_delete=models.PROTECT, related_name="moves"
    )
    place = models.PositiveIntegerField(_("place"))
    decides_tie = models.BooleanField(_("decides a tie"), default=False, editable=False)
    in_reserve = models.BooleanField(_("of the reserve"), default=False, editable=False)
    reason = models.CharField(_("reason"), max_length=1_000)
    by = officer(_("by"))
    on = models.DateField(_("proposed on"))
    second = officer(_("confirmed by"))
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    dropped_on = models.DateField(_("taken back on"), null=True, blank=True)
    # Where the panel voted on equals: who was present, what each voted, what was counted.
    vote = models.JSONField(_("vote of the panel"), default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("move in a ranking")
        verbose_name_plural = _("moves in rankings")
        ordering = ["round_level", "pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(name="rankmove_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="rankmove_of_the_reserve_is_an_order",
                condition=Q(in_reserve=False) | Q(decides_tie=True),
            ),
            models.CheckConstraint(
                name="rankmove_confirmed_by_a_second",
                condition=Q(confirmed_on__isnull=True, second__isnull=True)
                | Q(confirmed_on__isnull=False, second__isnull=False, by__isnull=False)
                & ~Q(second=F("by")),
            ),
        ]

    def __str__(self):
        return f"{self.application_id} {self.place}"
