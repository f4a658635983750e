"""What complaints answer when the register closes a body, erases a person, or pairs a mentor."""

from types import SimpleNamespace

import pytest

from complaints.models import Complaint
from complaints.receivers import (
    carry_out_a_task_of_a_complaint,
    open_complaints_need_the_person,
)
from registry.models import Mediator
from registry.questions import Destination, touched_by_closing, upheld_complaints
from tests import make
from tests.complaints.make_complaints import complaint, figures, handler
from tests.complaints.make_decisions import consequence, final, fresh, replied
from tests.complaints.make_task_sheets import sheet
from tests.make import DAY, TODAY
from tests.registry import cases
from tests.training import make_pairings as pairs
from training.models import Pairing

pytestmark = pytest.mark.django_db
UPHELD = "A complaint against the mentor was upheld."


@pytest.fixture(autouse=True)
def _figures(db, in_english):
    figures()


def touched(body):
    found = touched_by_closing(body, TODAY)
    return [one for one in found if one.subject_type.startswith("complaints.")]


def settle(one, **more):
    item = SimpleNamespace(subject_type=one.subject_type, subject_id=one.subject_id, **more)
    given = {"by": handler(), "today": TODAY, "reason": "撤销登记。"}
    return carry_out_a_task_of_a_complaint(None, item=item, **given)


# --- A deregistration ---------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["received", "screening", "accepted", "findings_in", "replied"])
def test_of_a_complaint_the_unit_was_not_told_of_the_list_says_nothing(state):
    row = complaint(state, about=make.organization())
    assert touched(row.organization) == []


def with_the_unit():
    """A sheet that an organisation has, not yet answered."""
    made = sheet("sent")
    body = make.organization()
    type(made).objects.filter(pk=made.pk).update(organization=body, division=None, outside="")
    return fresh(made)


def test_an_unanswered_task_is_taken_back_and_the_complaint_goes_on_under_its_number():
    made = with_the_unit()
    total = made.complaint.clocks.filter(key="total_days").values_list("pk", "stopped_on")
    before = list(total)
    (one,) = touched(made.organization)
    assert (one.subject_type, one.destinations) == (
        "complaints.tasksheet",
        (Destination.HAND_OVER,),
    )
    assert settle(one) is True
    assert settle(one) is True
    row = Complaint.objects.get(pk=made.complaint_id)
    assert (row.state, row.number, fresh(made).state) == (
        "screening",
        made.complaint.number,
        "recalled",
    )
    assert list(total) == before
    assert touched(made.organization) == []


def test_a_suspended_case_is_left_alone():
    made = with_the_unit()
    Complaint.objects.filter(pk=made.complaint_id).update(suspended_on=TODAY)
    assert touched(made.organization) == []


def test_an_open_consequence_ends_with_the_unit_and_a_settled_one_is_not_touched():
    task = consequence()
    (one,) = touched(task.organization)
    assert one.destinations == (Destination.END,)
    assert "TS" not in one.label
    settle(one)
    assert fresh(task).why_not == "no_unit"
    assert touched(task.organization) == []


def test_a_deregistration_carries_it_out_with_all_the_rest():
    task = consequence()
    cases.closure("carried_out", body=task.organization)
    task = fresh(task)
    assert (task.state, task.why_not) == ("not_followed", "no_unit")
    assert fresh(task.appointment).ended_by == "with_organization"


def test_what_belongs_to_another_floor_is_left_to_it():
    assert settle(SimpleNamespace(subject_type="registry.post", subject_id="1")) is False


# --- An erasure ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made", "barred"),
    [
        (lambda: complaint("screening"), True),
        (lambda: complaint("closed"), False),
        (lambda: complaint("withdrawn"), False),
        (replied, True),
        (final, False),
    ],
)
def test_nobody_is_erased_while_a_complaint_about_the_person_is_open(made, barred):
    erasure = SimpleNamespace(mediator_id=made().mediator_id)
    said = open_complaints_need_the_person(None, obj=erasure, today=TODAY)
    assert bool(said) is barred
    assert not any("TS" in sentence for sentence in said)


def test_of_somebody_nobody_complained_of_nothing_is_said():
    erasure = SimpleNamespace(mediator_id=make.mediator().pk)
    assert open_complaints_need_the_person(None, obj=erasure, today=TODAY) == []


# --- A mentor -----------------------------------------------------------------------------------


def test_a_mentor_with_an_upheld_complaint_is_barred_once_it_is_final():
    pairs.figures()
    pair = pairs.pairing()
    assert UPHELD not in Pairing.objects.bars(pair, TODAY)
    post = pair.mentor.appointments.first()
    row = final(about=pair.mentor)
    assert post is not None
    assert UPHELD in Pairing.objects.bars(pair, TODAY)
    assert upheld_complaints(Mediator.objects.all(), TODAY - 60 * DAY, TODAY) == {pair.mentor_id}
    Complaint.objects.filter(pk=row.pk).update(state="in_review")
    assert UPHELD not in Pairing.objects.bars(pair, TODAY)
