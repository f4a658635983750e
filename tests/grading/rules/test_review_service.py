"""Least service, and what is asked of whoever served a part of the period: exact to the day."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading.rules.blockers import blockers
from grading.rules.review_service import service_in
from grading.rules.review_shape import review_faults
from grading.rules.reviews import Found, reviewed
from grading.rules.unknown import UNK
from tests.grading.rules.make_reviews import review_rule

YEAR = date(2026, 1, 1), date(2027, 1, 1)
BY_DAYS = {"by": "days", "what": "targets", "indicators": ["hours"]}
days = st.dates(date(2025, 1, 1), date(2028, 1, 1))
spans = st.lists(st.tuples(days, st.none() | days), max_size=5)


def served(*spans, **section):
    return service_in(review_rule(**section), spans, *YEAR)


@given(spans, days)
def test_two_parts_of_a_year_make_up_the_whole(found, cut):
    """The day somebody leaves is the day another may come: no day is counted twice or lost."""
    scheme, cut = review_rule(prorate=BY_DAYS), min(max(cut, YEAR[0]), YEAR[1])
    whole = service_in(scheme, found, *YEAR)
    parts = [
        service_in(scheme, found, *part).days
        for part in ((YEAR[0], cut), (cut, YEAR[1]))
        if part[0] < part[1]
    ]

    assert whole.days == sum(parts)
    assert 0 <= whole.share <= 1
    assert whole.share == Fraction(whole.days, 365)


@given(spans, spans)
def test_more_service_is_never_less(found, more):
    one, both = served(*found, prorate=BY_DAYS), served(*found, *more, prorate=BY_DAYS)

    assert both.days >= one.days
    assert (one.state, both.state) != ("graded", "not_graded") or both.months >= one.months


@pytest.mark.parametrize(
    ("from_on", "until_on", "state", "months", "over"),
    [
        (date(2026, 7, 1), None, "graded", 6, 0),
        (date(2026, 7, 2), None, "not_graded", 5, 30),
        (date(2020, 1, 1), date(2026, 7, 1), "graded", 6, 0),
        (date(2020, 1, 1), date(2026, 6, 30), "not_graded", 5, 29),
        (date(2020, 1, 1), date(2026, 1, 1), "not_graded", 0, 0),
        (date(2027, 1, 1), None, "not_graded", 0, 0),
    ],
)
def test_half_a_year_to_the_day(from_on, until_on, state, months, over):
    found = served((from_on, until_on))

    assert (found.state, found.months, found.over) == (state, months, over)
    assert found.label == ("不定等次" if state == "not_graded" else "")


def test_spans_with_a_gap_are_added_and_overlaps_counted_once():
    gap = served((date(2026, 1, 1), date(2026, 4, 1)), (date(2026, 10, 1), None))
    overlap = served((date(2026, 1, 1), date(2026, 5, 1)), (date(2026, 3, 1), date(2026, 5, 1)))

    assert (gap.state, gap.months) == ("graded", 6)
    assert (overlap.state, overlap.months) == ("not_graded", 4)


def test_least_service_in_days_and_none_at_all():
    span = date(2026, 12, 12), None

    assert served(span, minimum_service={"days": 20}).state == "graded"
    assert served(span, minimum_service={"days": 21}).state == "not_graded"
    assert served(span, minimum_service={"months": 0}).state == "graded"
    assert served(span, minimum_service=UNK).state == "needs_rule"


def test_the_share_goes_by_days_or_by_full_months():
    span = date(2026, 3, 15), None
    by_months = {**BY_DAYS, "by": "months"}

    assert served(span, prorate=BY_DAYS).share == Fraction(292, 365)
    assert served(span, prorate=by_months).share == Fraction(9, 12)
    assert served(YEAR, prorate=by_months).share == 1
    quarter = service_in(
        review_rule(prorate=by_months), [(date(2026, 2, 1), None)], YEAR[0], date(2026, 4, 1)
    )
    assert quarter.share == Fraction(2, 3)


def hours_points(scheme, hours, share):
    made = reviewed(scheme, {"hours": Found(hours)}, share=share)
    return next(line for line in made.lines if line.indicator.name == "hours").points


@given(st.fractions(0, 20, max_denominator=4), st.fractions("1/365", 1, max_denominator=365))
def test_counts_scaled_up_and_targets_scaled_down_are_worth_the_same(hours, share):
    """Whoever was there for a part is measured by the same pace, whichever side is shown."""
    counts = review_rule(prorate={**BY_DAYS, "what": "counts"})
    targets = review_rule(prorate=BY_DAYS)

    assert hours_points(counts, hours, share) == hours_points(targets, hours, share)
    assert hours_points(targets, hours * share, share) == hours_points(targets, hours, Fraction(1))


def test_half_a_year_needs_half_the_hours_and_nothing_else_is_scaled():
    scheme, half = review_rule(prorate=BY_DAYS), Fraction(1, 2)
    found = {"hours": Found(4), "work": Found(Fraction(1, 2)), "conduct": Found(10)}
    made = reviewed(scheme, found, share=half)

    assert [line.points for line in made.lines] == [20, 20, 10, None]
    assert [line.share for line in made.lines] == [1, half, 1, 1]
    assert hours_points(scheme, 3, half) == 10
    assert hours_points(review_rule(), 4, half) == 10
    assert hours_points(review_rule(prorate={"by": "days", "what": "none"}), 4, half) == 10


def test_so_much_each_time_is_scaled_up_to_its_full_points():
    tree = [{"id": "cases", "weight": 20, "metric": "cases", "each": 2, "cap": 20}]
    scheme = review_rule(
        indicators=tree, full_mark=20, prorate={**BY_DAYS, "indicators": ["cases"]}
    )
    for cases, points in ((3, 12), (5, 20), (9, 20)):
        made = reviewed(scheme, {"cases": Found(cases)}, share=Fraction(1, 2))
        assert made.earned == points


def test_without_the_word_of_the_rule_a_part_has_no_score():
    full = {"work": Found(1), "hours": Found(8), "conduct": Found(20), "publicity": Found(20)}
    unknown = review_rule(prorate=UNK)

    assert reviewed(unknown, full).score == 100
    assert reviewed(unknown, full, share=Fraction(1, 2)).state == "needs_rule"
    assert "review.prorate" in [path for path, _sentence in blockers(unknown)]


@pytest.mark.parametrize(
    ("section", "path"),
    [
        ({"prorate": {**BY_DAYS, "indicators": ["work"]}}, "review.prorate.indicators"),
        ({"prorate": {**BY_DAYS, "indicators": ["conduct"]}}, "review.prorate.indicators"),
        ({"prorate": {"by": "days", "what": "counts"}}, "review.prorate.indicators"),
        ({"prorate": {**BY_DAYS, "by": "weeks"}}, "review.prorate.by"),
        ({"prorate": {**BY_DAYS, "what": "all"}}, "review.prorate.what"),
        ({"prorate": {"what": "none"}}, "review.prorate.by"),
        ({"minimum_service": {"months": 6, "days": 3}}, "review.minimum_service"),
        ({"minimum_service": {}}, "review.minimum_service"),
        ({"minimum_service": {"months": -1}}, "review.minimum_service.months"),
        ({"minimum_service": {"month": 6}}, "review.minimum_service"),
    ],
)
def test_what_is_not_understood_is_a_fault_with_its_path(section, path):
    assert [at for at, _sentence in review_faults(review_rule(**section))] == [path]


def test_a_day_of_a_leap_year_is_a_day():
    scheme = review_rule(prorate=BY_DAYS)
    year = date(2028, 1, 1), date(2029, 1, 1)
    found = service_in(scheme, [(date(2028, 2, 29), date(2028, 3, 1))], *year)

    assert (found.days, found.share) == (1, Fraction(1, 366))
    assert service_in(scheme, [year], *year).days == (year[1] - year[0]) // timedelta(1)
