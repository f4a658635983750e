"""What a founded complaint asks of others: each a decision of somebody else, and only noted."""

import pytest
from django.db import IntegrityError, transaction

from complaints import actions
from complaints.actions.closing_bodies import carry_out_consequence, open_consequences_of
from complaints.flows import CONSEQUENCE, ConsequenceState
from complaints.models import Complaint, ComplaintClock, Consequence
from office import ledger
from office.flow import Refused
from office.models import LedgerEntry
from office.roles import Role
from registry.actions.departures import remove_mediator
from registry.models import Appointment, Discipline
from tests import make
from tests.complaints.make_complaints import figures, handler, said
from tests.complaints.make_decisions import (
    TEXTS,
    TYPED,
    asked_until,
    consequence,
    decided,
    final,
    fresh,
    post_of,
    recording,
    replied,
    reviewed,
)
from tests.make import DAY, TODAY
from tests.registry.cases import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _figures(db, in_english):
    figures()


def note(**more):
    return {"by": handler(), "today": TODAY, **TYPED} | more


def removed(post, **more):
    """What the register is told when the village assembly removes somebody."""
    given = {
        "ground": "property", "serious": True, "unit": post.unit, "decided_on": TODAY - 3 * DAY,
        "until_on": TODAY - 2 * DAY, "document": pdf(), "without_criticism_because": "情节严重。",
    }  # fmt: skip
    return remove_mediator(post.pk, **note(), **(given | more))


# --- Opening ------------------------------------------------------------------------------------


def test_each_measure_opens_a_task_when_the_sides_are_told_and_not_before():
    post = post_of()
    row = decided(measures=["criticism", "removal", "transfer"], about=post.mediator)
    assert not Consequence.objects.exists()

    row = replied(measures=["criticism", "removal", "transfer"], about=post.mediator)

    found = row.decisions.get().consequences.order_by("pk")
    assert list(found.values_list("kind", "unit", "state")) == [
        ("criticism", post.organization.name, "open"),
        ("removal", post.unit, "open"),
        ("transfer", "", "open"),
    ]
    assert {one.appointment for one in found} == {post}
    assert {one.division for one in found} == {post.organization.division}


def test_the_clerk_of_the_unit_is_told_that_there_is_something_and_not_what(
    django_capture_on_commit_callbacks, mailoutbox
):
    row = decided(measures=["criticism"])
    make.officer(Role.CLERK, row.organization, email="clerk@example.org")
    make.officer(Role.CLERK, make.organization(), email="other@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        actions.reply(row.pk, by=row.handler, today=TODAY, **TEXTS)
    (sent,) = mailoutbox
    assert (sent.to, sent.subject) == (["clerk@example.org"], "有一条新消息")
    assert row.number not in sent.body


def test_an_unfounded_complaint_asks_nothing_of_anybody():
    replied([("property", "unfounded")])
    assert not Consequence.objects.exists()


def test_an_order_to_an_organisation_needs_no_person():
    body = make.organization()
    row = replied(measures=["order"], about=body)
    task = row.decisions.get().consequences.get()
    assert (task.organization, task.appointment) == (body, None)


# --- Carrying out -------------------------------------------------------------------------------


def test_criticism_is_recorded_in_the_register_and_the_task_names_the_record():
    task = consequence("criticism")
    actions.discipline(task.pk, **note(**recording()))
    task = fresh(task)
    record = Discipline.objects.get()
    assert (task.state, task.discipline, task.ended_on) == ("done", record, TODAY)
    assert (record.kind, record.appointment) == ("criticism", task.appointment)
    assert record.unit == task.appointment.organization.name


def test_nothing_is_carried_out_before_the_decision_is_final():
    task = consequence("criticism", is_final=False)
    with pytest.raises(Refused) as refused:
        actions.discipline(task.pk, **note(**recording()))
    assert refused.value.messages == [
        "The decision is not final: the time for a review is not over."
    ]
    assert not Discipline.objects.exists()


def test_if_the_register_refuses_the_record_the_task_stays_open_and_no_note_is_kept():
    task = consequence("criticism")
    with pytest.raises(Refused):
        actions.discipline(task.pk, **note(**recording(decided_on=TODAY + DAY)))
    assert (fresh(task).state, fresh(task).discipline) == ("open", None)
    assert not said(task.complaint, "note")
    assert not Discipline.objects.exists()
    assert not LedgerEntry.objects.filter(act="complaints.consequence.carry_out").exists()


def test_criticism_is_not_noted_as_done_without_the_record():
    task = consequence("criticism")
    with pytest.raises(Refused):
        actions.note_done(task.pk, **note())
    assert fresh(task).state == "open"


@pytest.mark.parametrize("kind", ["removal", "dismissal"])
def test_no_consequence_ever_ends_a_post_by_itself(kind):
    task = consequence(kind)
    before = Appointment.objects.values().get(pk=task.appointment_id)
    with pytest.raises(Refused) as refused:
        actions.note_done(task.pk, **note())
    assert "The register does not say that the unit has ended the post" in str(refused.value)
    with pytest.raises(Refused):
        actions.discipline(task.pk, **note(**recording()))
    actions.leave(task.pk, **note(why_not="declined"))
    assert Appointment.objects.values().get(pk=task.appointment_id) == before


def test_a_removal_in_the_register_is_noted_and_filing_and_roster_get_their_limits():
    task = consequence("removal")
    removed(task.appointment)
    before = Appointment.objects.values().get(pk=task.appointment_id)

    actions.note_done(task.pk, **note())

    assert Appointment.objects.values().get(pk=task.appointment_id) == before
    after = Consequence.objects.filter(follows=task).order_by("pk")
    assert list(after.values_list("kind", "state")) == [("filing", "open"), ("roster", "open")]
    clocks = ComplaintClock.objects.filter(task__in=after.values("pk")).order_by("pk")
    assert [(one.key, one.start_on) for one in clocks] == [
        ("filing_days", TODAY - 3 * DAY),
        ("roster_days", TODAY - 3 * DAY),
    ]
    assert {one.due_on for one in Consequence.objects.with_due().filter(follows=task)} == {
        one.due_on for one in clocks
    }


def test_an_end_of_another_kind_settles_no_removal():
    task = consequence("removal")
    Appointment.objects.filter(pk=task.appointment_id).update(
        state="ended", ended_by="resigned", until_on=TODAY
    )
    with pytest.raises(Refused):
        actions.note_done(task.pk, **note())


def test_what_follows_is_done_within_its_own_limit_and_outlives_the_closing_of_the_case():
    task = consequence("removal")
    removed(task.appointment)
    actions.note_done(task.pk, **note())
    filing = Consequence.objects.get(kind="filing")
    row = task.complaint
    actions.close(row.pk, by=row.handler, today=TODAY, reason="办结。")
    running = ComplaintClock.objects.filter(stopped_on=None)
    assert sorted(running.values_list("key", flat=True)) == ["filing_days", "roster_days"]

    actions.note_done(filing.pk, **note())

    assert fresh(filing).state == "done"
    assert running.get().key == "roster_days"


def test_it_may_be_said_that_a_unit_does_not_follow_and_why():
    task = consequence("removal")
    actions.leave(task.pk, **note(why_not="declined", reason="村民会议未通过。"))
    task = fresh(task)
    assert (task.state, task.why_not, task.ended_on) == ("not_followed", "declined", TODAY)
    assert said(task.complaint, "note") == ["村民会议未通过。"]
    entry = LedgerEntry.objects.get(act="complaints.consequence.leave")
    assert "村民会议" not in f"{entry.reason}{entry.before}{entry.after}"
    assert ledger.faults() == []


@pytest.mark.parametrize("act", ["discipline", "note_done", "leave"])
def test_what_is_settled_stays_settled(act):
    task = consequence("criticism")
    actions.leave(task.pk, **note(why_not="other"))
    more = {"discipline": recording(), "leave": {"why_not": "other"}}.get(act, {})
    with pytest.raises(Refused):
        getattr(actions, act)(task.pk, **note(**more))


def test_a_lifted_task_is_not_carried_out():
    row = reviewed("changed", items=[("property", "unfounded")], on=TODAY - 40 * DAY)
    assert not Consequence.objects.filter(decision__stands=True).exists()
    assert row.state == "reviewed"


@pytest.mark.parametrize("state", ConsequenceState.values)
@pytest.mark.parametrize("name", CONSEQUENCE.steps)
def test_every_step_leaves_what_is_to_be_done_and_nothing_else(state, name):
    task = consequence("order")
    ended = {} if state == "open" else {"ended_on": TODAY}
    why = {"why_not": "other"} if state == "not_followed" else {}
    Consequence.objects.filter(pk=task.pk).update(state=state, **ended, **why)
    assert (CONSEQUENCE.refusals(fresh(task), name, TODAY) == []) is (state == "open")


def test_on_the_last_day_to_ask_nothing_is_carried_out_and_on_the_day_after_it_may_be():
    task = consequence(is_final=False)
    last = asked_until(task.complaint)
    said = ["The decision is not final: the time for a review is not over."]
    assert CONSEQUENCE.refusals(task, "carry_out", last) == said
    assert CONSEQUENCE.refusals(task, "carry_out", last + DAY) == []


# --- What the database holds --------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "done"},
        {"state": "not_followed", "ended_on": TODAY},
        {"why_not": "declined"},
        {"appointment": None},
        {"kind": "filing"},
        {"kind": "reward"},
        {"state": "gone"},
    ],
)
def test_the_database_refuses_what_no_act_would_write(wrong):
    consequence("criticism", is_final=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consequence.objects.update(**wrong)


def test_a_measure_is_opened_once_for_a_decision():
    task = consequence("criticism", is_final=False)
    task.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        Consequence.objects.bulk_create([task])


# --- What a deregistration and an erasure ask ---------------------------------------------------


def test_a_closing_organisation_leaves_its_tasks_undone_with_the_reason():
    task = consequence("criticism")
    touched = open_consequences_of(task.organization)
    assert [(one.subject_type, one.subject_id) for one in touched] == [
        ("complaints.consequence", str(task.pk))
    ]

    class Item:
        subject_type, subject_id = touched[0].key

    assert carry_out_consequence(Item, **note()) is True
    assert (fresh(task).state, fresh(task).why_not) == ("not_followed", "no_unit")
    assert open_consequences_of(task.organization) == []


def test_final_facts_do_not_hang_on_the_tasks():
    row = final(measures=["criticism"])
    assert row.decisions.get().consequences.get().is_final(TODAY)
    Complaint.objects.filter(pk=row.pk).update(state="in_review")
    assert not fresh(row.decisions.get().consequences.get()).is_final(TODAY)
