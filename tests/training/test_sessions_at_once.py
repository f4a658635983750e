"""Many ask for the last seats at the same moment: none is given twice, and none is lost."""

import pytest

from registry.models import Mediator
from tests.make import TODAY
from tests.registry.test_closures_at_once import at_once
from tests.training import make_sessions as sessions
from tests.training.make_sessions import note
from training import actions
from training.models import Enrolment, TrainingSession

pytestmark = pytest.mark.django_db(transaction=True)
SEATS, PEOPLE = 15, 40


def crowd(number=PEOPLE):
    """People in post, all of one organisation."""
    first = sessions.person()
    body = first.appointments.get().organization
    others = [sessions.make.mediator(user=sessions.make.user()) for _person in range(number - 1)]
    for one in others:
        sessions.make.appointment(one, body)
    return [first, *others]


def enrolling(of, people):
    return [
        lambda who=who: actions.enrol(of.pk, mediator=who, by=who.user, today=TODAY)
        for who in people
    ]


def test_of_forty_who_enrol_at_once_as_many_as_seats_have_one():
    of = sessions.session(seats=SEATS)

    outcomes = at_once(*enrolling(of, crowd()))

    assert outcomes == ["done"] * PEOPLE
    assert of.enrolments.by_state() == {"enrolled": SEATS, "waitlisted": PEOPLE - SEATS}
    assert TrainingSession.objects.get(pk=of.pk).taken == SEATS


def test_when_all_leave_at_once_every_seat_goes_to_who_waited():
    of = sessions.session(seats=4)
    people = crowd(8)
    for act in enrolling(of, people):
        act()
    first = Mediator.objects.filter(enrolments__state="enrolled")

    outcomes = at_once(
        *[
            lambda who=who: actions.leave(of.pk, mediator=who, by=who.user, today=TODAY)
            for who in first
        ]
    )

    assert outcomes == ["done"] * 4
    assert of.enrolments.by_state() == {"withdrawn": 4, "enrolled": 4}
    assert TrainingSession.objects.get(pk=of.pk).taken == 4


def test_one_person_who_sends_the_form_eight_times_at_once_has_one_place():
    of, who = sessions.session(), sessions.person()

    assert at_once(*enrolling(of, [who] * 8)) == ["done"] * 8
    assert Enrolment.objects.count() == 1


def test_of_two_who_close_at_once_one_does_and_hours_are_credited_once():
    of = sessions.session("running", starts_on=TODAY)
    mine = sessions.enrolment(of=of)
    sessions.attended(mine, 120, 120)

    given = note()

    outcomes = at_once(*[lambda: actions.close_session(of.pk, **given)] * 2)

    assert outcomes == ["done", "refused"]
    assert mine.mediator.hour_entries.count() == 1
