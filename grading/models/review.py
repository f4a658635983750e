from datetime import timedelta

from django.apps import apps
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from grading.flows.review import (
    CYCLE,
    SHEET,
    TOLD,
    CycleState,
    SheetState,
)
from grading.models.scheme import SchemeVersion, officer
from grading.queries.reviews import CycleQuerySet, SheetQuerySet
from grading.rules.review_cycles import adds_up
from grading.rules.review_steps import asked_of
from office.models import Record
from registry.models import Division, Mediator, Organization, PublicNotice

C = CycleState
S = SheetState
BEFORE_THE_NOTICE = [C.DRAFT, C.SELF, C.ORGANIZATION, C.BUREAU, C.PROPOSED, C.ABANDONED]
DECIDED = [C.DECIDED, C.APPLIED, C.ARCHIVED]


class Length(models.TextChoices):
    """How long a cycle is; shorter ones add up to the year by the rule."""

    MONTH = "month", _("month")
    QUARTER = "quarter", _("quarter")
    HALF_YEAR = "half_year", _("half-year")
    YEAR = "year", pgettext_lazy("annual review", "year")


class ReviewCycle(Record):
    """One review of everybody who was in post in a place during ``[from_on, until_on)``.

    People are frozen from the roster when the cycle opens. The three days are settings of the
    bureau: until when mediators, organisations and justice offices have time, each included.
    """

    flow = CYCLE

    title = models.CharField(_("title"), max_length=120)
    division = models.ForeignKey(
        Division,
        verbose_name=_("division"),
        on_delete=models.PROTECT,
        related_name="review_cycles",
    )
    version = models.ForeignKey(
        SchemeVersion,
        verbose_name=_("version of the rule set"),
        on_delete=models.PROTECT,
        related_name="review_cycles",
    )
    length = models.CharField(
        _("cycle"), max_length=10, choices=Length.choices, default=Length.YEAR
    )
    part_of = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        help_text=_("The review of the year that this shorter one is counted in."),
    )
    from_on = models.DateField(pgettext_lazy("annual review", "first day"))
    until_on = models.DateField(_("day after the last"))
    self_until = models.DateField(_("mediators have time until"), null=True, blank=True)
    organization_until = models.DateField(_("organisations have time until"), null=True, blank=True)
    office_until = models.DateField(_("justice offices have time until"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=C.choices, default=C.DRAFT, editable=False
    )
    opened_by = officer(_("set up by"))
    frozen_on = models.DateField(_("people frozen on"), null=True, blank=True, editable=False)
    proposed_by = officer(_("results proposed by"))
    decided_by = officer(pgettext_lazy("officer", "decided by"))
    decided_on = models.DateField(_("decided on"), null=True, blank=True, editable=False)
    notice = models.ForeignKey(
        PublicNotice,
        verbose_name=_("public notice"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = _("annual review")
        verbose_name_plural = _("annual reviews")
        ordering = ["-until_on", "-pk"]
        permissions = [
            *CYCLE.permissions("reviewcycle"),
            ("export_reviewcycle", "Can export reviews"),
            ("statistics_reviewcycle", "Can compare reviews across offices"),
        ]
        constraints = [
            models.CheckConstraint(
                name="reviewcycle_state_is_known", condition=Q(state__in=C.values)
            ),
            models.CheckConstraint(
                name="reviewcycle_length_is_known", condition=Q(length__in=Length.values)
            ),
            models.CheckConstraint(
                name="reviewcycle_ends_after_it_begins",
                condition=Q(until_on__gt=F("from_on")),
                violation_error_message=_("A period cannot end before it begins."),
            ),
            models.CheckConstraint(
                name="reviewcycle_days_follow_each_other",
                condition=Q(self_until__isnull=True)
                | Q(organization_until__isnull=True)
                | Q(office_until__isnull=True)
                | Q(
                    organization_until__gte=F("self_until"),
                    office_until__gte=F("organization_until"),
                ),
                violation_error_message=_("Each of the three days follows the one before it."),
            ),
            models.CheckConstraint(
                name="reviewcycle_frozen_once_open",
                condition=Q(state__in=[C.DRAFT, C.ABANDONED]) | Q(frozen_on__isnull=False),
            ),
            models.CheckConstraint(
                name="reviewcycle_told_by_a_notice",
                condition=Q(state__in=BEFORE_THE_NOTICE) | Q(notice__isnull=False),
            ),
            models.CheckConstraint(
                name="reviewcycle_decided_by_two",
                condition=~Q(state__in=DECIDED)
                | Q(decided_on__isnull=False, decided_by__isnull=False, proposed_by__isnull=False)
                & ~Q(decided_by=F("proposed_by")),
            ),
            models.UniqueConstraint(
                fields=["division", "length", "from_on"],
                condition=~Q(state=C.ABANDONED),
                name="reviewcycle_once_a_period",
                violation_error_message=_("This period has a review in this place already."),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def last_day(self):
        """The last day of the period; ``until_on`` is the day after it."""
        return self.until_on - timedelta(days=1)

    @property
    def area(self):
        return self.division_id

    @property
    def rules(self):
        """The ``Scheme`` by which people are reviewed."""
        return self.version.rules

    @property
    def is_rolled_up(self):
        """Whether its results are made up of those of shorter reviews, as the rule says."""
        return self.length == Length.YEAR and adds_up(self.rules)

    def asked_of(self, actor):
        """Return the indicators an actor gives points for, by the rule."""
        return () if self.is_rolled_up else asked_of(self.rules, actor)

    def consequences(self):
        """Return what follows from the results, of all sheets that stand."""
        return apps.get_model("grading", "ReviewConsequence").objects.filter(sheet__cycle=self)


class ReviewSheet(Record):
    """The review sheet (考核表) of a person in a cycle; a correction is a new row with a number.

    The person served ``days_in`` of the cycle's days, within ``[in_from, in_until)``. ``content``
    holds everything the result rests on, ``digest`` is its SHA-256 as the ledger knows it.
    """

    flow = SHEET

    cycle = models.ForeignKey(
        ReviewCycle, verbose_name=_("annual review"), on_delete=models.PROTECT,
        related_name="sheets",
    )  # fmt: skip
    mediator = models.ForeignKey(
        Mediator,
        verbose_name=_("mediator"),
        on_delete=models.PROTECT,
        related_name="review_sheets",
    )
    # Where the person served last in the period; it gives the organisation's points.
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="review_sheets",
    )
    division = models.ForeignKey(
        Division, verbose_name=_("division"), on_delete=models.PROTECT, related_name="+"
    )
    number = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    corrects = models.ForeignKey(
        "self",
        verbose_name=_("corrects"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="corrections",
    )
    in_from = models.DateField(_("served from"), editable=False)
    in_until = models.DateField(_("served until"), editable=False)
    days_in = models.PositiveSmallIntegerField(_("days served"), editable=False)
    state = models.CharField(
        _("state"), max_length=12, choices=S.choices, default=S.SELF, editable=False
    )
    statement = models.TextField(_("own account"), max_length=3_000, blank=True)
    handed_in_on = models.DateField(_("handed in on"), null=True, blank=True, editable=False)
    is_late = models.BooleanField(_("without a self-review"), default=False, editable=False)
    returned_on = models.DateField(_("returned on"), null=True, blank=True, editable=False)
    return_reason = models.TextField(_("reason of the return"), blank=True, editable=False)
    # What the rule makes of figures and points: why there is no score, or the score and the band.
    result = models.CharField(_("by the rule"), max_length=14, blank=True, editable=False)
    score = models.DecimalField(
        _("score"), max_digits=8, decimal_places=2, null=True, blank=True, editable=False
    )
    band = models.CharField(_("band"), max_length=60, blank=True, editable=False)
    # The band before the quota of the top one was counted.
    band_earned = models.CharField(_("band by points"), max_length=60, blank=True, editable=False)
    content = models.JSONField(_("what it rests on"), default=dict, blank=True, editable=False)
    digest = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    checked_by = officer(pgettext_lazy("officer", "checked by"))
    decided_by = officer(pgettext_lazy("officer", "decided by"))
    decided_on = models.DateField(_("decided on"), null=True, blank=True, editable=False)
    signed_on = models.DateField(_("signed on"), null=True, blank=True, editable=False)
    # A shorter review that the year rests on was corrected: somebody has to look at it again.
    flagged_on = models.DateField(_("flagged on"), null=True, blank=True, editable=False)
    correction_reason = models.TextField(_("reason of the correction"), blank=True, editable=False)

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("review sheet")
        verbose_name_plural = _("review sheets")
        ordering = ["cycle", "organization", "pk"]
        permissions = [
            *SHEET.permissions("reviewsheet"),
            ("mark_reviewsheet", "Can give points on a review sheet"),
            ("correct_figure_reviewsheet", "Can correct a figure of a review sheet"),
            ("correct_reviewsheet", "Can propose the correction of a decided review sheet"),
            ("export_reviewsheet", "Can export review sheets"),
        ]
        indexes = [
            models.Index(fields=["cycle", "state"], name="reviewsheet_by_state"),
            models.Index(fields=["cycle", "organization"], name="reviewsheet_of_organization"),
        ]
        constraints = [
            models.CheckConstraint(
                name="reviewsheet_state_is_known", condition=Q(state__in=S.values)
            ),
            models.UniqueConstraint(
                fields=["cycle", "mediator", "number"], name="reviewsheet_number_once"
            ),
            models.UniqueConstraint(
                fields=["cycle", "mediator"],
                # A correction waits beside the row whose place it takes.
                condition=~Q(state__in=[S.REPLACED, S.DROPPED])
                & ~Q(state=S.BUREAU, corrects__isnull=False),
                name="reviewsheet_standing_once",
            ),
            models.CheckConstraint(
                name="reviewsheet_served_in_the_period",
                condition=Q(in_until__gt=F("in_from"), days_in__gte=1),
            ),
            models.CheckConstraint(
                name="reviewsheet_told_with_a_result",
                condition=~Q(state__in=TOLD) | ~Q(result="") & ~Q(digest=""),
            ),
            models.CheckConstraint(
                name="reviewsheet_decided_by_somebody",
                condition=~Q(state=S.DECIDED)
                | Q(decided_on__isnull=False, decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="reviewsheet_corrects_with_a_reason",
                condition=Q(corrects__isnull=True, number=1)
                | Q(corrects__isnull=False, number__gt=1) & ~Q(correction_reason=""),
            ),
        ]

    def __str__(self):
        return gettext("%(mediator)s, %(cycle)s") % {"mediator": self.mediator, "cycle": self.cycle}

    @property
    def area(self):
        return self.division_id

    @property
    def last_day_in(self):
        """The last day the person served; ``in_until`` is the day after it."""
        return self.in_until - timedelta(days=1)

    def unmarked(self, actor):
        """Return sentences that name the indicators an actor has to give points for and has not."""
        given = set(self.marks.standing().filter(actor=actor).values_list("indicator", flat=True))
        return [
            gettext("Give points: %(indicator)s.") % {"indicator": one.label}
            for one in self.asked_of(actor)
            if one.name not in given
        ]

    def asked_of(self, actor):
        """Return the indicators an actor gives points for, by the rule."""
        return self.cycle.asked_of(actor)
