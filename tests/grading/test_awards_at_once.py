"""Places given by several officers at the same moment: never more than the rule has."""

import os

import pytest

from grading.actions import awarding, rank_moves
from grading.models import Application, RoundLevel
from office import ledger
from tests import make
from tests.grading import make_grading, make_panels, make_rounds
from tests.grading.make_panels import WHY
from tests.registry.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
PARALLEL, QUOTA = 40, 10
RUNS = range(int(os.environ.get("AWARDS_RUNS", "2")))


def rule():
    quotas = [{"level": "l4", "number": QUOTA}]
    return make_grading.document(selection={"quotas": quotas, "tie_at_cut": "manual"})


def ranked(number):
    """A level that is ranked, with so many applications of different scores."""
    return make_panels.ranking([40 - place for place in range(number)], members=1, content=rule(),
                               reads=1)  # fmt: skip


def awarding_it(level):
    by = make.user()
    return lambda: awarding.award_level(level.pk, by=by, **WHY)


def places():
    rows = Application.objects.filter(state="proposed").order_by("place")
    return list(rows.values_list("place", flat=True))


@pytest.mark.parametrize("_run", RUNS)
def test_of_forty_awards_at_once_one_gives_the_ten_places(_run):
    level, rows = ranked(15)
    outcomes = at_once(*[awarding_it(level) for _one in range(PARALLEL)])

    assert outcomes == ["done"] + ["refused"] * (PARALLEL - 1)
    assert places() == list(range(1, QUOTA + 1))
    best = {row.pk for row in rows[:QUOTA]}
    assert set(Application.objects.filter(state="proposed").values_list("pk", flat=True)) == best
    assert awarding.award_faults(RoundLevel.objects.get(pk=level.pk)) == []
    assert ledger.faults() == []


@pytest.mark.parametrize("_run", RUNS)
def test_awards_and_a_move_confirmed_at_once_never_make_eleven(_run):
    level, rows = ranked(15)
    move = rank_moves.propose_move(level.pk, by=make.user(), application=rows[14], place=1, **WHY)
    second = make.user()

    def confirming():
        return rank_moves.confirm_move(level.pk, by=second, move=move, **WHY)

    acts = [awarding_it(level) for _one in range(PARALLEL // 2)]
    outcomes = at_once(*acts, *[confirming] * (PARALLEL // 2))

    # Places are given before the move is confirmed never: it waits, and that bars the award.
    assert outcomes.count("done") in (1, 2)
    assert set(outcomes) == {"done", "refused"}
    assert len(places()) in (0, QUOTA)
    level.refresh_from_db()
    if level.awarded_on:
        assert Application.objects.get(place=1) == rows[14]
        assert awarding.award_faults(level) == []


@pytest.mark.parametrize("_run", RUNS)
def test_awards_taken_back_and_given_at_once_leave_ten_or_none(_run):
    level, _rows = ranked(12)
    awarding.award_level(level.pk, by=make.user(), **WHY)
    by = make.user()

    def undoing():
        return awarding.undo_award(level.pk, by=by, **WHY)

    outcomes = at_once(*[undoing, awarding_it(level)] * (PARALLEL // 4))

    assert set(outcomes) <= {"done", "refused"}
    level.refresh_from_db()
    assert len(places()) == (QUOTA if level.awarded_on else 0)
    assert ledger.faults() == []


def test_levels_of_one_round_are_given_at_once_without_waiting_in_a_circle():
    of = make_rounds.grading_round("scoring", content=rule())
    levels = []
    for code in ("l3", "l4"):
        for _one in range(3):
            make_rounds.application("eligible", of=of, code=code)
        levels.append(of.levels.get(code=code))
    make_panels.begin_ranking(of)

    assert at_once(*[awarding_it(level) for level in levels]) == ["done", "done"]
    assert Application.objects.filter(state="proposed").count() == 6
