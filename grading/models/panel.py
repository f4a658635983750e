from decimal import Decimal
from math import ceil

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grading.flows.panel import PANEL, PanelState, ReadingState
from grading.models.application import Application
from grading.models.round import GradingRound
from grading.queries.panels import PanelQuerySet
from grading.rules import committees, divergence, scoring, seats
from grading.rules.criteria import criteria_of
from grading.rules.divergence import THIRD_READ_RULES
from grading.rules.extras import unapplied
from grading.rules.references import reference
from grading.rules.scheme import SchemeFault
from grading.rules.unknown import is_known
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
        return found + self.unapplied()

    def unapplied(self):
        """Return a sentence for all that the rule's sheet asks for and no ranking here does."""
        try:
            return unapplied(self.rules)
        except SchemeFault as fault:
            return [sentence for _path, sentence in fault.faults]

    @property
    def needed(self):
        """How many members must have read by the quorum of the rule; nought if it states none.

        :raises SchemeFault: if the quorum is not understood.
        """
        quorum = committees.quorum_of(self.rules)
        places = sum(self.seats.values_list("count", flat=True))
        return quorum.needed(places=places, seated=places) if is_known(quorum) else 0

    def quorum_faults(self, today):
        """Return the sentence by which too few sit to reach the quorum of the rule."""
        try:
            needed = self.needed
        except SchemeFault as fault:
            return [sentence for _path, sentence in fault.faults]
        seated = len(self.sitting(today).people)
        if seated >= needed:
            return []
        return [
            gettext("The rule asks for %(needed)d members, and %(seated)d sit on the panel.")
            % {"needed": needed, "seated": seated}
        ]

    def too_few_readers(self):
        """Return the sentence by which all is read, but by fewer members than the quorum."""
        read = self.readings.filter(state=R.SUBMITTED).order_by()
        number = read.values("member").distinct().count()
        if number >= self.needed or self.unread().exists() or not self.applications().exists():
            return []
        return [
            gettext("The rule asks for %(needed)d members, and %(read)d have read.")
            % {"needed": self.needed, "read": number}
        ]

    def owed(self):
        """Return how many read each application: so many that the quorum of the rule reads."""
        number = self.applications().count()
        return max(self.reads, ceil(self.needed / number)) if number else self.reads

    def applications(self):
        """Return the applications that the panel reads: eligible ones of its levels."""
        rows = Application.objects.filter(round_level__panel=self)
        return rows.filter(state__in=["eligible", "scored", "proposed", "no_level"])

    def unread(self):
        """Return the applications that have fewer first readings than the panel owes them."""
        first = Q(readings__state=R.SUBMITTED, readings__is_third=False)
        counted = models.Count("readings", filter=first & Q(readings__is_calibration=False))
        return self.applications().annotate(read=counted).filter(read__lt=self.owed())

    def malformed(self):
        """Return a sentence for each sheet that was handed in and cannot be read.

        Such a sheet is never a sheet without points: it stops whatever rests on the scores.
        """
        rows = self.readings.filter(state=R.SUBMITTED).select_related("member").order_by("pk")
        criteria = self.criteria()
        faults = [(row, scoring.sheet_faults(row.sheet, criteria)) for row in rows]
        return [
            gettext("The sheet of %(member)s for %(application)s cannot be read: %(faults)s")
            % {
                "member": row.member.get_full_name(),
                "application": reference(self.grading_round_id, row.application_id),
                "faults": " ".join(found),
            }
            for row, found in faults
            if found
        ]

    def totals(self):
        """Return ``({application: {member: total}}, {application: {member: total}})``.

        The first are the first readings, the second the third ones; members are accounts.

        :raises ValueError: naming its faults, if a sheet cannot be read.
        """
        first, third = {}, {}
        criteria = self.criteria()
        for reading in self.readings.counting().order_by("pk"):
            into = third if reading.is_third else first
            total = scoring.total(reading.sheet, criteria)
            into.setdefault(reading.application_id, {})[reading.member_id] = total
        return first, third

    def settlements(self, totals=None):
        """Return {application: ``Settlement``} of what is in; ``totals`` may be in hand already."""
        first, third = self.totals() if totals is None else totals
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
        """Return the keys of applications whose readings are too far apart to be settled.

        None as long as a sheet cannot be read: ``malformed`` names it.
        """
        if self.malformed():
            return []
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
