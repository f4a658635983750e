"""Two evaluators, one meaning: row by row in Python, and for everybody at once in SQL."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from grading.evaluation import Everybody, facts_of
from grading.rules.judging import grade
from grading.rules.scheme import Scheme
from grading.rules.shape import faults_of
from tests.grading import make_people
from tests.grading.make_rules import rule_sets
from tests.make import TODAY

pytestmark = pytest.mark.django_db
SOME = settings(
    max_examples=60,
    deadline=None,
    # Each step of shrinking judges everybody twice: the first counterexample is told as it is.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def people():
    return make_people.people(25, seed=7)


@SOME
@given(
    document=rule_sets(),
    days=st.integers(0, 3000),
    level=st.sampled_from(["L1", "L2"]),
)
def test_both_judge_every_person_alike(people, document, days, level):
    scheme, as_of = Scheme(document), TODAY - timedelta(days=days)
    assert faults_of(scheme) == []

    facts = facts_of([person.pk for person in people], as_of)
    one_by_one = {pk: grade(scheme, level, found).result for pk, found in facts.items()}
    at_once = dict(Everybody(scheme, level, as_of).results())

    assert at_once == one_by_one
