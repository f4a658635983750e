"""Time served: gaps, overlaps, ends of months, and the day on which a year is full."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading.rules.service import DAYS_OF_A_MONTH, DAYS_OF_A_YEAR, days_served, full_months
from registry.rules import months_later

days = st.dates(date(2000, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("from_on", "until_on", "served"),
    [
        (date(2022, 6, 1), date(2024, 5, 31), (23, 30)),
        (date(2022, 6, 1), date(2024, 6, 1), (24, 0)),
        (date(2022, 6, 1), date(2024, 6, 2), (24, 1)),
        (date(2023, 1, 31), date(2023, 2, 27), (0, 27)),
        (date(2023, 1, 31), date(2023, 2, 28), (1, 0)),
        (date(2024, 2, 29), date(2025, 2, 28), (12, 0)),
        (date(2023, 12, 15), date(2024, 1, 14), (0, 30)),
        (date(2023, 5, 5), date(2023, 5, 5), (0, 0)),
    ],
)
def test_months_are_full_on_the_same_day_or_the_last_one(from_on, until_on, served):
    assert full_months(from_on, until_on) == served


@given(days, st.integers(0, 120))
def test_so_many_months_later_so_many_months_are_full(day, months):
    assert full_months(day, months_later(day, months)) == (months, 0)


@given(days, st.integers(0, 4000))
def test_a_day_more_is_never_less(day, length):
    first, then = (full_months(day, day + timedelta(days=n)) for n in (length, length + 1))
    as_days = [months * DAYS_OF_A_MONTH + rest for months, rest in (first, then)]
    assert as_days[0] < as_days[1]


def test_two_years_are_the_sum_of_two_spans_with_a_gap():
    spans = [(date(2019, 1, 1), date(2020, 1, 1)), (date(2023, 6, 1), None)]
    assert days_served(spans, date(2024, 6, 1)) == 2 * DAYS_OF_A_YEAR
    assert days_served(spans, date(2024, 5, 31)) < 2 * DAYS_OF_A_YEAR


def test_a_second_post_at_the_same_time_counts_once():
    spans = [(date(2020, 1, 1), date(2022, 1, 1)), (date(2021, 1, 1), date(2021, 6, 1))]
    assert days_served(spans, date(2025, 1, 1)) == 2 * DAYS_OF_A_YEAR


def test_what_lies_ahead_counts_for_nothing():
    assert days_served([(date(2030, 1, 1), None)], date(2024, 1, 1)) == 0
    assert days_served([(date(2023, 1, 1), date(2040, 1, 1))], date(2024, 1, 1)) == DAYS_OF_A_YEAR


def test_unbroken_service_is_the_span_that_lasts():
    spans = [(date(2010, 1, 1), date(2015, 1, 1)), (date(2023, 1, 1), None)]
    assert days_served(spans, date(2024, 1, 1), unbroken=True) == DAYS_OF_A_YEAR
    assert days_served(spans[:1], date(2024, 1, 1), unbroken=True) == 0
