"""How many full-timers a standard wants, and how many there are."""

from dataclasses import dataclass

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Greatest

from office.queries import ScopedQuerySet
from registry.queries.legality import unlawful
from registry.queries.register import in_force
from registry.rules import COMMITTEES, NUMBER_DIGITS, SITTING, enclosing


class StaffingStandardQuerySet(ScopedQuerySet):
    def between(self, low, high):
        """Standards of the span, and the templates, which belong to no division."""
        return super().between(low, high) | Q(division=None)

    def templates(self):
        return self.filter(division=None)

    def adopted(self):
        return self.filter(division__isnull=False)

    def in_force(self, on):
        return self.adopted().filter(in_force(on))

    def ruling(self, *, division_id, on):
        """Return the standard that rules in a division (a number) on a day: the nearest, or None.

        It rules as a whole: a kind it does not name has no standard there.
        """
        above = self.in_force(on).filter(division__in=enclosing(division_id))
        return above.order_by("-division__code").first()

    def nearest_first(self, on):
        """Return all standards in force on a day with their lines, the nearest to a place first."""
        found = self.in_force(on).select_related("division").prefetch_related("lines")
        return sorted(found, key=lambda standard: -len(standard.division.code))


def with_staffing(organizations, on, standards):
    """Say of each organisation ``full_time``, ``required`` and ``missing`` on a day.

    ``standards`` are those in force that day, the nearest first; without one, or where it does not
    name the kind, ``required`` and ``missing`` are null.
    """
    appointments = organizations.model._meta.get_field("appointments").related_model.objects
    full_timers = appointments.filter(
        in_force(on), organization=OuterRef("pk"), employment="full_time", state__in=SITTING
    )
    counted_here = full_timers.order_by().values("organization").annotate(n=Count("pk")).values("n")
    return organizations.annotate(
        full_time=Coalesce(Subquery(counted_here), 0), required=required_by(standards)
    ).annotate(
        missing=Case(
            When(required__isnull=True, then=None),
            default=Greatest(F("required") - F("full_time"), 0),
            output_field=IntegerField(),
        )
    )


def required_by(standards):
    """How many full-timers an organisation must have: of the first standard whose span it is in."""
    places = [
        When(
            division_id__gte=standard.division.span[0],
            division_id__lt=standard.division.span[1],
            then=_by_kind(standard),
        )
        for standard in standards
    ]
    # PostgreSQL cannot add up a null of no type, which is all there is without a standard.
    nothing = Cast(Value(None), IntegerField())
    return Case(*places, default=nothing, output_field=IntegerField())


def _by_kind(standard):
    kinds = [
        When(kind=line.kind, then=Value(line.full_time_least)) for line in standard.lines.all()
    ]
    return Case(*kinds, default=Value(None), output_field=IntegerField())


@dataclass(frozen=True)
class Tally:
    """What is counted of the organisations of one place and kind."""

    bodies: int = 0
    ruled: int = 0
    meeting: int = 0
    missing: int = 0
    full_time: int = 0
    required: int = 0
    committees: int = 0
    unlawful: int = 0

    def __add__(self, other):
        return Tally(*(mine + its for mine, its in zip(_all(self), _all(other), strict=True)))


def _all(tally):
    return [getattr(tally, name) for name in Tally.__dataclass_fields__]


def tallies(organizations, on, standards, digits):
    """Return a ``Tally`` for every (division, kind), asked in one grouped query.

    Divisions are numbers cut after ``digits`` digits and filled up with zeros.
    """
    ruled = Q(required__isnull=False)
    everywhere = organizations.model._default_manager.all()
    size = 10 ** (NUMBER_DIGITS - digits)
    rows = (
        with_staffing(organizations, on, standards)
        .order_by()
        .annotate(place=ExpressionWrapper(F("division_id") / Value(size), BigIntegerField()))
        .values("place", "kind")
        .annotate(
            bodies=Count("pk"),
            ruled=Count("pk", filter=ruled),
            meeting=Count("pk", filter=ruled & Q(missing=0)),
            short=Coalesce(Sum("missing", filter=ruled), 0),
            staff=Coalesce(Sum("full_time", filter=ruled), 0),
            wanted=Coalesce(Sum("required"), 0),
            committees=Count("pk", filter=Q(kind__in=COMMITTEES)),
            unlawful=Count("pk", filter=Q(pk__in=unlawful(everywhere, on))),
        )
        .values_list(
            "place", "kind", "bodies", "ruled", "meeting", "short", "staff", "wanted",
            "committees", "unlawful",
        )
    )  # fmt: skip
    return {(place * size, kind): Tally(*counts) for place, kind, *counts in rows}
