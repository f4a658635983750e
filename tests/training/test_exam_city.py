"""The exams of the demo city: every state is there, and its mediator can sit one now."""

from random import Random

import pytest

from tests import make
from tests.make import TODAY
from tests.training import make_exams
from tests.training.make_exams import NOW
from training.city.exams import make_exams as make_the_exams
from training.flows import AttemptState, ExamState, PaperState
from training.models import Attempt, Exam, ExamCandidate, ExamPaper

pytestmark = pytest.mark.django_db
RNG = Random(1)  # noqa: S311 - a demo must be repeatable, not secret


@pytest.fixture
def city():
    """As much of a city as exams need: accounts, a committee and its people in post."""
    make_exams.rules()
    for name in ["trainer", "county"]:
        make.user(name)
    body = make.organization(in_division=make.division("330681109"), kind="township")
    people = [make.appointment(body=body).mediator for _each in range(12)]
    people[5].user = make.user("mediator")
    make.saved(people[5])
    return body


def test_without_questions_there_are_no_exams(city):
    assert make_the_exams(RNG, today=TODAY, now=NOW) == 0
    assert ExamPaper.objects.count() == 0


def test_every_state_is_there_and_the_mediator_can_begin(city):
    for kind in ["single", "multiple", "true_false", "fill_in", "essay"]:
        for _each in range(3):
            make_exams.question(kind, at=make.division("3306"))

    assert make_the_exams(RNG, today=TODAY, now=NOW) == 7

    states = set(Exam.objects.values_list("state", flat=True))
    assert states == set(ExamState)
    assert set(ExamPaper.objects.values_list("state", flat=True)) == set(PaperState)
    assert set(Attempt.objects.values_list("state", flat=True)) == set(AttemptState)
    place = ExamCandidate.objects.get(exam__state="open", mediator__user__username="mediator")
    assert place.exam.takes_beginners(NOW)
    assert not place.attempts.exists()
