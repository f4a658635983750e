"""The life of a claim: every state and step, every guard, and no account twice in a row."""

from contextlib import contextmanager
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from casework.actions import claim_lines, claim_steps
from casework.flows import CLAIM, ClaimState
from casework.models import CaseRecord, ClaimBatch, ClaimLine, ClaimStep
from casework.rules.claims import ClaimFault
from office.flow import Refused
from office.models import LedgerEntry
from office.roles import Role
from tests import make
from tests.casework import make_cases, make_claims
from tests.make import DAY, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
S = ClaimState
ACTIONS = {
    **{name: lambda pk, by, name=name: claim_steps.HAND_IN[name](
        pk, **make_claims.note(by, declares=True)
    ) for name in claim_steps.HAND_IN},
    "check_first": lambda pk, by: claim_steps.pass_first_check(pk, **make_claims.note(by)),
    "check_second": lambda pk, by: claim_steps.pass_second_check(pk, **make_claims.note(by)),
    "record_review": make_claims.review,
    "check_totals": lambda pk, by: claim_steps.check_totals(pk, **make_claims.note(by)),
    "approve": lambda pk, by: claim_steps.approve_batch(pk, **make_claims.note(by)),
    "pay": make_claims.pay,
    "send_back": lambda pk, by: claim_steps.return_batch(pk, **make_claims.note(by)),
    "withdraw": lambda pk, by: claim_steps.withdraw_batch(pk, **make_claims.note(by)),
}  # fmt: skip
TARGETS = {
    "submit": "first_check",
    "resubmit": "first_check",
    "submit_directly": "bureau_check",
    "resubmit_directly": "bureau_check",
    "check_first": "second_check",
    "check_second": "township_review",
    "record_review": "bureau_check",
    "check_totals": "approval",
    "approve": "approved",
    "pay": "paid",
    "send_back": "returned",
    "withdraw": "withdrawn",
}
FROM = {
    "draft": {"submit", "withdraw"},
    "returned": {"resubmit", "withdraw"},
    "first_check": {"check_first", "send_back"},
    "second_check": {"check_second", "send_back"},
    "township_review": {"record_review", "send_back"},
    "bureau_check": {"check_totals", "send_back"},
    "approval": {"approve", "send_back"},
    "approved": {"pay", "send_back"},
    "paid": set(),
    "withdrawn": set(),
}


@pytest.fixture
def at(db):
    """Return a function that makes a batch in a state."""
    return make_claims.batch


@pytest.mark.parametrize("state", S.values)
def test_a_step_leads_on_from_its_states_only(at, state):
    batch = at(state)
    for step in CLAIM.steps:
        with undone():
            if step in FROM[state]:
                takes(batch, step)
            else:
                refuses(batch, step)


def takes(batch, step):
    ACTIONS[step](batch.pk, make.user())
    after = ClaimBatch.objects.get(pk=batch.pk)
    assert after.state == TARGETS[step]
    assert LedgerEntry.objects.of(batch).first().act == f"casework.claimbatch.{step}"
    assert after.steps.last().name == step


def refuses(batch, step):
    steps = ClaimStep.objects.count()
    with pytest.raises(Refused):
        ACTIONS[step](batch.pk, make.user())
    assert ClaimBatch.objects.get(pk=batch.pk).state == batch.state
    assert ClaimStep.objects.count() == steps


@contextmanager
def undone():
    """What is done inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("state", [state for state in S.values if FROM[state] and state != "draft"])
def test_nobody_takes_two_steps_in_a_row(at, state):
    batch = at(state)

    for step in FROM[state]:
        with pytest.raises(Refused, match="Whoever took the last step"):
            ACTIONS[step](batch.pk, batch.moved_by)

    assert ClaimBatch.objects.get(pk=batch.pk).state == state


def test_the_database_refuses_two_steps_in_a_row_as_well(at):
    step = at("first_check").steps.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        ClaimStep.objects.filter(pk=step.pk).update(after=step.by)


@pytest.mark.parametrize("kind", ["county", "industry"])
def test_bodies_without_a_justice_office_go_to_the_bureau(kind):
    make_claims.rules()
    make_claims.scheme()
    of = make_claims.body(kind=kind, in_division=make.division("330681"))
    make_claims.case(of)
    batch = make_claims.batch(of=of)

    with pytest.raises(Refused, match="directly"):
        claim_steps.submit_batch(batch.pk, **make_claims.note(declares=True))
    make_claims.submit(batch)
    batch.refresh_from_db()
    assert batch.state == "bureau_check"
    claim_steps.return_batch(batch.pk, **make_claims.note())
    make_claims.resubmit(batch)
    batch.refresh_from_db()
    assert (batch.state, batch.turn) == ("bureau_check", 2)


@pytest.mark.parametrize(
    "state", ["first_check", "second_check", "township_review", "bureau_check", "approval"]
)
def test_what_is_returned_keeps_its_history_and_begins_anew(at, state):
    batch = at(state)
    before = batch.steps.count()

    claim_steps.return_batch(batch.pk, **make_claims.note(reason="A share is wrong."))
    batch.refresh_from_db()
    assert (batch.reasons, batch.returned_from) == ("A share is wrong.", state)
    make_claims.resubmit(batch)

    batch.refresh_from_db()
    assert (batch.state, batch.turn, batch.reasons) == ("first_check", 2, "")
    assert batch.steps.count() == before + 2
    assert batch.submitted_on == TODAY


def test_a_batch_is_not_handed_in_without_the_declaration(at):
    with pytest.raises(Refused, match="Declare"):
        claim_steps.submit_batch(at().pk, **make_claims.note(declares=False))


@pytest.mark.parametrize(("day", "passes"), [(date(2026, 9, 30), False), (date(2026, 10, 1), True)])
def test_a_quarter_is_claimed_from_the_day_after_it(at, day, passes):
    batch = at()

    refusals = CLAIM.refusals(batch, "submit", day)

    assert refusals == ([] if passes else ["The quarter has not ended yet."])


def test_only_a_listed_organization_claims(at):
    batch = at()
    type(batch.organization).objects.update(state="rectifying")
    batch.organization.refresh_from_db()
    assert CLAIM.refusals(batch, "submit", TODAY) == []
    batch.organization.state = "closing"
    assert CLAIM.refusals(batch, "submit", TODAY) == ["The organisation is not on the roster."]


def test_an_empty_batch_is_not_handed_in(at):
    batch = at()
    claim_lines.strike_line(batch.lines.get().pk, by=None, today=TODAY, reason="Paid by another.")

    with pytest.raises(Refused, match="No line stands"):
        make_claims.submit(batch)


def test_totals_that_were_tampered_with_stop_every_check(at):
    batch = at("bureau_check")
    line = batch.lines.get()
    ClaimLine.objects.filter(pk=line.pk).update(amount_approved=999)

    for_all = "The totals kept with the batch are not those of its lines, shares and funds."
    with pytest.raises(Refused, match=for_all):
        claim_steps.check_totals(batch.pk, **make_claims.note())


def test_parts_that_were_tampered_with_stop_the_payment(at):
    batch = at("approved")
    line = batch.lines.get()
    line.shares.update(amount=1)

    with pytest.raises(Refused, match="totals kept"):
        make_claims.pay(batch.pk)


def test_a_case_joined_since_then_sends_the_batch_back(at):
    batch = at("second_check")
    case = batch.lines.get().case
    earlier = make_cases.case("succeeded", body=case.organization)
    CaseRecord.objects.filter(pk=case.pk).update(same_as=earlier)

    with pytest.raises(Refused, match="joined"):
        claim_steps.pass_second_check(batch.pk, **make_claims.note())
    claim_steps.return_batch(batch.pk, **make_claims.note())
    make_claims.resubmit(batch)
    assert batch.lines.get().dispute == earlier


@pytest.mark.parametrize(
    ("reviewed_on", "passes"),
    [(TODAY - DAY, False), (TODAY, True), (TODAY + DAY, False)],
)
def test_the_leader_signs_between_the_hand_in_and_today(at, reviewed_on, passes):
    batch = at("township_review")

    if passes:
        made = make_claims.review(batch.pk, reviewed_on=reviewed_on)
        assert (made.steps.last().signed_by, made.state) == ("陈镇长", "bureau_check")
    else:
        with pytest.raises(Refused, match="The leader signs"):
            make_claims.review(batch.pk, reviewed_on=reviewed_on)
        assert batch.steps.filter(name="record_review").count() == 0


@pytest.mark.parametrize(
    ("paid_on", "passes"), [(TODAY - DAY, False), (TODAY, True), (TODAY + DAY, False)]
)
def test_it_is_paid_between_the_approval_and_today(at, paid_on, passes):
    batch = at("approved")

    if passes:
        assert make_claims.pay(batch.pk, paid_on=paid_on).voucher
    else:
        with pytest.raises(Refused, match="It is paid between"):
            make_claims.pay(batch.pk, paid_on=paid_on)


def test_the_city_bureau_decides_on_bodies_of_the_city_only(at):
    batch = at("approval")
    city = make.officer(Role.CITY_BUREAU, make.division("3306"))

    with pytest.raises(Refused, match="city bureau"):
        claim_steps.approve_batch(batch.pk, **make_claims.note(city))


def test_a_late_batch_is_flagged_and_not_refused(at):
    batch = at()
    assert batch.due_on < TODAY
    assert batch.is_late(TODAY)
    assert not batch.is_late(batch.due_on)

    make_claims.submit(batch)

    batch.refresh_from_db()
    assert (batch.state, batch.is_late(TODAY)) == ("first_check", True)


def test_what_is_paid_is_disclosed_for_the_days_of_the_policy(at):
    batch = at("paid")

    made = claim_steps.disclose_batch(batch.pk, **make_claims.note())

    assert (made.disclosed_on, made.disclosed_until_on) == (TODAY, TODAY + 7 * DAY)
    with pytest.raises(Refused, match="already"):
        claim_steps.disclose_batch(batch.pk, **make_claims.note())


def test_what_is_not_paid_is_not_disclosed(at):
    with pytest.raises(Refused, match="Only what was paid"):
        claim_steps.disclose_batch(at("approved").pk, **make_claims.note())


FAULTY = [
    ({"documents": []}, ClaimFault.DOCUMENTS),
    ({"state": "accepted", "closed_on": None}, ClaimFault.OPEN),
    ({"closed_on": date(2026, 10, 1)}, ClaimFault.LATER),
    ({"closed_on": date(2026, 6, 30), "accepted_on": date(2026, 6, 1)}, ClaimFault.LATE),
]


@pytest.mark.parametrize(("changes", "fault"), FAULTY)
def test_a_case_that_changed_for_the_worse_bars_the_hand_in(at, changes, fault):
    batch = at()
    if changes.get("state") == "accepted":
        changes = {**changes, "agreement": "", "agreed_on": None}
    CaseRecord.objects.update(**changes)

    with pytest.raises(Refused) as refused:
        make_claims.submit(batch)

    number = batch.lines.get().case.number
    assert f"{fault.label} Cases: {number}." in refused.value.messages
    assert ClaimBatch.objects.get(pk=batch.pk).turn == 0


def test_a_case_whose_mediator_was_not_in_post_bars_the_hand_in(at):
    batch = at()
    person = batch.lines.get().case.shares.get().mediator
    person.appointments.update(from_on=date(2026, 8, 21))

    with pytest.raises(Refused, match="The scheme does not pay for this case"):
        make_claims.submit(batch)

    # In post on the day it was closed, by which the scheme dates it, yet not when it began.
    person.appointments.update(from_on=date(2026, 8, 20))
    with pytest.raises(Refused, match="flagged in the ledger"):
        make_claims.submit(batch)
    line = batch.lines.get()
    claim_lines.adjust_line(line.pk, by=None, today=TODAY, reason="He took over from a colleague.")
    make_claims.submit(batch)
    batch.refresh_from_db()
    assert batch.state == "first_check"
