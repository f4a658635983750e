"""The last day by which filings are sorted is counted anew when a calendar is loaded."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone

from office.clocks import read_calendar, store_calendar
from registry import actions
from registry.actions import filings
from registry.models import Filing
from tests import make
from tests.registry.cases import county_officer

pytestmark = pytest.mark.django_db
FIXTURES = Path(__file__).parents[2] / "fixtures"
LATE = date(2026, 12, 21)  # ten working days later the year is over
NEXT_YEAR = json.dumps({
    "year": 2027, "document": "国办发明电〔2026〕8号", "issued_on": "2026-11-10",
    "holidays": [
        {"name": "元旦", "first": "2027-01-01", "last": "2027-01-03"},
        {"name": "劳动节", "first": "2027-05-01", "last": "2027-05-05"},
        {"name": "国庆节", "first": "2027-10-01", "last": "2027-10-07"},
    ],
})  # fmt: skip


def load(text):
    store_calendar(read_calendar(text), by=None, now=timezone.now())


@pytest.fixture(autouse=True)
def _rules(db):
    actions.load_policies(json.loads((FIXTURES / "policies.json").read_text()))
    load((FIXTURES / "calendars" / "2026.json").read_text())


def opened(event_on=LATE):
    return filings.open_filing(
        by=county_officer(),
        today=event_on,
        kind="change",
        organization=make.organization(),
        event_on=event_on,
    )


def test_a_provisional_deadline_is_counted_when_the_next_year_is_loaded():
    row = opened()
    provisional = row.due_on

    load(NEXT_YEAR)

    row.refresh_from_db()
    # Thirty working days after Monday 21 December 2026, the new year's Friday being off.
    assert (provisional, row.due_on) == (None, date(2027, 2, 2))


def test_a_calendar_that_is_loaded_again_moves_what_it_moves():
    load(NEXT_YEAR)
    row = opened()

    load(NEXT_YEAR.replace("2027-01-03", "2027-01-04"))

    row.refresh_from_db()
    assert row.due_on == date(2027, 2, 3)


def test_what_was_decided_keeps_its_last_day():
    row = opened()
    decided = {"state": "withdrawn", "decided_on": LATE, "decided_by": county_officer()}
    Filing.objects.filter(pk=row.pk).update(**decided)

    load(NEXT_YEAR)

    row.refresh_from_db()
    assert row.due_on is None


def test_a_list_sorts_by_the_new_days():
    later, sooner = opened(), opened(date(2026, 12, 14))

    load(NEXT_YEAR)

    assert list(Filing.objects.order_by("due_on")) == [sooner, later]


def test_it_says_how_many_moved_and_a_second_time_none():
    opened()
    load(NEXT_YEAR)
    Filing.objects.update(due_on=None)

    assert [filings.recount_deadlines(), filings.recount_deadlines()] == [1, 0]


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_as_many_queries_for_one_as_for_three(count, django_assert_num_queries):
    for _row in range(count):
        opened()
    load(NEXT_YEAR)
    Filing.objects.update(due_on=None)

    with django_assert_num_queries(5):
        filings.recount_deadlines()


def test_a_calendar_that_is_refused_moves_nothing(monkeypatch):
    row = opened()

    def break_down(*args, **kwargs):
        raise OSError

    monkeypatch.setattr("office.clocks.published.ledger.append", break_down)
    with pytest.raises(OSError):  # noqa: PT011
        load(NEXT_YEAR)

    row.refresh_from_db()
    assert row.due_on is None
