"""The clocks of complaints keep every date of the specification, through the acts that run them."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone

from complaints import actions
from complaints.actions.clocks import lengthen_clock
from complaints.models import ComplaintKey, ComplaintPolicy
from office.clocks import Shade, read_calendar, store_calendar
from tests.complaints.make_complaints import figures, received
from tests.make import DAY

pytestmark = pytest.mark.django_db
# The vectors of the specification, as they were handed over.
VECTORS = json.loads((Path(__file__).parent / "samples" / "deadline_vectors.json").read_text())
UNITS = {"work": "working", "calendar": "calendar"}
KEY = ComplaintKey.REPLY_DAYS
# Invented for the test: the first of January, of May and of October off, and nothing else.
CALENDAR_2027 = json.dumps(
    {
        "year": 2027,
        "document": "测试〔2026〕1号",
        "issued_on": "2026-11-25",
        "holidays": [
            {"name": name, "first": day, "last": day, "make_up": []}
            for name, day in [
                ("元旦", "2027-01-01"), ("劳动节", "2027-05-01"), ("国庆节", "2027-10-01"),
            ]
        ],
    }
)  # fmt: skip


@pytest.fixture(autouse=True)
def _figures():
    figures()


def started(unit, start, amount):
    """A clock under a figure of so many days, started on a day."""
    ComplaintPolicy.objects.filter(key=KEY).update(unit=unit, amount=amount)
    made, _code = received(today=start)
    return actions.start_clock(made, KEY, today=start)


def publish_2027():
    store_calendar(read_calendar(CALENDAR_2027), by=None, now=timezone.now())


@pytest.mark.parametrize(("unit", "start", "amount", "due_on"), VECTORS["vectors"])
def test_the_vectors_of_the_specification_hold(unit, start, amount, due_on):
    clock = started(UNITS[unit], date.fromisoformat(start), amount)
    clock.refresh_from_db()
    assert clock.due_on == (due_on and date.fromisoformat(due_on))
    assert clock.is_provisional is (due_on is None)


@pytest.mark.parametrize(
    ("unit", "start", "amount", "due_on"),
    [
        ("working", date(2026, 12, 21), 15, date(2027, 1, 12)),
        ("calendar", date(2026, 11, 23), 60, date(2027, 1, 22)),
    ],
)
def test_a_limit_into_an_unpublished_year_is_firm_once_the_year_is_loaded(
    unit, start, amount, due_on
):
    clock = started(unit, start, amount)
    assert (clock.due_on, clock.is_provisional) == (None, True)
    assert actions.recount_clocks() == 0

    publish_2027()

    clock.refresh_from_db()
    assert (clock.due_on, clock.is_provisional) == (due_on, False)
    assert clock.policy.amount == amount


def test_a_clock_that_has_stopped_is_not_made_firm():
    clock = started("working", date(2026, 12, 21), 15)
    actions.stop_clock(clock.complaint, KEY, today=date(2026, 12, 28))
    publish_2027()
    clock.refresh_from_db()
    assert (clock.due_on, clock.is_provisional) == (None, True)


@pytest.mark.parametrize(
    ("unit", "start", "amount", "pause", "due_on"),
    [
        # The make-up Sunday counts, the pause covers the two holidays of autumn.
        (
            "working", date(2026, 9, 18), 5, (date(2026, 9, 21), date(2026, 10, 8)),
            date(2026, 10, 12),
        ),
        # A pause of holidays only gives no working day away.
        (
            "working", date(2026, 9, 30), 7, (date(2026, 10, 1), date(2026, 10, 8)),
            date(2026, 10, 15),
        ),
        # Calendar days: a week of pause moves the last one from Monday the 22nd to Friday the 26th.
        (
            "calendar", date(2026, 6, 4), 15, (date(2026, 6, 10), date(2026, 6, 17)),
            date(2026, 6, 26),
        ),
        # The last day moves into the holiday and rolls to the first day that is worked.
        (
            "calendar", date(2026, 9, 1), 25, (date(2026, 9, 10), date(2026, 9, 16)),
            date(2026, 10, 8),
        ),
    ],
)  # fmt: skip
def test_a_pause_over_holidays_moves_the_last_day(unit, start, amount, pause, due_on):
    clock = started(unit, start, amount)
    stands_from, runs_from = pause
    actions.pause_clocks(clock.complaint, KEY, today=stands_from, why="material")
    clock.refresh_from_db()
    assert (clock.due_on, clock.is_provisional) == (None, False)
    assert clock.deadline().stopped
    actions.resume_clocks(clock.complaint, today=runs_from, why="material")
    clock.refresh_from_db()
    assert clock.due_on == due_on


def test_a_pause_can_push_a_limit_into_the_unpublished_year():
    clock = started("working", date(2026, 12, 14), 10)
    assert clock.due_on == date(2026, 12, 28)
    actions.pause_clocks(clock.complaint, KEY, today=date(2026, 12, 15), why="suspended")
    actions.resume_clocks(clock.complaint, today=date(2026, 12, 29), why="suspended")
    clock.refresh_from_db()
    assert (clock.due_on, clock.is_provisional) == (None, True)
    publish_2027()
    clock.refresh_from_db()
    # 29, 30 and 31 December, then from 4 January on.
    assert (clock.due_on, clock.is_provisional) == (date(2027, 1, 12), False)


def test_an_extension_counts_in_the_unit_of_the_limit():
    clock = started("calendar", date(2026, 4, 19), 45)
    lengthen_clock(clock, 30)
    clock.refresh_from_db()
    # 45 and 30 days end on Friday 3 July.
    assert clock.due_on == date(2026, 7, 3)


@pytest.mark.parametrize(
    ("unit", "start", "amount", "days", "shade"),
    [
        # 70 %: the fourteenth of twenty working days, with six left.
        ("working", date(2026, 3, 2), 20, 17, Shade.CALM),
        ("working", date(2026, 3, 2), 20, 18, Shade.AMBER),
        # Two working days left of five, at 60 %.
        ("working", date(2026, 3, 2), 5, 2, Shade.CALM),
        ("working", date(2026, 3, 2), 5, 3, Shade.AMBER),
        # The last day is not over; the day after it is.
        ("working", date(2026, 3, 2), 5, 7, Shade.AMBER),
        ("working", date(2026, 3, 2), 5, 8, Shade.OVERDUE),
        # 70 % of forty calendar days.
        ("calendar", date(2026, 3, 2), 40, 27, Shade.CALM),
        ("calendar", date(2026, 3, 2), 40, 28, Shade.AMBER),
    ],
)
def test_a_limit_is_amber_from_seventy_percent_or_two_working_days_on(
    unit, start, amount, days, shade
):
    clock = started(unit, start, amount)
    assert clock.deadline().shade(start + days * DAY) == shade


def test_what_cannot_be_counted_yet_is_amber_and_what_stands_still_is_calm():
    clock = started("working", date(2026, 12, 21), 15)
    assert clock.deadline().shade(date(2027, 1, 4)) == Shade.AMBER
    actions.pause_clocks(clock.complaint, KEY, today=date(2026, 12, 22), why="suspended")
    assert clock.deadline().shade(date(2026, 12, 30)) == Shade.CALM
