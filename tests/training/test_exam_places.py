"""What a deregistration does to places in exams of people who serve nowhere else."""

import pytest

from office.flow import Refused
from office.models import LedgerEntry
from registry.models import Closure, ClosureItem
from registry.questions import Destination, touched_by_closing
from tests import make
from tests.make import TODAY
from tests.registry import cases
from tests.training import make_exams as exams
from training.actions.exam_places import carry_out_place
from training.models import ExamCandidate, ExamExtension

pytestmark = pytest.mark.django_db
SUBJECT = "training.examcandidate"
END, HAND_OVER = Destination.END, Destination.HAND_OVER


@pytest.fixture
def body():
    return make.organization()


@pytest.fixture
def person(body):
    held = make.appointment(make.mediator(in_division=body.division, user=make.user()), body)
    return held.mediator


def touched(body):
    found = touched_by_closing(body, TODAY)
    return {one.subject_id: list(one.destinations) for one in found if one.subject_type == SUBJECT}


def carry_out(place, destination):
    item = ClosureItem(
        closure=Closure(),
        subject_type=SUBJECT,
        subject_id=str(place.pk),
        destination=destination,
    )
    return carry_out_place(item, by=make.user(), reason="The organisation is dissolved.")


@pytest.mark.parametrize(
    ("state", "found"),
    [("scheduled", True), ("open", True), ("marking", False), ("released", False)],
)
def test_places_in_exams_that_can_still_be_begun_are_touched(body, person, state, found):
    place = exams.candidate(exams.exam(state), person)

    assert touched(body) == ({str(place.pk): [END, HAND_OVER]} if found else {})


@pytest.mark.parametrize("elsewhere", ["in_post", "candidate", "rejected", "ended"])
def test_who_serves_elsewhere_as_well_keeps_the_place_without_question(body, person, elsewhere):
    exams.candidate(exams.exam(), person)
    left = {"until_on": TODAY, "ended_by": "resigned"} if elsewhere == "ended" else {}
    make.appointment(person, make.organization(), state=elsewhere, **left)

    assert bool(touched(body)) is (elsewhere in {"rejected", "ended"})


def test_who_left_or_never_served_there_is_not_touched(body, person):
    exams.candidate(exams.exam())
    exams.candidate(exams.exam(), person)
    person.appointments.update(state="ended", until_on=TODAY, ended_by="resigned")

    assert touched(body) == {}


@pytest.mark.parametrize("state", ["in_progress", "submitted", "voided"])
def test_nobody_who_has_begun_is_taken_off(body, person, state):
    place = exams.candidate(exams.exam(), person)
    exams.sitting(place=place).attempt.save()
    if state == "submitted":
        place.attempts.update(state=state, submitted_at=exams.NOW, how_it_ended="handed_in")
    elif state == "voided":
        place.attempts.update(
            state=state, void_reason="作弊", void_asked_by=make.user(), voided_by=make.user()
        )

    assert touched(body) == {}
    with pytest.raises(Refused):
        carry_out(place, END)
    assert ExamCandidate.objects.filter(pk=place.pk).exists()


def test_the_place_of_who_was_given_minutes_stays(body, person):
    place = exams.candidate(exams.exam(), person)
    make.saved(
        ExamExtension(
            exam=place.exam, candidate=place, minutes=5, reason="停电", given_by=make.user(),
            given_at=exams.NOW,
        )
    )  # fmt: skip

    assert touched(body) == {str(place.pk): [HAND_OVER]}
    with pytest.raises(Refused):
        carry_out(place, END)


def test_a_place_handed_over_stands_and_one_that_ends_is_taken_off(person):
    place = exams.candidate(exams.exam(), person)

    assert carry_out(place, HAND_OVER)
    assert ExamCandidate.objects.filter(pk=place.pk).exists()
    assert carry_out(place, END)

    entry = LedgerEntry.objects.of(place).get()
    assert not ExamCandidate.objects.filter(pk=place.pk).exists()
    assert entry.act == "training.examcandidate.take_off"
    assert entry.before["mediator_id"] == person.pk


def test_what_is_no_place_is_left_to_others(person):
    item = ClosureItem(closure=Closure(), subject_type="training.enrolment", subject_id="1")

    assert not carry_out_place(item, by=make.user(), reason="Dissolved.")


def test_the_deregistration_itself_takes_the_person_off(body, person):
    cases.load_rules()
    place = exams.candidate(exams.exam("scheduled"), person)
    row = cases.closure("proposed", body=body)

    cases.carry_out(row)

    assert not ExamCandidate.objects.filter(pk=place.pk).exists()
    assert Closure.objects.get(pk=row.pk).state == "carried_out"
