"""The demo city has an audit of hours, with a credit that was checked and others that were not."""

import pytest

from tests import make
from tests.make import TODAY
from tests.training import make_hours
from training.city.audits import make_audit
from training.models import HoursAudit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _county():
    make.user("county")
    make.division("330681")


def test_without_hours_nothing_is_drawn():
    assert make_audit(TODAY) == 0


def test_one_credit_is_checked_and_the_others_wait():
    for _person in range(3):
        make_hours.learnt(make_hours.person(), "4")

    assert make_audit(TODAY) == 3

    items = HoursAudit.objects.get().items
    assert sorted(items.values_list("finding", flat=True)) == ["borne_out", "open", "open"]
