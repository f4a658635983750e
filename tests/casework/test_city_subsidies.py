"""The demo city has schemes in every state, made through the actions."""

from datetime import date

import pytest

from casework import actions
from casework.city.subsidies import make_subsidies
from casework.flows import SchemeState
from casework.models import SubsidyScheme
from tests import make
from tests.casework import make_cases
from tests.make import TODAY

pytestmark = pytest.mark.django_db


def test_the_demo_has_schemes_in_every_state_and_dates_decide_between_them():
    make_cases.difficulty()
    for rank in range(1, 5):
        make.level(rank)
    actions.load_subsidy_schemes(make_cases.read("subsidy_schemes.json"))
    place = make.division("330681")
    for username in ("county", "county2", "city"):
        make.user(username)

    assert make_subsidies(TODAY) == 4
    assert set(SubsidyScheme.objects.values_list("state", flat=True)) == set(SchemeState.values)
    ruling = SubsidyScheme.objects.ruling
    assert ruling(place.pk, date(2025, 12, 31)).name == "诸暨市以案定补办法（试行）"
    assert ruling(place.pk, date(2026, 1, 1)).name == "诸暨市以案定补办法"
    assert ruling(place.pk, date(2022, 12, 31)) is None
