"""How a round stands, in numbers: nobody is counted whom the reader may not find."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.utils.translation import pgettext

from grading.flows import ApplicationState, RoundState
from grading.flows.application import UNDECIDED
from grading.models import Application
from grading.reports.roads import below
from registry.models import Division

A, R = ApplicationState, RoundState
VIEW = "grading.view_application"
PROPOSED = {A.PROPOSED, A.IN_NOTICE, A.OBJECTED, A.FORWARDED, A.CONFIRMED}
ELIGIBLE = {A.ELIGIBLE, A.SCORED, A.NO_LEVEL, *PROPOSED}
REVIEWED = {A.FIRST_REVIEWED, A.PENDING, A.NOT_ELIGIBLE, *ELIGIBLE}
HANDED_IN = {A.SUBMITTED, A.RETURNED, *REVIEWED}
# The road of a round, and which applications are still at each of its stations.
ROAD = {
    R.DRAFT: set(),
    R.OPEN: {A.DRAFT},
    R.REVIEWING: set(UNDECIDED),
    R.SCORING: {A.ELIGIBLE},
    R.RANKING: {A.SCORED, A.PROPOSED, A.NO_LEVEL},
    R.NOTICE: {A.IN_NOTICE, A.OBJECTED},
    R.CONFIRMED: {A.CONFIRMED, A.FORWARDED},
    R.ARCHIVED: set(),
}


@dataclass
class Standing:
    """What was counted of the applications of a round.

    ``states`` by level and state, ``places`` by division and state, ``scored`` by level.
    """

    states: Counter = field(default_factory=Counter)
    places: Counter = field(default_factory=Counter)
    scored: Counter = field(default_factory=Counter)

    def count(self, states, level=None):
        """Return how many applications are in one of the states, of a level if one is named."""
        return sum(
            number
            for (of_level, state), number in self.states.items()
            if state in states and level in (None, of_level)
        )


def standing_of(grading_round, user):
    """Count the applications of a round that the user may find, in one query."""
    found = Standing()
    rows = Application.objects.within(user, VIEW).filter(grading_round=grading_round)
    counted = (
        rows.order_by()
        .values_list("round_level", "division", "state")
        .annotate(number=Count("pk"), scored=Count("pk", filter=Q(score__isnull=False)))
    )
    for level, division, state, number, scored in counted:
        found.states[level, state] += number
        found.scored[level] += scored
        found.places[division, state] += number
    return found


def funnel_heads():
    """Return what the columns of the funnel are called."""
    return [
        pgettext("funnel", "Begun"),
        pgettext("funnel", "Handed in"),
        pgettext("funnel", "First reviewed"),
        pgettext("funnel", "Eligible"),
        pgettext("funnel", "Not eligible"),
        pgettext("funnel", "Scored"),
        pgettext("funnel", "Proposed"),
        pgettext("funnel", "No level"),
        pgettext("funnel", "Confirmed"),
        pgettext("funnel", "Withdrawn"),
    ]


def funnel_of(level, standing):
    """Return the numbers of a level, in the order of ``funnel_heads``."""
    states = [{A.DRAFT, *HANDED_IN}, HANDED_IN, REVIEWED, ELIGIBLE, {A.NOT_ELIGIBLE}]
    outcomes = [PROPOSED, {A.NO_LEVEL}, {A.CONFIRMED}, {A.WITHDRAWN}]
    return [
        *(standing.count(one, level.pk) for one in states),
        standing.scored[level.pk],
        *(standing.count(one, level.pk) for one in outcomes),
    ]


def table_of_places(grading_round, standing):
    """Return (labels of states, rows of a place's name and its numbers with their sum).

    The places are those one step below the division of the round.
    """
    shown = [state for state in A if any(one == state for _place, one in standing.places)]
    counted = Counter()
    for (division, state), number in standing.places.items():
        counted[below(grading_round.division_id, division), state] += number
    places = Division.objects.in_bulk({place for place, _state in counted})
    rows = []
    for place in sorted(places):
        numbers = [counted[place, state] for state in shown]
        rows.append((places[place].name, [*numbers, sum(numbers)]))
    return [state.label for state in shown], rows
