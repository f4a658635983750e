"""Results are confirmed by two officers: levels begin, older ones answer for their days."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from grading.actions import announcing, confirming, giving
from grading.flows import ROUND, ApplicationState
from grading.models import Application, Decision, Grade, GradingRound
from grading.rules.evidence import digest_of
from office import ledger
from office.flow import Refused
from office.models import LedgerEntry
from registry.models import LevelHolding, MediatorRow
from registry.rules import years_later
from tests import make
from tests.grading import make_results, make_rounds
from tests.grading.make_results import AFTER, note
from tests.make import DAY, TODAY
from tests.registry import cases
from tests.registry.at_once import at_once

pytestmark = pytest.mark.django_db
S = ApplicationState
THREE_YEARS_ON = years_later(AFTER, 3)


@pytest.fixture(autouse=True)
def _english():
    translation.activate("en")


def states(of):
    return [row.state for row in make_results.people(of)]


def confirm(of, **given):
    return confirming.confirm_round(of.pk, **note(today=AFTER, **given))


def test_everybody_on_the_notice_gets_the_level_of_the_rule():
    of = make_results.proposed(2, losers=1)

    confirm(of)

    of = GradingRound.objects.get(pk=of.pk)
    assert (of.state, of.confirmed_on) == ("confirmed", AFTER)
    assert of.confirmed_by != of.proposed_by
    assert states(of) == [S.CONFIRMED, S.CONFIRMED, S.NO_LEVEL]
    for row in make_results.people(of, S.CONFIRMED):
        grade = row.grade
        assert (grade.mediator, grade.code, grade.state) == (row.mediator, "l4", "held")
        assert (grade.from_on, grade.until_on) == (AFTER, THREE_YEARS_ON)
        assert (grade.recheck_on, grade.label) == (THREE_YEARS_ON, row.round_level.label)
        holding = row.mediator.levels.get()
        assert (holding, holding.level.rank) == (grade.holding, 4)
        assert (holding.from_on, holding.until_on) == (AFTER, THREE_YEARS_ON)
        assert row.ended_on == AFTER


def test_no_level_is_a_result_that_is_recorded_and_counted():
    of = make_results.proposed(1, losers=2)
    confirm(of)

    found = Decision.objects.filter(kind="outcome").order_by("pk")
    assert sorted(found.values_list("result", flat=True)) == ["confirmed", "no_level", "no_level"]
    losers = make_results.people(of, S.NO_LEVEL)
    assert [row.ended_on for row in losers] == [AFTER, AFTER]
    assert {row.decisions.get().reason for row in losers} == {"未达分数线。"}


def test_a_decision_keeps_all_it_rests_on_under_its_digest():
    of = make_results.ranked(1)
    row = make_results.people(of)[0]
    Application.objects.filter(pk=row.pk).update(
        score="81.50", raw_score="80", place=1, evidence={"as_of": "2026-11-03"}
    )
    announcing.announce_round(of.pk, **note(make.user()))
    confirming.propose_confirmation(of.pk, **note(today=AFTER))
    confirm(of)

    decision = row.decisions.get(kind="outcome")
    rests_on = decision.content["rests_on"]
    assert (rests_on["score"], rests_on["raw_score"], rests_on["place"]) == ("81.50", "80.00", 1)
    assert decision.content["evidence"] == {"as_of": "2026-11-03"}
    assert digest_of(decision.content) == decision.digest
    entry = LedgerEntry.objects.of(row).get(act="grading.application.decide")
    assert entry.after["digest"] == decision.digest


def test_the_level_before_ends_that_day_and_answers_for_the_days_before():
    of = make_results.proposed(1, code="l3")
    person = make_results.people(of)[0].mediator
    before = make_rounds.grade(person, code="l4", version=of.version)

    confirm(of)

    before.refresh_from_db()
    assert (before.state, before.ended_on) == ("followed", AFTER)
    new = Grade.objects.exclude(pk=before.pk).get()
    of_person = Grade.objects.filter(mediator=person)
    assert list(of_person.in_force(AFTER - DAY)) == [before]
    assert list(of_person.in_force(AFTER)) == [new]
    assert list(of_person.in_force(THREE_YEARS_ON - DAY)) == [new]
    assert list(of_person.in_force(THREE_YEARS_ON)) == []
    held = LevelHolding.objects.filter(mediator=person)
    assert held.in_force(AFTER - DAY).get().level.rank == 4
    assert held.in_force(AFTER).get().level.rank == 3


def test_the_same_level_won_again_begins_anew():
    of = make_results.proposed(1)
    person = make_results.people(of)[0].mediator
    before = make_rounds.grade(person, code="l4", until_on=AFTER + 30 * DAY)
    confirm(of)
    before.refresh_from_db()
    assert (before.state, Grade.objects.standing().get().until_on) == ("followed", THREE_YEARS_ON)


def test_a_lower_level_takes_the_place_of_one_that_has_run_out():
    of = make_results.proposed(1, code="l4")
    person = make_results.people(of)[0].mediator
    before = make_rounds.grade(person, code="l3", until_on=AFTER)
    LevelHolding.objects.update(until_on=AFTER)
    confirm(of)
    before.refresh_from_db()
    assert before.state == "followed"
    assert Grade.objects.standing().get().code == "l4"


def test_a_higher_level_is_never_lowered_by_a_round():
    of = make_results.proposed(2, code="l4")
    first, second = make_results.people(of)
    higher = make_rounds.grade(first.mediator, code="l3")

    confirm(of)

    higher.refresh_from_db()
    assert (higher.state, higher.ended_on) == ("held", None)
    assert first.mediator.levels.get().level.rank == 3
    assert not Grade.objects.filter(application=first).exists()
    assert first.decisions.get().content["rests_on"]["higher_level_kept"] == "三级"
    assert second.mediator.levels.get().level.rank == 4


def test_who_goes_to_a_higher_body_gets_nothing_yet():
    of = make_results.proposed(2)
    first, second = make_results.people(of)
    Application.objects.filter(pk=first.pk).update(forward_to="province")

    confirm(of)

    assert states(of) == [S.FORWARDED, S.CONFIRMED]
    assert (first.mediator.levels.count(), second.mediator.levels.count()) == (0, 1)
    assert first.decisions.get().result == "forwarded"


def test_the_roster_shows_the_level_at_once():
    of = make_results.ranked(1)
    row = make_results.people(of)[0]
    announcing.announce_round(of.pk, **note(make.user()))
    confirming.propose_confirmation(of.pk, **note(today=AFTER))

    confirm(of)

    shown = MediatorRow.objects.get(mediator=row.mediator)
    level = row.round_level.level
    assert (shown.level, shown.level_until_on) == (level.code, THREE_YEARS_ON)


@pytest.mark.parametrize(("day", "passes"), [(-1, False), (0, False), (1, True)])
def test_it_waits_until_the_day_after_the_notice_ends(day, passes):
    of = make_results.announced(1)
    today = of.notice.ends_on + day * DAY
    assert (ROUND.refusals(of, "confirm", today) == []) is passes
    if not passes:
        with pytest.raises(Refused, match="not run its full term"):
            confirming.propose_confirmation(of.pk, **note(today=today))


def test_an_open_objection_bars_the_confirmation():
    of = make_results.proposed(1)
    objection = cases.objection(to=of.notice)
    with pytest.raises(Refused, match="objection to the notice is still open"):
        confirm(of)
    assert (objection.state, states(of)) == ("open", [S.IN_NOTICE])


def test_whoever_proposed_it_does_not_confirm_it():
    of = make_results.announced(1)
    officer = cases.county_officer()
    confirming.propose_confirmation(of.pk, **note(officer, AFTER))
    with pytest.raises(Refused, match="does not confirm it"):
        confirm(of, by=officer)
    assert states(of) == [S.IN_NOTICE]


def test_it_is_proposed_once_and_before_it_is_confirmed():
    of = make_results.announced(1)
    with pytest.raises(Refused, match="A first officer proposes"):
        confirm(of)
    confirming.propose_confirmation(of.pk, **note(today=AFTER))
    with pytest.raises(Refused, match="proposed it already"):
        confirming.propose_confirmation(of.pk, **note(today=AFTER))


def test_the_database_wants_two_officers():
    of = make_results.confirmed(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        GradingRound.objects.filter(pk=of.pk).update(confirmed_by=of.proposed_by)


@pytest.mark.parametrize(
    ("module", "where"),
    [(giving, "record_levels"), (confirming, "_decide_all"), (giving, "_tell")],
)
def test_a_crash_in_the_middle_leaves_nothing(module, where, monkeypatch):
    of = make_results.proposed(2, losers=1)
    person = make_results.people(of)[0].mediator
    before = make_rounds.grade(person, code="l4")
    given, head = note(today=AFTER), ledger.head()

    def fall_over(*args, **kwargs):
        raise RuntimeError("The power is gone.")

    monkeypatch.setattr(module, where, fall_over)
    with pytest.raises(RuntimeError):
        confirming.confirm_round(of.pk, **given)

    before.refresh_from_db()
    assert (before.state, states(of)) == ("held", [S.IN_NOTICE, S.IN_NOTICE, S.NO_LEVEL])
    assert (Grade.objects.count(), LevelHolding.objects.count()) == (1, 1)
    assert (Decision.objects.count(), ledger.head()) == (0, head)
    assert GradingRound.objects.get(pk=of.pk).state == "notice"


def test_more_people_take_no_more_statements():
    counts = []
    for number in (1, 4):
        of, given = make_results.proposed(number, losers=number), note(today=AFTER)
        with CaptureQueriesContext(connection) as queries:
            confirming.confirm_round(of.pk, **given)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_confirm_at_once_one_does():
    of = make_results.proposed(2)
    officers = [cases.county_officer() for _n in range(8)]
    acts = [lambda by=by: confirming.confirm_round(of.pk, **note(by, AFTER)) for by in officers]

    assert at_once(*acts) == ["done", *["refused"] * 7]

    assert (Grade.objects.count(), LevelHolding.objects.count()) == (2, 2)
    assert Decision.objects.filter(kind="outcome").count() == 2
    assert ledger.faults() == []


# --- Without a result ---------------------------------------------------------------------------


def test_a_round_without_a_result_is_closed_by_two():
    of = make_results.ranked(0, losers=2)
    first, second = cases.county_officer(), cases.county_officer()
    confirming.propose_confirmation(of.pk, **note(first))
    with pytest.raises(Refused, match="does not confirm it"):
        confirming.close_empty_round(of.pk, **note(first))

    confirming.close_empty_round(of.pk, **note(second))

    of = GradingRound.objects.get(pk=of.pk)
    assert (of.state, of.confirmed_by, of.notice) == ("confirmed", second, None)
    assert [row.result for row in Decision.objects.all()] == ["no_level", "no_level"]
    assert Grade.objects.count() == 0


def test_a_round_with_somebody_proposed_is_not_closed_empty():
    of = make_results.ranked(1)
    with pytest.raises(Refused, match="put the results on public notice"):
        confirming.propose_confirmation(of.pk, **note())
    GradingRound.objects.filter(pk=of.pk).update(proposed_by=make.user())
    with pytest.raises(Refused, match="put the results on public notice"):
        confirming.close_empty_round(of.pk, **note())
    assert states(of) == [S.PROPOSED]


def test_a_proposal_to_close_ends_when_results_are_announced_after_all():
    of = make_results.ranked(1)
    GradingRound.objects.filter(pk=of.pk).update(proposed_by=make.user())
    assert announcing.announce_round(of.pk, **note()).proposed_by is None
    assert of.as_of < TODAY
