"""The marking of the demo city: each state of markings, corrections and appeals is there."""

import random

import pytest

from tests import make
from tests.make import TODAY
from tests.training import make_exams
from tests.training.make_exams import NOW
from training.city.exams import make_exams as make_city_exams
from training.city.marking import make_marking
from training.flows import AppealState, MarkingState, RekeyState
from training.models import Appeal, AttemptItem, Marking, Rekey, Remark

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    """As much of a city as exams need: accounts, people in post, questions in use."""
    make_exams.rules()
    for name in ["trainer", "county"]:
        make.user(name)
    body = make.organization(in_division=make.division("330681109"), kind="township")
    for _each in range(12):
        make.appointment(body=body)
    for kind in ["single", "multiple", "true_false", "fill_in", "essay"]:
        for _each in range(3):
            make_exams.question(kind, at=make.division("3306"))


def test_without_exams_nothing_is_marked():
    for name in ["trainer", "county"]:
        make.user(name)
    make.division("3306")

    assert make_marking(TODAY, NOW) == 0


def test_every_state_is_there(city):
    make_city_exams(random.Random(1), today=TODAY, now=NOW)  # noqa: S311 - repeatable, not secret

    assert make_marking(TODAY, NOW) == Marking.objects.count() > 5

    states = {
        model: set(model.objects.values_list("state", flat=True))
        for model in [Marking, Rekey, Appeal]
    }
    assert states[Marking] == set(MarkingState)
    assert states[Rekey] == set(RekeyState)
    assert AppealState.OPEN in states[Appeal]
    assert Remark.objects.exists()
    essays = AttemptItem.objects.filter(version__question__kind="essay")
    assert essays.filter(score=None).exists()
    assert Marking.objects.filter(state="marked", item__in=essays.exclude(score=None)).exists()
