"""How a review stands, in numbers: nobody is counted whose sheet the reader may not find."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import ngettext

from grading.flows.review import BEING_SCORED, CycleState, SheetState
from grading.models import ReviewSheet
from grading.reports.roads import below
from grading.rules.reviews import NOT_ASSESSED, TOO_LITTLE
from registry.models import Division

C, S = CycleState, SheetState
VIEW = "grading.view_reviewsheet"
UNASSESSED = (NOT_ASSESSED, TOO_LITTLE)
# The road of a review, and which sheets are still at each of its stations. Who served too short
# a time walks none of it.
ROAD = {
    C.DRAFT: set(),
    C.SELF: {S.SELF},
    C.ORGANIZATION: {S.ORGANIZATION, S.OFFICE},
    C.BUREAU: {S.BUREAU},
    C.PROPOSED: {S.PROPOSED},
    C.NOTICE: {S.NOTICE, S.OBJECTED},
    C.DECIDED: {S.DECIDED},
    C.APPLIED: set(),
    C.ARCHIVED: set(),
}


@dataclass
class Standing:
    """How many sheets there are by division and state, without those that were replaced.

    ``unassessed`` are those decided on without a band, as figures were missing.
    """

    places: Counter = field(default_factory=Counter)
    unassessed: int = 0

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
    ungraded = rows.filter(state=S.NOT_GRADED)
    done = rows.exclude(state__in=[*BEING_SCORED, S.NOT_GRADED])
    return cycles.annotate(
        number_of_sheets=_number(rows), number_done=_number(done), number_ungraded=_number(ungraded)
    )


def _number(rows):
    counted = rows.order_by().values("cycle").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def standing_of(cycle, user):
    """Count the sheets of a review that the user may find, in one query."""
    rows = ReviewSheet.objects.within(user, VIEW).filter(cycle=cycle).current()
    columns = ("division", "state", "result")
    counted = rows.order_by().values_list(*columns).annotate(number=Count("pk"))
    found = Standing()
    for place, state, result, number in counted:
        found.places[place, state] += number
        if state == S.DECIDED and result in UNASSESSED:
            found.unassessed += number
    return found


def notes_on(standing):
    """Return sentences about those the road does not tell of, or not enough."""
    ungraded = standing.count({S.NOT_GRADED})
    said = []
    if ungraded:
        said.append(
            ngettext(
                "%(count)d person served too short a time to be graded and has no place on this"
                " road.",
                "%(count)d people served too short a time to be graded and have no place on this"
                " road.",
                ungraded,
            )
            % {"count": ungraded}
        )
    if standing.unassessed:
        said.append(
            ngettext(
                "Of those decided %(count)d has no band: figures were missing.",
                "Of those decided %(count)d have no band: figures were missing.",
                standing.unassessed,
            )
            % {"count": standing.unassessed}
        )
    return said


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
