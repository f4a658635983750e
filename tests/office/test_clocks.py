"""Deadlines: the published vectors, the boundaries, and what must hold for every term."""

import copy
import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from office.clocks import (
    Calendar,
    Pause,
    Shade,
    Term,
    Unit,
    UnpublishedYear,
    due,
    read_calendar,
    store_calendar,
)
from office.models import LedgerEntry
from office.models.calendar import CalendarDay, CalendarYear
from office.templatetags.clocks import due_text

FIXTURES = Path(__file__).parents[2] / "fixtures" / "calendars"
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
DAY = timedelta(days=1)
WORKING, ALL = Unit.WORKING, Unit.CALENDAR


def published(year):
    return read_calendar((FIXTURES / f"{year}.json").read_text("utf-8"))


def rows(year):
    read = published(year)
    yield from ((year, day, False) for day in read.off if day.weekday() < 5)
    yield from ((year, day, True) for day in read.make_up)


CALENDAR = Calendar.of([*rows(2025), *rows(2026)])


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def days(first, last):
    return {first + DAY * n for n in range((last - first).days + 1)}


def deadline(start, amount, unit=WORKING, *pauses):
    return due(CALENDAR, start, Term(amount, unit), pauses)


# The calendar


def test_the_days_that_differ_from_their_week_in_2026_are_those_of_the_notice():
    off = {day for day, working in CALENDAR.exceptions.items() if not working and day.year == 2026}
    worked = {day for day, working in CALENDAR.exceptions.items() if working and day.year == 2026}

    assert " ".join(sorted(f"{day:%m-%d}" for day in off)) == (
        "01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25 "
        "10-01 10-02 10-05 10-06 10-07"
    )
    assert " ".join(sorted(f"{day:%m-%d}" for day in worked)) == (
        "01-04 02-14 02-28 05-09 09-20 10-10"
    )


@pytest.mark.parametrize(("year", "number"), [(2025, 248), (2026, 248)])
def test_the_year_has_the_working_days_that_its_notice_leaves(year, number):
    year_days = days(date(year, 1, 1), date(year, 12, 31))

    assert sum(map(CALENDAR.is_working, year_days)) == number


def test_a_year_that_is_not_loaded_is_not_guessed():
    with pytest.raises(UnpublishedYear) as missing:
        CALENDAR.is_working(date(2027, 1, 4))
    assert missing.value.year == 2027


def test_a_day_in_december_set_by_the_next_years_notice_counts():
    calendar = Calendar.of([(2018, None, None), (2019, date(2018, 12, 31), False)])

    assert calendar.is_working(date(2018, 12, 31)) is False
    assert calendar.is_working(date(2018, 12, 28)) is True


# The vectors of the specification (data/deadline_vectors.json)

VECTORS = [
    (WORKING, date(2026, 2, 12), 5, date(2026, 2, 26)),
    (WORKING, date(2026, 2, 12), 7, date(2026, 2, 28)),
    (WORKING, date(2026, 2, 13), 1, date(2026, 2, 14)),
    (WORKING, date(2026, 4, 30), 7, date(2026, 5, 13)),
    (WORKING, date(2026, 9, 18), 5, date(2026, 9, 24)),
    (WORKING, date(2026, 9, 30), 7, date(2026, 10, 15)),
    (WORKING, date(2026, 9, 24), 15, date(2026, 10, 22)),
    (WORKING, date(2025, 12, 31), 5, date(2026, 1, 8)),
    (WORKING, date(2025, 9, 26), 5, date(2025, 10, 10)),
    (ALL, date(2026, 1, 31), 15, date(2026, 2, 24)),
    (ALL, date(2026, 8, 7), 60, date(2026, 10, 8)),
    (ALL, date(2026, 6, 4), 15, date(2026, 6, 22)),
    (ALL, date(2026, 4, 19), 45, date(2026, 6, 3)),
    (WORKING, date(2026, 11, 23), 15, date(2026, 12, 14)),
    (WORKING, date(2026, 12, 21), 15, None),
    (ALL, date(2026, 11, 23), 60, None),
]


@pytest.mark.parametrize(("unit", "start", "amount", "due_on"), VECTORS)
def test_the_vectors_of_the_specification_hold(unit, start, amount, due_on):
    counted = deadline(start, amount, unit)

    assert counted.due_on == due_on
    assert counted.provisional is (due_on is None)
    assert counted.stopped is False


def test_a_provisional_deadline_names_the_missing_year_and_is_settled_by_loading_it():
    start, term = date(2026, 12, 21), Term(15, WORKING)
    before = due(CALENDAR, start, term)
    # Invented for the test: 1 January 2027 off and nothing else.
    after = due(Calendar.of([*rows(2026), (2027, date(2027, 1, 1), False)]), start, term)

    assert (before.due_on, before.missing_year) == (None, 2027)
    assert (after.due_on, after.missing_year) == (date(2027, 1, 12), None)


@pytest.mark.parametrize("amount", [0, -1, 3661])
def test_a_term_without_days_or_beyond_ten_years_is_refused(amount):
    with pytest.raises(ValueError, match="1 to 3660 days"):
        Term(amount, WORKING)


# Pauses: Monday 2 to Sunday 29 March 2026 holds no holiday.

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("pause", "due_on"),
    [
        (Pause(date(2026, 3, 3), date(2026, 3, 3)), date(2026, 3, 9)),
        (Pause(date(2026, 3, 3), date(2026, 3, 4)), date(2026, 3, 10)),
        (Pause(date(2026, 3, 4), date(2026, 3, 6)), date(2026, 3, 11)),
        (Pause(date(2026, 3, 7), date(2026, 3, 9)), date(2026, 3, 9)),
        (Pause(date(2026, 3, 9), date(2026, 3, 16)), date(2026, 3, 16)),
        (Pause(date(2026, 3, 10), date(2026, 3, 20)), date(2026, 3, 9)),
        (Pause(date(2026, 2, 1), date(2026, 3, 4)), date(2026, 3, 10)),
        (Pause(date(2026, 3, 10)), date(2026, 3, 9)),
        (Pause(date(2026, 3, 9)), None),
        (Pause(date(2026, 2, 1)), None),
    ],
)
def test_days_of_a_pause_do_not_count_and_its_end_day_does(pause, due_on):
    counted = deadline(MONDAY, 5, WORKING, pause)

    assert counted.due_on == due_on
    assert counted.stopped is (due_on is None)
    assert counted.provisional is False


def test_overlapping_pauses_count_once():
    pauses = [Pause(date(2026, 3, 4), date(2026, 3, 6)), Pause(date(2026, 3, 5), date(2026, 3, 9))]

    # 3 March, then 9, 10, 11, 12 March.
    assert deadline(MONDAY, 5, WORKING, *pauses).due_on == date(2026, 3, 12)


@pytest.mark.parametrize(
    ("pause", "due_on"),
    [
        # The fifth day is Saturday 7 March and rolls to Monday.
        (Pause(date(2026, 3, 20), date(2026, 3, 21)), date(2026, 3, 9)),
        (Pause(date(2026, 3, 9), date(2026, 3, 11)), date(2026, 3, 11)),
        (Pause(date(2026, 3, 3), date(2026, 3, 5)), date(2026, 3, 9)),
        (Pause(date(2026, 3, 8)), None),
    ],
)
def test_a_term_in_calendar_days_never_ends_within_a_pause(pause, due_on):
    assert deadline(MONDAY, 5, ALL, pause).due_on == due_on


def test_a_pause_that_swallows_the_missing_year_makes_nothing_provisional():
    calendar = Calendar.of([(2026, None, None), (2028, None, None)])
    pause = Pause(date(2026, 12, 31), date(2028, 1, 3))

    assert due(calendar, date(2026, 12, 29), Term(2, WORKING), [pause]).due_on == date(2028, 1, 3)


def test_a_pause_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="cannot end"):
        Pause(MONDAY, MONDAY - DAY)


# What is left


@pytest.mark.parametrize(
    ("today", "left", "used", "share", "shade"),
    [
        (date(2026, 2, 28), 10, 0, "0", Shade.CALM),
        (MONDAY, 10, 0, "0", Shade.CALM),
        (date(2026, 3, 10), 4, 6, "0.6", Shade.CALM),
        (date(2026, 3, 11), 3, 7, "0.7", Shade.AMBER),
        (date(2026, 3, 16), 0, 10, "1", Shade.AMBER),
        (date(2026, 3, 17), -1, 11, "1.1", Shade.OVERDUE),
        (date(2026, 3, 21), -4, 14, "1.4", Shade.OVERDUE),
    ],
)
def test_what_is_left_of_ten_working_days(today, left, used, share, shade):
    counted = deadline(MONDAY, 10)

    assert counted.due_on == date(2026, 3, 16)
    assert (counted.days_left(today), counted.days_used(today)) == (left, used)
    assert counted.used_share(today) == Decimal(share)
    assert counted.shade(today) == shade


@pytest.mark.parametrize(
    ("today", "left", "working_left", "shade"),
    [
        (date(2026, 3, 9), 7, 5, Shade.AMBER),
        (date(2026, 3, 6), 10, 6, Shade.CALM),
        (date(2026, 3, 16), 0, 0, Shade.AMBER),
        (date(2026, 3, 18), -2, -2, Shade.OVERDUE),
    ],
)
def test_what_is_left_of_twelve_calendar_days_that_end_on_a_saturday(
    today, left, working_left, shade
):
    counted = deadline(MONDAY, 12, ALL)
    shades = counted.shade(today, amber_share=Decimal("0.5"), amber_days=0)

    assert counted.due_on == date(2026, 3, 16)
    assert (counted.days_left(today), counted.working_days_left(today)) == (left, working_left)
    assert shades == shade


@pytest.mark.parametrize(
    ("today", "shade"), [(date(2026, 3, 3), Shade.CALM), (date(2026, 3, 4), Shade.AMBER)]
)
def test_two_working_days_left_are_amber_whatever_the_share(today, shade):
    # Due on Friday 6 March; on Wednesday two working days are left, and half the term is used.
    counted = deadline(MONDAY, 4)

    assert counted.shade(today, amber_share=Decimal(2)) == shade


def test_a_stopped_clock_is_calm_and_knows_what_was_used():
    counted = deadline(MONDAY, 5, WORKING, Pause(date(2026, 3, 6)))
    today = date(2026, 5, 20)

    assert (counted.days_used(today), counted.days_left(today)) == (3, 2)
    assert counted.used_share(today) == Decimal("0.6")
    assert counted.working_days_left(today) is None
    assert counted.shade(today) == Shade.CALM


@pytest.mark.parametrize(
    ("today", "left", "shade"),
    [
        (date(2026, 12, 25), 11, Shade.CALM),
        (date(2026, 12, 31), 7, Shade.CALM),
        (date(2027, 1, 4), None, Shade.AMBER),
    ],
)
def test_a_provisional_deadline_counts_what_is_known_and_is_amber_when_nothing_is(
    today, left, shade
):
    counted = deadline(date(2026, 12, 21), 15)

    assert counted.days_left(today) == left
    assert counted.shade(today) == shade


def test_a_deadline_missed_into_an_unknown_year_is_overdue_by_an_unknown_number_of_days():
    counted = deadline(date(2026, 12, 21), 5)

    assert counted.days_left(date(2027, 1, 4)) is None
    assert counted.shade(date(2027, 1, 4)) == Shade.OVERDUE


# What must hold for every term

starts = st.dates(date(2025, 1, 1), date(2026, 3, 31))
amounts = st.integers(1, 60)
units = st.sampled_from(Unit)
pauses = st.lists(
    st.builds(
        lambda starts_on, length: Pause(starts_on, starts_on + DAY * length),
        st.dates(date(2025, 1, 1), date(2026, 3, 31)),
        st.integers(0, 20),
    ),
    max_size=3,
)


@given(starts, amounts, units, pauses)
def test_a_due_day_is_worked_after_the_start_and_outside_every_pause(start, amount, unit, spans):
    due_on = deadline(start, amount, unit, *spans).due_on

    assert CALENDAR.is_working(due_on)
    assert due_on > start
    assert [span for span in spans if span.starts_on <= due_on < span.until] == []


@given(starts, amounts, units, pauses)
def test_a_longer_term_is_never_due_earlier(start, amount, unit, spans):
    first = deadline(start, amount, unit, *spans).due_on
    second = deadline(start, amount + 1, unit, *spans).due_on

    assert second > first if unit == WORKING else second >= first


@given(starts, amounts, units, pauses, pauses)
def test_a_pause_never_brings_the_due_day_forward(start, amount, unit, spans, more):
    assert (
        deadline(start, amount, unit, *spans, *more).due_on
        >= deadline(start, amount, unit, *spans).due_on
    )


@given(starts, amounts, amounts, pauses)
def test_working_days_add_up(start, first, second, spans):
    halfway = deadline(start, first, WORKING, *spans).due_on

    assert (
        deadline(halfway, second, WORKING, *spans).due_on
        == deadline(start, first + second, WORKING, *spans).due_on
    )


@given(starts, amounts)
def test_working_days_are_the_worked_days_between_start_and_due_day(start, amount):
    due_on = deadline(start, amount).due_on

    assert sum(map(CALENDAR.is_working, days(start + DAY, due_on))) == amount


@given(starts, amounts)
def test_a_term_in_calendar_days_rolls_over_days_off_only(start, amount):
    last = start + DAY * amount
    due_on = deadline(start, amount, ALL).due_on

    assert due_on >= last
    assert [day for day in days(last, due_on - DAY) if CALENDAR.is_working(day)] == []


@given(starts, amounts, pauses, st.integers(0, 100))
def test_used_and_left_make_up_the_term_until_it_is_due(start, amount, spans, later):
    counted = deadline(start, amount, WORKING, *spans)
    today = min(start + DAY * later, counted.due_on)

    assert counted.days_used(today) + counted.days_left(today) == amount


@given(starts, amounts, units, pauses, st.integers(0, 150))
def test_overdue_begins_the_day_after_the_due_day(start, amount, unit, spans, later):
    counted = deadline(start, amount, unit, *spans)
    today = start + DAY * later

    assert (counted.shade(today) == Shade.OVERDUE) is (today > counted.due_on)


# In words


@pytest.mark.parametrize(
    ("counted", "today", "text"),
    [
        (deadline(MONDAY, 10), date(2026, 3, 11), "March 16, 2026 (3 working days left)"),
        (deadline(MONDAY, 10), date(2026, 3, 13), "March 16, 2026 (1 working day left)"),
        (deadline(MONDAY, 10), date(2026, 3, 16), "March 16, 2026 (due today)"),
        (deadline(MONDAY, 10), date(2026, 3, 17), "March 16, 2026 (1 working day overdue)"),
        (deadline(MONDAY, 9), date(2026, 3, 14), "March 13, 2026 (overdue)"),
        (deadline(MONDAY, 12, ALL), date(2026, 3, 9), "March 16, 2026 (7 days left)"),
        (deadline(MONDAY, 12, ALL), date(2026, 3, 21), "March 16, 2026 (5 days overdue)"),
        (deadline(date(2026, 12, 21), 5), date(2027, 1, 4), "Dec. 28, 2026 (overdue)"),
        (
            deadline(date(2026, 12, 21), 15),
            date(2026, 12, 25),
            "provisional: the calendar of 2027 has not been loaded",
        ),
        (
            deadline(MONDAY, 5, WORKING, Pause(date(2026, 3, 6))),
            date(2026, 5, 20),
            "clock stopped (2 working days left)",
        ),
        (
            due(Calendar.of([]), MONDAY, Term(5, WORKING), [Pause(MONDAY)]),
            MONDAY,
            "clock stopped (5 working days left)",
        ),
    ],
)
def test_a_deadline_reads_as_day_and_days_left(counted, today, text):
    assert due_text(counted, today).replace("\xa0", " ") == text


# Files and rows


@pytest.mark.django_db
def test_the_seed_files_load_and_read_back_as_the_same_calendar(django_assert_num_queries):
    for year in (2025, 2026):
        store_calendar(published(year), by=None, now=NOW)

    with django_assert_num_queries(1):
        loaded = Calendar.load()

    assert loaded == CALENDAR
    assert list(CalendarYear.objects.order_by("year").values_list("year", "document")) == [
        (2025, "国办发明电〔2024〕12号"),
        (2026, "国办发明电〔2025〕7号"),
    ]
    assert CalendarDay.objects.get(date=date(2026, 2, 14)).name == "春节"


@pytest.mark.django_db
def test_a_year_without_exceptions_is_published_all_the_same():
    CalendarYear.objects.create(year=2030, document="x", issued_on=date(2029, 11, 1), loaded_at=NOW)

    assert Calendar.load() == Calendar(frozenset({2030}), {})


@pytest.mark.django_db
def test_loading_again_replaces_the_year_and_leaves_the_others():
    for year in (2025, 2026):
        store_calendar(published(year), by=None, now=NOW)
    changed = published(2026)
    del changed.make_up[date(2026, 1, 4)]
    store_calendar(changed, by=None, now=NOW)

    assert Calendar.load().is_working(date(2026, 1, 4)) is False
    assert CalendarDay.objects.filter(calendar_year=2025).count() == 23
    assert CalendarDay.objects.filter(calendar_year=2026).count() == 24


@pytest.mark.django_db
def test_a_day_settled_by_another_year_is_refused_and_nothing_is_written():
    store_calendar(published(2026), by=None, now=NOW)
    row = CalendarYear.objects.create(
        year=2027, document="x", issued_on=date(2026, 11, 1), loaded_at=NOW
    )
    CalendarDay.objects.create(
        date=date(2026, 12, 31), working=False, name="元旦", calendar_year=row
    )
    again = published(2026)
    again.off[date(2026, 12, 31)] = "元旦"

    with pytest.raises(ValidationError) as refused:
        store_calendar(again, by=None, now=datetime(2026, 2, 1, tzinfo=UTC))

    assert refused.value.messages == ["2026-12-31 is already settled by the notice for 2027."]
    assert CalendarYear.objects.get(pk=2026).loaded_at == NOW


@pytest.mark.django_db
def test_the_database_wants_the_document_named():
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarYear.objects.create(
            year=2026, document="", issued_on=date(2025, 11, 4), loaded_at=NOW
        )


WHOLE = {
    "year": 2026,
    "document": "国办发明电〔2025〕7号",
    "issued_on": "2025-11-04",
    "holidays": [
        {"name": "元旦", "first": "2026-01-01", "last": "2026-01-03", "make_up": ["2026-01-04"]},
        {"name": "劳动节", "first": "2026-05-01", "last": "2026-05-05"},
        {"name": "国庆节", "first": "2026-10-01", "last": "2026-10-07"},
    ],
}


def altered(**changes):
    """Return the whole file with entries of it, or of its first holiday, replaced."""
    data = copy.deepcopy(WHOLE)
    for key, value in changes.items():
        (data if key in data else data["holidays"][0])[key] = value
    return json.dumps(data)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The file is not valid JSON."),
        ("[" * 100_000, "The file is not valid JSON."),
        ("[]", "“year” is missing or empty."),
        ("null", "“year” is missing or empty."),
        (altered(year="2026"), "“year” is missing or empty."),
        (altered(year=1999), "The year 1999 is not between 2000 and 2100."),
        (altered(document=""), "“document” is missing or empty."),
        (altered(document="国" * 41), "“document” is longer than 40 characters."),
        (altered(name="元" * 41), "“name” is longer than 40 characters."),
        (altered(issued_on="4.11.2025"), "“4.11.2025” is not a date such as 2026-01-01."),
        (altered(holidays=[]), "“holidays” is missing or empty."),
        (altered(holidays=["元旦"]), "“name” is missing or empty."),
        (altered(first="2026-02-30"), "“2026-02-30” is not a date such as 2026-01-01."),
        (altered(make_up="2026-01-04"), "“make_up” must be a list."),
        (altered(make_up=[4]), "“4” is not a date such as 2026-01-01."),
        (
            altered(last="2025-12-31"),
            "元旦: the holiday must end after it begins, and within a month.",
        ),
        (
            altered(last="2026-02-01"),
            "元旦: the holiday must end after it begins, and within a month.",
        ),
        (
            altered(make_up=["2027-01-03"]),
            "元旦: 2027-01-03 lies neither in the year nor in the December before it.",
        ),
        (altered(make_up=["2026-01-04", "2026-01-04"]), "元旦: 2026-01-04 is given twice."),
        (
            altered(make_up=["2026-01-05"]),
            "2026-01-05 is a weekday: it cannot be worked to make up for a day off.",
        ),
        (altered(make_up=["2026-01-03"]), "2026-01-03 is both off and worked."),
        (
            altered(holidays=WHOLE["holidays"][:2]),
            "2026-10-01 is off in every year, but not in this file: it is not whole.",
        ),
    ],
)
def test_a_file_that_cannot_be_right_is_refused_with_what_is_wrong(text, sentence):
    with pytest.raises(ValidationError) as refused:
        read_calendar(text)
    assert refused.value.messages == [sentence]


def test_a_holiday_may_begin_in_the_december_before():
    read = read_calendar(altered(first="2025-12-30", make_up=["2025-12-28"]))

    assert sorted(read.off)[:2] == [date(2025, 12, 30), date(2025, 12, 31)]
    assert list(read.make_up) == [date(2025, 12, 28)]


@pytest.mark.django_db
def test_the_command_loads_a_file_and_says_what_it_loaded():
    for _time in range(2):
        out = StringIO()
        call_command("load_calendar", FIXTURES / "2026.json", stdout=out)

        assert out.getvalue() == (
            "2026 (国办发明电〔2025〕7号): 19 weekdays off, 6 weekend days worked.\n"
        )
    assert CalendarDay.objects.count() == 25


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "{file}: No such file or directory"),
        (b"\xff\xfe", "{file} is not text in UTF-8."),
        (b"{}", "{file}: “year” is missing or empty."),
    ],
)
def test_the_command_refuses_a_wrong_file_in_one_sentence(tmp_path, content, sentence):
    file = tmp_path / "2027.json"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(CommandError) as refused:
        call_command("load_calendar", file)
    assert str(refused.value) == sentence.format(file=file)
    assert CalendarYear.objects.count() == 0


@pytest.mark.django_db
def test_loading_a_year_is_told_in_the_ledger():
    store_calendar(published(2026), by=None, now=NOW)

    entry = LedgerEntry.objects.get()
    assert (entry.act, entry.subject_id) == ("office.calendaryear.load", "2026")
