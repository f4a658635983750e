"""The demo city holds sessions in every state, the same every time, and somebody has hours."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from office import ledger
from registry.models import Mediator
from tests import make
from tests.make import TODAY
from training.actions import load_hours_rules
from training.city.sessions import PLANS, make_sessions
from training.flows import EnrolmentState, SessionState
from training.models import (
    Attendance,
    Enrolment,
    HourEntry,
    HoursRule,
    TrainingBase,
    TrainingPolicy,
    TrainingSession,
)
from training.reports.hours import needs_of

pytestmark = pytest.mark.django_db
FIXTURES = Path(__file__).parents[2] / "fixtures"
PEOPLE = {"330602": 4, "330603": 4, "330604": 4, "330624": 22, "330681109": 7, "330683": 5}


def read(name):
    return json.loads((FIXTURES / name).read_text(encoding="utf-8"))


@pytest.fixture
def city():
    """The places of the bases, a few people in each county, and the account of the demo."""
    make.user("city")
    for base in read("training_bases.json"):
        make.division(base["division"])
    for code, count in PEOPLE.items():
        body = make.organization(in_division=make.division(code))
        for _person in range(count):
            make.appointment(make.mediator(in_division=body.division), body)
    mine = Mediator.objects.filter(division__code="330681109").order_by("pk").first()
    mine.user = make.user("mediator")
    mine.save()
    make.saved(
        TrainingPolicy(
            key="hours_of_a_day", amount=8, unit="hours", standing="setting",
            from_on=date(2011, 1, 1),
        )
    )  # fmt: skip
    load_hours_rules(read("training/hours_rules.json"))
    return mine


def test_every_state_of_a_session_and_of_an_enrolment_is_there(city):
    assert make_sessions(TODAY) == len(PLANS)

    states = TrainingSession.objects.values_list("state", flat=True)
    assert set(states) == set(SessionState.values)
    states = Enrolment.objects.values_list("state", flat=True)
    assert set(states) == set(EnrolmentState.values)
    assert TrainingBase.objects.count() == 11
    assert Attendance.objects.filter(minutes=0).count() == 0
    assert ledger.faults() == []


def test_the_account_of_the_demo_has_hours_and_rules_to_meet(city):
    make_sessions(TODAY)

    mine = Enrolment.objects.filter(mediator=city)
    assert {"completed", "enrolled", "withdrawn"} <= set(mine.values_list("state", flat=True))
    [yearly] = [need for need in needs_of(city, year=2026, today=TODAY) if need.required == 20]
    assert 0 < yearly.done < yearly.required
    assert HourEntry.objects.filter(source_type="training.enrolment").count() > 20


def test_it_can_be_made_on_any_day_and_rules_are_adopted_once(city):
    make_sessions(date(2027, 1, 1) + timedelta(days=3))

    assert HoursRule.objects.filter(division__code="3306").count() == 3
