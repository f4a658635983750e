from django.apps import apps
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from grading.flows.round import ROUND, RoundState
from grading.models.scheme import SchemeVersion, Subject, officer
from grading.queries.rounds import RoundLevelQuerySet, RoundQuerySet
from office.models import Record
from registry.models import Division, Level, PublicNotice
from training.models import CertificateRun

S = RoundState
UNTOLD = [S.DRAFT, S.OPEN, S.REVIEWING, S.SCORING, S.RANKING, S.ABANDONED]


class GradingRound(Record):
    """One round of grading, by one version of a rule set, held by the bureau of a division.

    People are judged by what is known on ``as_of``. How long a correction takes and whether late
    applications are taken are settings of the bureau and no law.
    """

    flow = ROUND

    title = models.CharField(_("title"), max_length=120)
    division = models.ForeignKey(
        Division,
        verbose_name=_("division"),
        on_delete=models.PROTECT,
        related_name="grading_rounds",
    )
    version = models.ForeignKey(
        SchemeVersion,
        verbose_name=_("version of the rule set"),
        on_delete=models.PROTECT,
        related_name="rounds",
    )
    as_of = models.DateField(
        _("judged by what is known on"),
        help_text=_("Service, cases and everything else count up to this day."),
    )
    takes_late = models.BooleanField(
        _("late applications are taken"),
        default=False,
        help_text=_("Each is marked as late; a setting of the bureau."),
    )
    correction_days = models.PositiveSmallIntegerField(
        _("working days for corrections"),
        default=5,
        help_text=_("A setting of the bureau; no rule found."),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=S.choices, default=S.DRAFT, editable=False
    )
    opened_by = officer(_("set up by"))
    announced_by = officer(_("announced by"))
    # The first of the two who confirm; the second takes the step.
    proposed_by = officer(_("confirmation proposed by"))
    confirmed_by = officer(_("confirmed by"))
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True, editable=False)
    notice = models.ForeignKey(
        PublicNotice,
        verbose_name=_("public notice"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("grading round")
        verbose_name_plural = _("grading rounds")
        ordering = ["-as_of", "-pk"]
        permissions = [
            *ROUND.permissions("gradinground"),
            ("extend_gradinground", "Can extend a window of a grading round"),
            ("award_gradinground", "Can rank a level of a grading round and give its places"),
            ("propose_gradinground", "Can propose the confirmation of a grading round"),
            ("export_gradinground", "Can export grading rounds"),
            ("statistics_gradinground", "Can see the figures of grading rounds"),
        ]
        constraints = [
            models.CheckConstraint(
                name="gradinground_state_is_known", condition=Q(state__in=S.values)
            ),
            models.CheckConstraint(
                name="gradinground_told_by_a_notice",
                # One that ended without a result was never on notice.
                condition=Q(state__in=[*UNTOLD, S.CONFIRMED, S.ARCHIVED])
                | Q(notice__isnull=False, announced_by__isnull=False),
            ),
            models.CheckConstraint(
                name="gradinground_confirmed_by_two",
                condition=~Q(state__in=[S.CONFIRMED, S.ARCHIVED])
                | Q(
                    confirmed_on__isnull=False,
                    confirmed_by__isnull=False,
                    proposed_by__isnull=False,
                )
                & ~Q(confirmed_by=F("proposed_by")),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def area(self):
        return self.division_id

    @property
    def rules(self):
        """The ``Scheme`` by which people are judged."""
        return self.version.rules

    @property
    def subject(self):
        """What is graded: mediators, committees, or mediators for a title."""
        return self.version.scheme.subject

    @property
    def is_of_bodies(self):
        """Whether organisations apply, and no person."""
        return self.subject == Subject.COMMITTEE

    @property
    def is_of_titles(self):
        """Whether a title beside the level is won."""
        return self.subject == Subject.TITLE

    def readings(self):
        """Return the readings of all panels of the round."""
        return apps.get_model("grading", "Reading").objects.filter(panel__grading_round=self)


class RoundLevel(models.Model):
    """A level that a round gives: from when to when it may be applied for, and how it was given.

    The window runs from ``opens_on`` to ``closes_on``, both included, or to ``extended_to``.
    ``award`` keeps all that the ranking rested on once the places are given.
    """

    grading_round = models.ForeignKey(
        GradingRound, verbose_name=_("round"), on_delete=models.PROTECT, related_name="levels"
    )
    code = models.CharField(_("code"), max_length=40)
    label = models.CharField(_("level"), max_length=60)
    rank = models.PositiveSmallIntegerField(_("rank"))
    # As which level of the register it is entered, or with how many stars; a title as neither.
    level = models.ForeignKey(
        Level,
        verbose_name=_("level in the register"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    stars = models.PositiveSmallIntegerField(_("stars"), null=True, blank=True)
    opens_on = models.DateField(_("opens on"), null=True, blank=True)
    closes_on = models.DateField(_("last day"), null=True, blank=True)
    extended_to = models.DateField(_("extended to"), null=True, blank=True)
    is_scored = models.BooleanField(_("read and scored by a panel"), default=False)
    panel = models.ForeignKey(
        "grading.Panel",
        verbose_name=_("panel"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="levels",
    )
    # Lots are drawn from it, so that they can be drawn again.
    seed = models.CharField(_("seed of the lot"), max_length=64, blank=True, editable=False)
    award = models.JSONField(_("what the ranking rested on"), default=dict, editable=False)
    award_digest = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    certificate_run = models.OneToOneField(
        CertificateRun,
        verbose_name=_("certificates"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="graded_level",
    )
    # Where the minimum of each place needs more places than there are: left aside, by two.
    uncovered_reason = models.CharField(
        _("why the minimum of each place is left aside"), max_length=500, blank=True, editable=False
    )
    uncovered_by = officer(_("leaving aside proposed by"))
    uncovered_second = officer(_("leaving aside confirmed by"))
    uncovered_on = models.DateField(_("left aside on"), null=True, blank=True, editable=False)
    awarded_by = officer(_("places given by"))
    awarded_on = models.DateField(_("places given on"), null=True, blank=True, editable=False)

    objects = RoundLevelQuerySet.as_manager()

    class Meta:
        verbose_name = _("level of a grading round")
        verbose_name_plural = _("levels of grading rounds")
        ordering = ["grading_round", "rank"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["grading_round", "code"], name="roundlevel_once"),
            models.CheckConstraint(
                name="roundlevel_is_a_level_or_stars",
                condition=Q(level__isnull=True) | Q(stars__isnull=True),
            ),
            models.CheckConstraint(
                name="roundlevel_closes_after_it_opens",
                condition=Q(closes_on__isnull=True)
                | Q(opens_on__isnull=False, closes_on__gte=F("opens_on")),
                violation_error_message=_("A window cannot close before it opens."),
            ),
            models.CheckConstraint(
                name="roundlevel_uncovered_by_two",
                condition=Q(uncovered_on__isnull=True, uncovered_second__isnull=True)
                | Q(
                    uncovered_on__isnull=False,
                    uncovered_second__isnull=False,
                    uncovered_by__isnull=False,
                )
                & ~Q(uncovered_second=F("uncovered_by"))
                & ~Q(uncovered_reason=""),
            ),
            models.CheckConstraint(
                name="roundlevel_is_extended_only",
                condition=Q(extended_to__isnull=True)
                | Q(closes_on__isnull=False, extended_to__gt=F("closes_on")),
                violation_error_message=_("A window is only ever made longer."),
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def area(self):
        return self.grading_round.division_id

    @property
    def last_day(self):
        """The last day on which the level may be applied for, None as long as it is not set."""
        return self.extended_to or self.closes_on

    def is_open(self, today):
        """Whether the level may be applied for today."""
        return self.last_day is not None and self.opens_on <= today <= self.last_day
