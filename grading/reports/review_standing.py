"""How a review stands, in numbers: nobody is counted whose sheet the reader may not find."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from grading.flows.review import BEING_SCORED, CycleState, SheetState
from grading.models import ReviewSheet
from grading.reports.roads import below
from registry.models import Division

C, S = CycleState, SheetState
VIEW = "grading.view_reviewsheet"
# The road of a review, and which sheets are still at each of its stations.
ROAD = {
    C.DRAFT: set(),
    C.SELF: {S.SELF},
    C.ORGANIZATION: {S.ORGANIZATION, S.OFFICE},
    C.BUREAU: {S.BUREAU},
    C.PROPOSED: {S.PROPOSED},
    C.NOTICE: {S.NOTICE, S.OBJECTED},
    C.DECIDED: {S.DECIDED, S.NOT_GRADED},
    C.APPLIED: set(),
    C.ARCHIVED: set(),
}


@dataclass
class Standing:
    """How many sheets there are by division and state, without those that were replaced."""

    places: Counter = field(default_factory=Counter)

    def count(self, states):
        return sum(number for (_place, state), number in self.places.items() if state in states)


@dataclass(frozen=True)
class Line:
    """A place and its numbers; ``pk`` is None where a list of it would hold more than is counted.

    ``cells`` are (state, number) in the order of the heads.
    """

    name: str
    pk: int | None
    cells: list
    total: int


def with_counts(cycles, user):
    """Annotate reviews with how many sheets the user may find, and how many have a result."""
    rows = ReviewSheet.objects.within(user, VIEW).filter(cycle=OuterRef("pk")).current()
    done = rows.exclude(state__in=BEING_SCORED)
    return cycles.annotate(number_of_sheets=_number(rows), number_done=_number(done))


def _number(rows):
    counted = rows.order_by().values("cycle").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def standing_of(cycle, user):
    """Count the sheets of a review that the user may find, in one query."""
    rows = ReviewSheet.objects.within(user, VIEW).filter(cycle=cycle).current()
    counted = rows.order_by().values_list("division", "state").annotate(number=Count("pk"))
    return Standing(Counter({(place, state): number for place, state, number in counted}))


def matrix_of(cycle, standing):
    """Return (states that sheets are in, ``Line``s of the places one step below the review's)."""
    shown = [state for state in S if any(one == state for _place, one in standing.places)]
    counted = Counter()
    for (division, state), number in standing.places.items():
        counted[below(cycle.division_id, division), state] += number
    places = Division.objects.in_bulk({place for place, _state in counted})
    lines = []
    for place in sorted(places):
        cells = [(state, counted[place, state]) for state in shown]
        pk = None if place == cycle.division_id else place
        lines.append(Line(places[place].name, pk, cells, sum(number for _one, number in cells)))
    return shown, lines
