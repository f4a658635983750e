"""What a deregistration does to open cases, and who may not be erased for them."""

import pytest

from casework import actions
from casework.actions.closing_bodies import carry_out_case, carry_out_claim
from casework.city.cases import LIVES, make_some_cases
from casework.flows import CaseState, ClaimState
from casework.models import CaseRecord
from office.flow import Refused
from registry.models import Appointment, Closure, ClosureItem, Erasure
from registry.questions import Destination, may_erase, touched_by_closing
from tests import make
from tests.casework import make_cases, make_claims
from tests.make import DAY, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
SUBJECT = "casework.caserecord"


def item(case, destination, target=None):
    return ClosureItem(
        closure=Closure(),
        subject_type=SUBJECT,
        subject_id=str(case.pk),
        destination=destination,
        target=target,
    )


def carried_out(case, destination, target=None):
    note = {"by": make.user(), "today": TODAY, "reason": "The village is gone."}
    return carry_out_case(item(case, destination, target), **note)


@pytest.mark.parametrize("state", CaseState)
def test_open_cases_and_drafts_are_touched(state):
    case = make_cases.case(state)
    found = [one for one in touched_by_closing(case.organization, TODAY) if one.key[0] == SUBJECT]
    wanted = {str(case.pk)} if state in {"draft", "accepted"} else set()
    assert {one.subject_id for one in found} == wanted
    assert all(one.destinations == (Destination.MOVE, Destination.END) for one in found)


@pytest.mark.parametrize("state", ["draft", "accepted"])
def test_an_open_case_is_moved(state):
    case, target = make_cases.case(state), make.organization()
    assert carried_out(case, Destination.MOVE, target)
    case.refresh_from_db()
    assert (case.organization, case.state) == (target, state)


def test_an_open_case_is_ended_as_passed_on_and_a_draft_discarded():
    case, draft = make_cases.case(), make_cases.case("draft")
    assert carried_out(case, Destination.END)
    assert carried_out(draft, Destination.END)
    [left] = CaseRecord.objects.all()
    assert (left.pk, left.state, left.closed_on) == (case.pk, "transferred", TODAY)
    assert left.transferred_to != ""


def test_what_ended_meanwhile_is_left_alone():
    case = make_cases.case("failed")
    assert carried_out(case, Destination.END)
    case.refresh_from_db()
    assert (case.state, case.revision) == ("failed", 0)


def test_other_rows_are_none_of_its_business():
    other = ClosureItem(subject_type="registry.post", subject_id="1", destination="end")
    assert not carry_out_case(other, by=None, today=TODAY, reason="R.")


@pytest.mark.parametrize("state", CaseState)
def test_nobody_is_erased_who_mediates_an_open_case(state):
    person = make.mediator()
    case = make_cases.case(state, mediators=[person])
    asked = may_erase.send(Erasure, obj=Erasure(mediator=person), today=TODAY)
    said = [reason for _receiver, answer in asked for reason in answer]
    wanted = [f"The person mediates cases that are not ended: {case.number}."]
    assert said == (wanted if state == "accepted" else [])


def test_the_city_has_cases_in_every_state():
    make_cases.difficulty()
    make_cases.dispute_type()
    body = make.organization()
    for _person in range(3):
        made = make.appointment(body=body)
        made.mediator.user = make.user()
        made.mediator.save()

    count = make_some_cases(TODAY, rounds=1)

    assert count == len(LIVES) + 1
    assert set(CaseRecord.objects.values_list("state", flat=True)) == set(CaseState)
    assert CaseRecord.objects.outside_a_post().count() == 0
    assert CaseRecord.objects.filter(same_as__isnull=False).count() == 1
    assert Appointment.objects.count() == 3


def test_a_city_without_people_has_no_cases():
    assert make_some_cases(TODAY) == 0


def test_the_day_of_a_hand_over_does_not_change_when_it_was_accepted():
    case = make_cases.case(accepted_on=TODAY - 9 * DAY)
    note = {"by": make.user(), "today": TODAY, "reason": "R."}
    moved = actions.hand_over_case(case.pk, organization=make.organization(), **note)
    assert moved.accepted_on == TODAY - 9 * DAY
    with pytest.raises(Refused):
        actions.void_case(case.pk, by=note["by"], today=TODAY, reason="")


def claim(batch, destination):
    return ClosureItem(
        closure=Closure(),
        subject_type="casework.claimbatch",
        subject_id=str(batch.pk),
        destination=destination,
    )


WITHDRAWN = {ClaimState.DRAFT, ClaimState.RETURNED}
DONE = {ClaimState.PAID, ClaimState.WITHDRAWN}


@pytest.mark.parametrize("state", ClaimState)
def test_a_claim_that_is_not_paid_is_touched(state):
    batch = make_claims.batch(state)
    touched = touched_by_closing(batch.organization, TODAY)
    found = [one.destinations for one in touched if one.key[0] == "casework.claimbatch"]
    goes_on = [] if state in DONE else [(Destination.HAND_OVER,)]
    assert found == ([(Destination.END,)] if state in WITHDRAWN else goes_on)


@pytest.mark.parametrize(
    ("state", "then"), [("draft", "withdrawn"), ("first_check", "first_check")]
)
def test_what_the_organization_holds_is_withdrawn_and_what_it_handed_in_goes_on(state, then):
    batch = make_claims.batch(state)
    note = {"by": make.user(), "today": TODAY, "reason": "The village is gone."}
    assert carry_out_claim(claim(batch, Destination.END), **note)
    batch.refresh_from_db()
    assert batch.state == then
    assert not carry_out_claim(item(batch, Destination.END), **note)


@pytest.mark.parametrize("state", ClaimState)
def test_nobody_is_erased_to_whom_money_is_still_to_be_paid(state):
    batch = make_claims.batch(state)
    person = batch.lines.first().shares.first().mediator
    asked = may_erase.send(Erasure, obj=Erasure(mediator=person), today=TODAY)
    said = [reason for _receiver, answer in asked for reason in answer]
    wanted = [f"Claims in which the person has a part are not paid: {batch.number}."]
    assert said == ([] if state in WITHDRAWN | DONE else wanted)
