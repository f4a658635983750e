"""The demo city: invented, valid, and the same every time."""

import csv
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from office import ledger
from office.flow import Refused
from registry import actions
from registry.city.accounts import FENGQIAO
from registry.city.making import make_city
from registry.flows import AppointmentState
from registry.models import (
    Appointment,
    Discipline,
    DisciplineKind,
    EndedBy,
    LevelHolding,
    Mediator,
    Objection,
    Organization,
)
from registry.search import upkeep
from tests import make
from tests.registry.posts import load_rules

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 23)
FILED_STATES = ["draft", "first_review", "returned", "filing", "change_pending", "not_listed"]


@pytest.fixture
def fengqiao():
    """The city, its counties and townships, and the villages of Fengqiao only."""
    load_fengqiao()


def load_fengqiao():
    """Load the divisions, terms and policies that the city is made on."""
    with (ROOT / "fixtures" / "divisions_330600.csv").open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if keep(row["code"])]
    actions.load_divisions(rows, by=None, source="test")
    call_command("load_terms", str(ROOT / "fixtures" / "terms.json"), stdout=StringIO())
    make.policies()


def keep(code):
    return len(code) <= 6 or code.startswith(FENGQIAO)


def city(mediators=120, seed=7):
    return make_city(mediators=mediators, seed=seed, today=TODAY)


def picture():
    """Everything that the seed decides, in an order that does not depend on keys."""
    return (
        sorted(Organization.objects.values_list("public_id", "name", "state", "established_on")),
        sorted(
            (m.public_id, m.name, m.id_number, m.phone, m.certificate_number)
            for m in Mediator.objects.all()
        ),
        sorted(Appointment.objects.values_list("mediator__name", "from_on", "post", "employment")),
        sorted(LevelHolding.objects.values_list("mediator__name", "level__code", "from_on")),
    )


def test_the_same_seed_makes_the_same_city(fengqiao):

    pictures = []
    for _time in range(2):
        with transaction.atomic():
            city()
            pictures.append(picture())
            transaction.set_rollback(True)

    assert pictures[0] == pictures[1]


def test_with_policies_somebody_stands_in_every_state_of_an_appointment(fengqiao):
    load_rules()

    city(600)

    stored = {state for state in AppointmentState if state != AppointmentState.TERM_ENDING}
    assert set(Appointment.objects.values_list("state", flat=True)) == stored
    assert set(EndedBy) - {EndedBy.NOT_RECORDED} <= set(
        Appointment.objects.values_list("ended_by", flat=True)
    )
    assert set(Discipline.objects.values_list("kind", flat=True)) == set(DisciplineKind)
    raised = Objection.objects.exclude(notice__appointment=None)
    assert set(raised.values_list("state", "notice__appointment__state")) == {
        ("open", "notice"), ("upheld", "rejected"),
    }  # fmt: skip
    for row in Appointment.objects.all():
        row.full_clean()
    assert Mediator.objects.filter(merged_into=None, erased_on=None).count() == 600
    assert list(upkeep.differences(today=TODAY)) == []
    assert ledger.faults() == []


def test_a_register_with_content_is_left_alone(fengqiao):
    make.organization(in_division=make.division("330681"))

    with pytest.raises(Refused):
        city()

    assert Mediator.objects.count() == 0


def test_demo_people_are_refused_where_it_is_no_demo(settings):
    settings.DEMO = False

    with pytest.raises(CommandError):
        call_command("make_city")

    assert Organization.objects.count() == 0
