from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grading.flows.panel import PANEL, READING, PanelState, ReadingState
from grading.models.application import Application
from grading.models.round import GradingRound
from grading.models.scheme import officer
from grading.queries.panels import PanelQuerySet, ReadingQuerySet, RecusalQuerySet
from grading.rules import committees, divergence, scoring, seats
from grading.rules.criteria import criteria_of
from grading.rules.divergence import THIRD_READ_RULES
from office.models import Record

P, R = PanelState, ReadingState


class Panel(Record):
    """The people who read and score the applications of some levels of a round.

    How many read each application, how far they may be apart and what a third reading settles are
    settings of the bureau where the rule does not say them; without them nobody begins to read.
    """

    flow = PANEL

    class ThirdRule(models.TextChoices):
        NEAREST_TWO = "nearest_two", _("the two nearest count")
        MEAN_OF_ALL = "mean_of_all", _("the mean of all three")
        THIRD_DECIDES = "third_decides", _("the third decides")

    grading_round = models.ForeignKey(
        GradingRound, verbose_name=_("round"), on_delete=models.PROTECT, related_name="panels"
    )
    name = models.CharField(_("name"), max_length=120)
    state = models.CharField(
        _("state"), max_length=10, choices=P.choices, default=P.DRAFT, editable=False
    )
    reads = models.PositiveSmallIntegerField(
        _("readers of each application"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(9)],
    )
    load_cap = models.PositiveIntegerField(
        _("most applications a member reads"), null=True, blank=True
    )
    limit_points = models.DecimalField(
        _("points by which two readers may be apart"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    third_rule = models.CharField(
        _("what a third reading settles"), max_length=14, choices=ThirdRule.choices, blank=True
    )
    calibration_minimum = models.PositiveSmallIntegerField(
        _("shared readings from which scores are calibrated"),
        null=True,
        blank=True,
        help_text=_("Left empty, scores are not calibrated."),
    )
    mentorship_months = models.PositiveSmallIntegerField(
        _("months for which a mentorship recuses after its end"), default=12
    )
    case_months = models.PositiveSmallIntegerField(
        _("months for which a case mediated together recuses"), default=24
    )
    seed = models.CharField(_("seed of the assignment"), max_length=64, editable=False, blank=True)
    revealed_on = models.DateField(_("scores shown on"), null=True, blank=True, editable=False)
    # The application that every member reads, so that their measure can be compared.
    calibration_item = models.ForeignKey(
        Application,
        verbose_name=_("application that all read"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = PanelQuerySet.as_manager()

    class Meta:
        verbose_name = _("grading panel")
        verbose_name_plural = _("grading panels")
        ordering = ["-grading_round", "pk"]
        permissions = [
            *PANEL.permissions("panel"),
            ("assign_panel", "Can assign the readings of a panel"),
            ("recuse_panel", "Can recuse a member of a panel"),
        ]
        constraints = [
            models.CheckConstraint(name="panel_state_is_known", condition=Q(state__in=P.values)),
            models.CheckConstraint(name="panel_reads_something", condition=Q(reads__gte=1)),
            models.CheckConstraint(
                name="panel_third_rule_is_known",
                condition=Q(third_rule__in=["", *THIRD_READ_RULES]),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def area(self):
        return self.grading_round.division_id

    @property
    def rules(self):
        """The ``Scheme`` of its round."""
        return self.grading_round.rules

    def criteria(self):
        """Return the ``Criterion`` of everything a member gives points for."""
        return criteria_of(self.rules)

    def sitting(self, day, *, recused=frozenset()):
        """Return who sits on a day: see ``grading.rules.seats.sitting``."""
        rows = list(self.seats.all())
        kinds = [
            seats.Seat(seat.code, seat.count, seat.is_chair, seat.is_deputy, seat.bound)
            for seat in rows
        ]
        of_seats = PanelMember.objects.filter(seat__panel=self).select_related("seat")
        members, tenures = [], []
        for one in of_seats.prefetch_related("tenures"):
            holder = one.user_id if one.seat.bound == seats.PERSON else one.pk
            members.append(
                seats.Member(holder, one.seat.code, one.from_on, one.until_on, one.alternate)
            )
            tenures += [
                seats.Tenure(one.pk, tenure.user_id, tenure.from_on, tenure.until_on)
                for tenure in one.tenures.all()
            ]
        return seats.sitting(kinds, members, day, recused=recused, tenures=tenures)

    def seat_faults(self, today):
        """Return what keeps the members from being a panel of the rule."""
        sitting = self.sitting(today)
        counts = {}
        for place in sitting.seated:
            counts[place.seat] = counts.get(place.seat, 0) + 1
        labels = dict(self.seats.values_list("code", "label"))
        found = [
            gettext("%(seat)s: %(number)d places are not filled.")
            % {"seat": labels[vacancy.seat], "number": vacancy.places}
            for vacancy in sitting.vacant
        ]
        typed = committees.seats_of(self.rules)
        if typed and not found and committees.seats_valid(self.rules, counts) == committees.INVALID:
            found.append(gettext("The seats are not those of the rule."))
        return found

    def undecided(self):
        """Return the settings that are needed and not decided."""
        found = []
        if not self.levels.exists():
            found.append(gettext("The panel reads for no level."))
        if not self.criteria():
            found.append(gettext("The rule has no sheet on which a member gives points."))
        if self.reads > 1 and self.limit_points is None:
            found.append(gettext("Decide by how many points two readers may be apart."))
        if self.reads > 1 and not self.third_rule:
            found.append(gettext("Decide what a third reading settles."))
        return found

    def applications(self):
        """Return the applications that the panel reads: eligible ones of its levels."""
        rows = Application.objects.filter(round_level__panel=self)
        return rows.filter(state__in=["eligible", "scored", "proposed", "no_level"])

    def unread(self):
        """Return the applications that have fewer readings than the panel owes them."""
        counted = models.Count("readings", filter=Q(readings__state=R.SUBMITTED))
        return self.applications().annotate(read=counted).filter(read__lt=self.reads)

    def totals(self):
        """Return ``({application: {member: total}}, {application: {member: total}})``.

        The first are the first readings, the second the third ones; members are accounts.
        """
        first, third = {}, {}
        rows = self.readings.filter(state=R.SUBMITTED, is_calibration=False)
        for reading in rows.select_related("panel__grading_round__version"):
            into = third if reading.is_third else first
            into.setdefault(reading.application_id, {})[reading.member_id] = reading.total
        return first, third

    def settlements(self):
        """Return {application: ``Settlement``} of what has been handed in so far."""
        first, third = self.totals()
        _low, full_mark = scoring.bounds(self.criteria())
        limit = divergence.Limit(points=self.limit_points or full_mark)
        rule = self.third_rule or divergence.MEAN_OF_ALL
        return {
            application: divergence.settlement(
                totals, limit, full_mark=full_mark, rule=rule, third=third.get(application)
            )
            for application, totals in first.items()
        }

    def apart(self):
        """Return the keys of applications whose readings are too far apart to be settled."""
        waiting = (divergence.NEEDS_THIRD, divergence.NEEDS_RULE)
        return [pk for pk, found in self.settlements().items() if found.state in waiting]


class PanelSeat(models.Model):
    """A kind of seat of a panel, with so many places; bound to people or to posts."""

    class Bound(models.TextChoices):
        PERSON = seats.PERSON, _("a person")
        POST = seats.POST, _("a post: whoever is in it")

    panel = models.ForeignKey(
        Panel, verbose_name=_("panel"), on_delete=models.PROTECT, related_name="seats"
    )
    code = models.CharField(_("code"), max_length=60)
    label = models.CharField(_("seat"), max_length=120)
    count = models.PositiveSmallIntegerField(_("places"), default=1)
    is_chair = models.BooleanField(_("presides"), default=False)
    is_deputy = models.BooleanField(_("presides for the chair"), default=False)
    bound = models.CharField(
        _("held by"), max_length=6, choices=Bound.choices, default=Bound.PERSON
    )

    class Meta:
        verbose_name = _("seat of a panel")
        verbose_name_plural = _("seats of panels")
        ordering = ["panel", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["panel", "code"], name="panelseat_once"),
            models.CheckConstraint(name="panelseat_has_places", condition=Q(count__gte=1)),
        ]

    def __str__(self):
        return self.label


class PanelMember(models.Model):
    """A right to a seat during ``[from_on, until_on)``: of a person, or of a post by its title.

    ``alternate`` is 0 for who holds the seat, else the order in which alternates step in.
    """

    seat = models.ForeignKey(
        PanelSeat, verbose_name=_("seat"), on_delete=models.PROTECT, related_name="members"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="panel_seats",
    )
    post = models.CharField(_("post"), max_length=120, blank=True)
    alternate = models.PositiveSmallIntegerField(_("alternate"), default=0)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("member of a panel")
        verbose_name_plural = _("members of panels")
        ordering = ["seat", "alternate", "pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                name="panelmember_is_a_person_or_a_post",
                condition=Q(user__isnull=False, post="") | (Q(user__isnull=True) & ~Q(post="")),
            ),
            models.CheckConstraint(
                name="panelmember_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
            ),
        ]

    def __str__(self):
        return self.post or str(self.user)


class PanelTenure(models.Model):
    """Who is in the post that a seat goes with, during ``[from_on, until_on)``."""

    member = models.ForeignKey(
        PanelMember, verbose_name=_("post"), on_delete=models.PROTECT, related_name="tenures"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("tenure of a seat")
        verbose_name_plural = _("tenures of seats")
        ordering = ["member", "from_on"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(until_on__isnull=True), name="paneltenure_open_once"
            ),
            models.CheckConstraint(
                name="paneltenure_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
            ),
        ]

    def __str__(self):
        return str(self.user)


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
        return str(self.application)

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
    """Somebody was put at a place by hand: by one officer with a reason, confirmed by a second."""

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
    reason = models.CharField(_("reason"), max_length=1_000)
    by = officer(_("by"))
    on = models.DateField(_("proposed on"))
    second = officer(_("confirmed by"))
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    dropped_on = models.DateField(_("taken back on"), null=True, blank=True)

    class Meta:
        verbose_name = _("move in a ranking")
        verbose_name_plural = _("moves in rankings")
        ordering = ["round_level", "pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(name="rankmove_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="rankmove_confirmed_by_a_second",
                condition=Q(confirmed_on__isnull=True, second__isnull=True)
                | Q(confirmed_on__isnull=False, second__isnull=False, by__isnull=False)
                & ~Q(second=F("by")),
            ),
        ]

    def __str__(self):
        return f"{self.application_id} {self.place}"
