"""Who may be paired and for how long: pure statements at their boundaries."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.rules import months_later
from training.rules.mentorship import (
    Limits,
    MentorStanding,
    apprentice_bars,
    has_served,
    logs_wanted,
    mentor_bars,
    period_bars,
)

TODAY = date(2026, 11, 23)
LIMITS = Limits(rank=2, years=3, load=3, months_least=6, months_most=36)
FIT = MentorStanding(
    in_post=True,
    rank=2,
    serves_since=date(2023, 11, 23),
    open_pairings=2,
    is_apprentice=False,
    has_upheld_complaint=False,
    term_until=None,
)


def test_who_meets_every_condition_may_teach():
    assert mentor_bars(FIT, LIMITS, TODAY) == []


@pytest.mark.parametrize(
    "missing",
    [
        {"in_post": False},
        {"rank": 3},
        {"rank": None},
        {"serves_since": date(2023, 11, 24)},
        {"serves_since": None},
        {"open_pairings": 3},
        {"is_apprentice": True},
        {"has_upheld_complaint": True},
    ],
)
def test_each_condition_bars_by_itself_with_one_sentence(missing):
    assert len(mentor_bars(replace(FIT, **missing), LIMITS, TODAY)) == 1


def test_every_reason_is_given_at_once():
    unfit = MentorStanding(
        in_post=False, rank=None, serves_since=None, open_pairings=9, is_apprentice=True,
        has_upheld_complaint=True, term_until=None,
    )  # fmt: skip

    assert len(mentor_bars(unfit, LIMITS, TODAY)) == 6


def test_what_is_not_known_of_complaints_bars_nobody():
    assert mentor_bars(replace(FIT, has_upheld_complaint=None), LIMITS, TODAY) == []


def test_an_apprentice_serves_and_teaches_nobody():
    assert apprentice_bars(serves=True, teaches=False) == []
    assert len(apprentice_bars(serves=False, teaches=True)) == 2


@pytest.mark.parametrize(
    ("until_on", "passes"),
    [
        (date(2027, 5, 22), False),
        (date(2027, 5, 23), True),
        (date(2029, 11, 23), True),
        (date(2029, 11, 24), False),
    ],
)
def test_a_pairing_is_neither_too_short_nor_too_long(until_on, passes):
    assert (period_bars(TODAY, until_on, LIMITS, []) == []) is passes


@pytest.mark.parametrize(
    ("end", "passes"), [(date(2027, 11, 22), False), (date(2027, 11, 23), True), (None, True)]
)
def test_a_pairing_lies_within_the_terms_of_both(end, passes):
    assert (period_bars(TODAY, date(2027, 11, 23), LIMITS, [None, end]) == []) is passes


@pytest.mark.parametrize(
    ("today", "wanted"),
    [
        (date(2026, 12, 22), 0),
        (date(2026, 12, 23), 2),
        (date(2027, 1, 23), 4),
        (date(2030, 1, 1), 12),
    ],
)
def test_logs_are_wanted_for_full_months_and_no_longer_than_the_pairing_runs(today, wanted):
    assert logs_wanted(TODAY, today, date(2027, 5, 23), 2) == wanted


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(1, 20))
def test_years_of_service_are_full_on_their_day_and_not_before(since, years):
    full_on = months_later(since, 12 * years)

    assert has_served(since, years, full_on)
    assert not has_served(
        since, years, full_on - (full_on - full_on.fromordinal(full_on.toordinal() - 1))
    )
