"""A deregistration ends nominations and places in exams while others work on the same rows."""

import pytest

from tests import make
from tests.make import TODAY
from tests.registry import cases
from tests.registry.at_once import at_once
from tests.training import make_exams
from tests.training import make_sessions as sessions
from tests.training.make_exams import HOUR, NOW
from training import actions
from training.models import Enrolment, ExamCandidate

pytestmark = pytest.mark.django_db(transaction=True)
DECIDED = TODAY + cases.TERM
ROUNDS = 3


def going(destination, prepare):
    """A body whose deregistration is ready to be decided; ``prepare(body)`` is done before."""
    cases.load_rules()
    body = make.organization()
    made = prepare(body)
    row = cases.closure("on_notice", body=body)
    target = make.organization()
    for item in row.items.all():
        moves = item.subject_type == "registry.appointment"
        given = (
            {"destination": "move", "target": target}
            if moves
            else {"destination": destination, "note": "本人"}
        )
        cases.closures.settle_item(item.pk, **given, **cases.note())
    cases.closures.record_custody(row.pk, **cases.CUSTODY, **cases.note())
    cases.closures.propose_closure(row.pk, **cases.note(today=DECIDED))
    return row, made


def nominated(body):
    """A session that asks for approval, with two nominations of the body."""
    of = sessions.session(needs_approval=True)
    people = [make.appointment(body=body).mediator for _person in range(2)]
    given = {"organization": body, "mediators": people, **sessions.note()}
    return of, actions.nominate(of.pk, **given)


@pytest.mark.parametrize("destination", ["end", "hand_over"])
def test_nominations_end_while_others_enrol_and_are_approved(destination):
    for _round in range(ROUNDS):
        row, (of, [one, _two]) = going(destination, nominated)
        officer, others = cases.county_officer(), [sessions.person() for _person in range(3)]

        outcomes = at_once(
            lambda row=row, by=officer: cases.carry_out(row, by=by, today=DECIDED),
            lambda one=one: actions.approve(one.pk, **sessions.note()),
            *[
                lambda who=who, of=of: actions.enrol(of.pk, mediator=who, by=who.user, today=TODAY)
                for who in others
            ],
        )

        assert set(outcomes) <= {"done", "refused"}
        assert outcomes.count("done") >= len(others)
        assert of.enrolments.count() == 5
        waiting = Enrolment.objects.filter(organization=row.organization, state="pending")
        assert not waiting.exists()


def seated(body):
    """An exam that is announced, with two people of the body."""
    of = make_exams.exam("scheduled", opens_at=NOW + 9 * HOUR, closes_at=NOW + 11 * HOUR)
    people = [make.appointment(body=body).mediator for _person in range(2)]
    return of, [make_exams.candidate(of, person) for person in people]


def test_places_in_exams_end_while_candidates_are_seated():
    for _round in range(ROUNDS):
        row, (of, _places) = going("end", seated)
        officer, trainer = cases.county_officer(), make.user()
        seats = {"rooms": [("一号考场", 40)], "today": TODAY, "by": trainer, "reason": "-"}

        outcomes = at_once(
            lambda row=row, by=officer: cases.carry_out(row, by=by, today=DECIDED),
            lambda of=of, seats=seats: actions.set_rooms(of.pk, **seats),
        )

        assert outcomes == ["done", "done"]
        assert ExamCandidate.objects.filter(exam=of).count() == 0
