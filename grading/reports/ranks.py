"""A ranking as the bureau reads it: line by line, the cut, the quota, moves with both officers."""

import json
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from grading.actions.ranking import ranking_shown
from grading.flows.application import ApplicationState
from grading.models import RankMove
from grading.models.reserve import HOLDING
from grading.rules import cutting
from grading.rules.criteria import label_of_item
from grading.rules.references import reference
from grading.rules.sheets import FAIL, PASS
from grading.rules.unknown import UNK

LINES = 200


@dataclass(frozen=True)
class RankLine:
    """A line of the table; ``cut`` draws the line below it."""

    rank: int
    computed_rank: int
    reference: str
    name: str
    standing: object
    outcome: str
    tone: str
    is_tied: bool
    was_moved: bool
    cut: bool = False

    @property
    def band(self):
        """The word for the score; of a rule that only has a line to pass, on which side it is."""
        sides = {PASS: _("passed"), FAIL: _("not passed"), UNK: _("not decided")}
        return sides.get(self.standing.band, self.standing.band)


@dataclass(frozen=True)
class RankTable:
    """The table of a level, with what stands against giving its places."""

    lines: tuple
    faults: tuple
    chosen: int
    places: int | None
    over: int
    not_counted: tuple
    uncovered: tuple
    is_scored: bool
    is_calibrated: bool


def table_of(level):
    """Return the ``RankTable`` of a level, worked out as its award is."""
    ranking = ranking_shown(level)
    chosen, reserve = set(ranking.chosen), set(ranking.reserve)
    lines = [_line(ranking, line, chosen, reserve) for line in _in_order(ranking)]
    if not lines:
        lines = [_unranked(one) for one in ranking.standings.values()]
    left_out = dict.fromkeys(
        name for one in ranking.standings.values() for name in one.extra.left_out
    )
    rules = level.grading_round.rules if left_out else None
    uncovered = ranking.selection.uncovered.items() if ranking.selection else ()
    return RankTable(
        tuple(_with_cut(lines, chosen)),
        ranking.faults,
        len(ranking.chosen),
        ranking.terms.places,
        ranking.selection.over if ranking.selection else 0,
        tuple(label_of_item(rules, name) for name in left_out),
        tuple(uncovered),
        level.is_scored,
        level.panel is not None and level.panel.calibration_minimum is not None,
    )


def paged(lines, number):
    """Return a page of the lines of a table, and the number of the page on which the cut is."""
    lines = list(lines)
    cut = next((place for place, line in enumerate(lines) if line.cut), None)
    paginator = Paginator(lines, LINES)
    return paginator.get_page(number), None if cut is None else cut // LINES + 1


def _in_order(ranking):
    """Return the lines as they were cut: equals in the order in which their tie was settled."""
    settled = {pk: at for at, pk in enumerate([*ranking.chosen, *ranking.reserve])}
    return sorted(ranking.lines, key=lambda one: (one.rank, settled.get(one.person, len(settled))))


def _line(ranking, line, chosen, reserve):
    standing, pk = ranking.standings[line.person], line.person
    if pk in chosen or pk in reserve:
        outcome, tone = _given(standing.application.state, is_chosen=pk in chosen)
    else:
        outcome, tone = _outcome(ranking, pk, standing)
    return RankLine(
        line.rank, line.computed_rank, _reference(standing), standing.application.applicant_name,
        standing, outcome, tone, line.person in ranking.tied, bool(line.moves),
    )  # fmt: skip


def _unranked(standing):
    name = standing.application.applicant_name
    return RankLine(0, 0, _reference(standing), name, standing, "", "", False, False)  # noqa: FBT003


def _reference(standing):
    return reference(standing.application.grading_round_id, standing.application.pk)


def _outcome(ranking, pk, standing):
    if not standing.passes:
        return _("below the pass mark"), "plain"
    return _without_a_place(ranking, pk)


def _given(state, *, is_chosen):
    """What became of a place, or of standing by for one, until today."""
    if is_chosen and state == ApplicationState.NO_LEVEL:
        return _("dropped after an objection"), "error"
    if is_chosen:
        return _("gets a place"), "ok"
    return (_("moved up from the reserve"), "ok") if state in HOLDING else (_("stands by"), "info")


def _without_a_place(ranking, pk):
    """As long as a tie is open, nobody has been given a place, and nobody has been refused one."""
    selection = ranking.selection
    if selection is None or selection.state == cutting.DECIDED:
        return _("no place"), "plain"
    if pk in ranking.tied:
        return _("equal at the cut"), "warn"
    if pk in {line.person for line in selection.certain}:
        return _("gets a place however the tie is settled"), "info"
    return pgettext("outcome", "not settled yet"), "plain"


def _with_cut(lines, chosen):
    """Yield lines, the cut drawn below the last who was given a place."""
    last = max(
        (at for at, line in enumerate(lines) if line.standing.application.pk in chosen),
        default=None,
    )
    for place, line in enumerate(lines):
        is_cut = place == last and place < len(lines) - 1
        yield RankLine(**{**vars(line), "cut": True}) if is_cut else line


def moves_of(level):
    """Return the moves of a level with both officers, those taken back among them."""
    rows = RankMove.objects.filter(round_level=level)
    return rows.select_related(
        "application__mediator", "application__organization", "by", "second"
    ).order_by("pk")


@dataclass(frozen=True)
class VoteLine:
    """What a member of the panel voted on equals: for whom, or why for nobody."""

    member: str
    chosen: tuple
    reason: str


def votes_of(moves):
    """Return (day, lines, names with what was counted) of each vote that moves rest on."""
    votes = {json.dumps(one.vote, sort_keys=True): one for one in moves if one.vote}
    names = {one.application_id: one.application.applicant_name for one in moves}
    members = {ballot["member"] for one in votes.values() for ballot in one.vote["ballots"]}
    people = get_user_model().objects.in_bulk(members)
    return [_vote(one.vote, names, people) for one in votes.values()]


def _vote(vote, names, people):
    lines = [
        VoteLine(
            people[one["member"]].get_full_name(),
            tuple(names[pk] for pk in one["for"]),
            one["reason"],
        )
        for one in vote["ballots"]
    ]
    counts = [
        (names[int(pk)], yes, no, abstained, needed)
        for pk, (yes, no, abstained, needed) in vote["counts"].items()
    ]
    return vote["held_on"], lines, counts
