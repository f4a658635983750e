"""What deregistrations, erasures and merges do to applications and levels."""

import json

import pytest
from django.utils import translation

from grading.actions import announcing
from grading.actions.judging import take_evidence
from grading.models import Application, Decision, Grade
from grading.receivers import running_applications_need_their_applicant
from grading.rules.evidence import digest_of
from office.flow import Refused
from office.models import LedgerEntry
from registry.actions import merges
from registry.actions.erasures import NAMELESS
from registry.models import Erasure, PublicNotice
from registry.questions import (
    Destination,
    carry_out_closure_item,
    person_is_erased,
    touched_by_closing,
)
from tests import make
from tests.grading import make_results, make_rounds
from tests.grading.make_results import note
from tests.make import DAY, TODAY
from tests.registry import cases

pytestmark = pytest.mark.django_db
DECIDED = TODAY + cases.TERM


@pytest.fixture(autouse=True)
def _english():
    translation.activate("en")
    cases.load_rules()


# --- Deregistrations ----------------------------------------------------------------------------


def touched(body):
    rows = touched_by_closing(body, TODAY)
    return [row for row in rows if row.subject_type == "grading.application"]


@pytest.mark.parametrize(
    ("state", "round_state", "destinations"),
    [
        ("draft", "open", ("move", "end")),
        ("submitted", "open", ("move", "end")),
        ("in_notice", "notice", ("move", "end")),
        ("forwarded", "confirmed", ("move",)),
    ],
)
def test_a_deregistration_touches_running_applications(state, round_state, destinations):
    of = make_rounds.grading_round(round_state)
    row = make_rounds.application(state, of=of)
    make_rounds.application(state, of=of)
    (found,) = touched(row.organization)
    assert (found.subject_id, found.destinations) == (str(row.pk), destinations)


@pytest.mark.parametrize("state", ["confirmed", "no_level", "not_eligible", "withdrawn"])
def test_what_is_ended_is_left_alone(state):
    row = make_rounds.application(state, of=make_rounds.grading_round("confirmed"))
    assert touched(row.organization) == []


def close(row, destination):
    """Deregister the organisation of an application; the people move, the application as told."""
    closure = cases.closure("on_notice", body=row.organization)
    target = make.organization()
    for item in closure.items.all():
        to_be = destination if item.subject_type == "grading.application" else "move"
        more = {"target": target} if to_be == "move" else {}
        cases.closures.settle_item(item.pk, destination=to_be, **more, **cases.note())
    cases.closures.record_custody(closure.pk, **cases.CUSTODY, **cases.note())
    cases.closures.propose_closure(closure.pk, **cases.note(today=DECIDED))
    cases.carry_out(closure, today=DECIDED)
    row.refresh_from_db()
    return target


def test_an_application_that_ends_is_withdrawn_with_the_reason():
    row = make_rounds.application("submitted")
    close(row, "end")
    assert (row.state, row.ended_on, row.outcome_reason) == (
        "withdrawn", DECIDED, cases.note()["reason"],
    )  # fmt: skip


def test_an_application_that_moves_follows_the_person():
    row = make_rounds.application("submitted")
    before = row.organization
    target = close(row, "move")
    assert (row.state, row.organization) == ("submitted", target)
    entry = LedgerEntry.objects.of(row).get(act="grading.application.move")
    assert (entry.before, entry.after) == (
        {"organization_id": before.pk}, {"organization_id": target.pk},
    )  # fmt: skip


def test_what_ended_meanwhile_is_done_and_other_items_are_not_ours():
    row = make_rounds.application("withdrawn")
    item = type("Item", (), {})()
    item.subject_type, item.subject_id = "grading.application", str(row.pk)
    item.destination, item.target = Destination.END, None
    answers = carry_out_closure_item.send(type(item), item=item, **note())
    assert [done for _receiver, done in answers].count(True) == 1
    row.refresh_from_db()
    assert row.ended_on is None


# --- Erasures -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "sentences"),
    [
        ("submitted", ["A grading application of the person is not ended."]),
        ("confirmed", []),
        ("withdrawn", []),
    ],
)
def test_nobody_is_erased_while_an_application_is_at_work(state, sentences):
    row = make_rounds.application(state)
    erasure = Erasure(mediator=row.mediator)
    found = running_applications_need_their_applicant(Erasure, obj=erasure, today=TODAY)
    assert found == sentences


@pytest.mark.parametrize(("state", "number"), [("held", 0), ("revoking", 1), ("lowering", 1)])
def test_nobody_is_erased_while_a_level_is_being_taken_away(state, number):
    row = make_rounds.grade(state=state)
    erasure = Erasure(mediator=row.mediator)
    found = running_applications_need_their_applicant(Erasure, obj=erasure, today=TODAY)
    assert len(found) == number


def erased(person):
    person_is_erased.send(type(person), mediator=person, **note())


def test_words_and_names_go_and_decisions_can_be_verified_still():
    of = make_results.ranked(1)
    row = make_results.people(of)[0]
    name = row.mediator.name
    Application.objects.filter(pk=row.pk).update(
        statement=f"我是{name}。", outcome_reason=f"{name}综合得分较高。"
    )
    take_evidence(Application.objects.with_all().filter(pk=row.pk), today=TODAY)
    row.answers.create(name="x", answer=True, reason=f"{name}表现好。", by=make.user(), on=TODAY)
    announcing.announce_round(of.pk, **note(make.user()))
    of.refresh_from_db()
    row, _objection = make_results.objected(of)
    announcing.drop_proposal(row.pk, answer=f"{name}确有其事。", **note())
    reader = make.user()
    make_rounds.reading(make_rounds.panel(of), row, reader, "submitted", remark=f"{name}不错。")

    erased(row.mediator)

    row = Application.objects.get(pk=row.pk)
    assert (row.statement, row.answers.get().reason) == ("", NAMELESS)
    assert name not in row.outcome_reason
    assert row.readings.get().remark == f"{NAMELESS}不错。"
    decision = Decision.objects.get()
    assert decision.reason == f"{NAMELESS}确有其事。"
    assert digest_of(decision.content) == decision.digest
    assert name not in json.dumps(decision.content, ensure_ascii=False)
    assert name not in json.dumps(row.evidence, ensure_ascii=False)
    assert name not in PublicNotice.objects.get(kind="grading").body


def test_the_line_of_a_namesake_stays_on_the_notice():
    of = make_results.ranked(2)
    first, second = make_results.people(of)
    type(first.mediator).objects.filter(pk__in=[first.mediator_id, second.mediator_id]).update(
        name="李伟"
    )
    announcing.announce_round(of.pk, **note(make.user()))
    first.mediator.refresh_from_db()

    erased(first.mediator)

    lines = PublicNotice.objects.get(kind="grading").body.splitlines()
    assert f"李伟　{second.organization.name}" in lines
    assert f"{NAMELESS}　{first.organization.name}" in lines


def test_the_answer_to_a_proposal_goes_as_well():
    row = make_rounds.grade(state="revoked", answer="我不同意。", answered_on=TODAY - 3 * DAY)
    other = make_rounds.grade(state="revoked", answer="我也不同意。", answered_on=TODAY - 3 * DAY)
    erased(row.mediator)
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.answer, other.answer) == (NAMELESS, "我也不同意。")


# --- Merges -------------------------------------------------------------------------------------


def test_applications_and_levels_move_to_the_entry_that_is_kept():
    kept, gone = make_rounds.person(), make_rounds.person()
    row = make_rounds.application("submitted", mediator=gone)
    held = make_rounds.grade(gone)
    merge = merges.merge_mediators(kept.pk, gone=gone, **note())
    row.refresh_from_db()
    held.refresh_from_db()
    assert (row.mediator, held.mediator, held.holding.mediator) == (kept, kept, kept)

    merges.undo_merge(merge.pk, **note())
    row.refresh_from_db()
    held.refresh_from_db()
    assert (row.mediator, held.mediator) == (gone, gone)


def test_two_standing_levels_do_not_become_one_persons():
    kept, gone = make_rounds.person(), make_rounds.person()
    make_rounds.grade(kept)
    make_rounds.grade(gone)
    with pytest.raises(Refused, match="of which one may have only one"):
        merges.merge_mediators(kept.pk, gone=gone, **note())
    assert Grade.objects.filter(mediator=gone).count() == 1
    gone.refresh_from_db()
    assert gone.merged_into is None


def test_two_applications_in_one_round_do_not_become_one_persons():
    of = make_rounds.grading_round("open")
    rows = [make_rounds.application("submitted", of=of) for _n in range(2)]
    kept, gone = (row.mediator for row in rows)
    with pytest.raises(Refused, match="of which one may have only one"):
        merges.merge_mediators(kept.pk, gone=gone, **note())
    assert Application.objects.filter(mediator=gone).count() == 1
