from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from grading.flows.grade import GRADE, STANDING, GradeState
from grading.models.application import Application
from grading.models.scheme import GradingScheme, SchemeVersion, officer
from grading.queries.grades import GradeQuerySet
from office.models import Record
from registry.models import LevelHolding, Mediator
from registry.rules import last_day

S = GradeState


class Grade(Record):
    """A level won in a round, from a day on and perhaps until one; the register rests on it.

    An older grade keeps answering for its own dates. What the rule calls re-checking is due on
    ``recheck_on``. A title is one as well, with the rule set that gives it in ``title_of``: it
    stands beside the level, and beside the titles of other rule sets.
    """

    flow = GRADE

    mediator = models.ForeignKey(
        Mediator, verbose_name=_("mediator"), on_delete=models.PROTECT, related_name="grades"
    )
    application = models.OneToOneField(
        Application,
        verbose_name=_("application"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="grade",
    )
    version = models.ForeignKey(
        SchemeVersion,
        verbose_name=_("version of the rule set"),
        on_delete=models.PROTECT,
        related_name="grades",
    )
    title_of = models.ForeignKey(
        GradingScheme,
        verbose_name=_("rule set of the title"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="titles",
    )
    code = models.CharField(_("code"), max_length=40)
    label = models.CharField(_("level"), max_length=60)
    holding = models.OneToOneField(
        LevelHolding,
        verbose_name=_("entry in the register"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="grade",
    )
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    recheck_on = models.DateField(_("to be checked again on"), null=True, blank=True)
    rechecked_on = models.DateField(_("checked again on"), null=True, blank=True, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=S.choices, default=S.HELD, editable=False
    )
    # What took it away, or is to: a clause of the rule or a fact, and what the person says to it.
    ground = models.CharField(_("ground"), max_length=500, blank=True, editable=False)
    clause = models.CharField(_("clause"), max_length=120, blank=True, editable=False)
    lowered_to = models.CharField(_("lowered to"), max_length=40, blank=True, editable=False)
    bar_months = models.PositiveSmallIntegerField(
        _("months of the bar"), null=True, blank=True, editable=False
    )
    bar_until_on = models.DateField(_("barred until"), null=True, blank=True, editable=False)
    proposed_by = officer(_("proposed by"))
    proposed_on = models.DateField(_("proposed on"), null=True, blank=True, editable=False)
    answer_by = models.DateField(_("to be answered by"), null=True, blank=True, editable=False)
    answer = models.TextField(
        _("answer of the person"), max_length=3_000, blank=True, editable=False
    )
    answered_on = models.DateField(_("answered on"), null=True, blank=True, editable=False)
    ended_by = officer(_("decided by"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True, editable=False)

    objects = GradeQuerySet.as_manager()

    class Meta:
        verbose_name = _("level given")
        verbose_name_plural = _("levels given")
        ordering = ["-from_on", "-pk"]
        permissions = [
            *GRADE.permissions("grade"),
            ("recheck_grade", "Can record that a level was checked again"),
            ("export_grade", "Can export levels given"),
        ]
        indexes = [
            models.Index(fields=["mediator", "state"], name="grade_of_mediator"),
            models.Index(fields=["state", "until_on"], name="grade_by_end"),
        ]
        constraints = [
            models.CheckConstraint(name="grade_state_is_known", condition=Q(state__in=S.values)),
            models.CheckConstraint(
                name="grade_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
            ),
            models.CheckConstraint(
                name="grade_taken_away_by_two",
                condition=~Q(state__in=[S.LOWERED, S.REVOKED])
                | Q(ended_by__isnull=False, proposed_by__isnull=False, ended_on__isnull=False)
                & ~Q(ended_by=F("proposed_by"))
                & ~Q(ground=""),
            ),
            models.UniqueConstraint(
                fields=["mediator"],
                condition=Q(state__in=STANDING, title_of__isnull=True),
                name="grade_standing_once",
            ),
            models.UniqueConstraint(
                fields=["mediator", "title_of"],
                condition=Q(state__in=STANDING, title_of__isnull=False),
                name="grade_title_standing_once",
            ),
            models.CheckConstraint(
                name="grade_title_is_no_level",
                condition=Q(title_of__isnull=True) | Q(holding__isnull=True),
            ),
        ]

    def __str__(self):
        return f"{self.mediator} {self.label}"

    @property
    def area(self):
        return self.mediator.division_id

    @property
    def is_title(self):
        """Whether it is a title beside the level."""
        return self.title_of_id is not None

    @property
    def last_day(self):
        """The last day on which it is valid; None if it has no end."""
        return last_day(self.until_on)

    def has_run_out(self, today):
        """Whether its days are over; this is read from the dates and is no state."""
        return self.until_on is not None and self.until_on <= today
