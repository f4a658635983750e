"""What all of grading's rounds stand on: every state can be stored, evidence comes back alike."""

import json

import pytest

from grading.actions.judging import take_evidence
from grading.evaluation import facts_of
from grading.flows import ApplicationState, RoundState
from grading.models import Application
from grading.rules.evidence import facts_from, stored
from tests import make
from tests.grading import make_people, make_rounds
from tests.make import TODAY

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", RoundState.values)
def test_a_round_of_every_state_can_be_stored(state):
    assert make_rounds.grading_round(state).levels.count() == 2


@pytest.mark.parametrize("state", ApplicationState.values)
def test_an_application_of_every_state_can_be_stored(state):
    assert make_rounds.application(state).level_code == "l4"


def test_stored_evidence_gives_the_same_facts_to_the_digit():
    people = make_people.people(8, seed=3)
    for facts in facts_of([one.pk for one in people], TODAY).values():
        again = facts_from(json.loads(json.dumps(stored(facts))))
        values = {
            name: one for name, one in again.values.items() if name not in ("ruled", "waived")
        }
        assert values == facts.values


def test_evidence_of_all_is_taken_and_judged():
    of = make_rounds.grading_round()
    for _n in range(3):
        make_rounds.application(of=of)
    rows = Application.objects.with_all()
    assert take_evidence(rows, today=TODAY) == 3
    assert {row.result for row in Application.objects.all()} == {"fail"}


def test_a_recused_officer_does_not_find_the_application():
    of = make_rounds.grading_round()
    officer = make.officer("county_bureau", make.division("330681"))
    one, other = (make_rounds.application(of=of) for _n in range(2))
    panel = make_rounds.panel(of, members=[officer])
    found = Application.objects.within(officer, "grading.view_application")
    assert set(found) == {one, other}

    panel.recusals.create(application=one, user=officer, grounds=["kin"], found_on=TODAY)
    assert set(Application.objects.within(officer, "grading.view_application")) == {other}
