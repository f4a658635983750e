"""Periods of a year and what they make up: weights are one, and what is missing is never nought."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading.rules.blockers import blockers
from grading.rules.review_cycles import period_of, periods, rolled_up
from grading.rules.review_shape import review_faults
from grading.rules.unknown import UNK
from tests.grading.rules.make_reviews import review_rule

MEAN = {"how": "mean", "missing": "skip"}
COUNTS = {"month": 12, "quarter": 4, "half_year": 2, "year": 1}
lengths = st.sampled_from(sorted(COUNTS))
marks = st.none() | st.decimals(0, 100, places=1)
quarters = st.dictionaries(st.sampled_from([1, 2, 3, 4]), marks)
hows = st.sampled_from(["mean", "latest", "weighted"])


def rule(rollup=None, length="quarter", first_month=1, year_of="start"):
    cycle = {"length": length, "first_month": first_month, "year_of": year_of}
    return review_rule(cycle=cycle, rollup=rollup)


def of(how, **more):
    more = {"weights": ["10%", "20%", "30%", "40%"], **more} if how == "weighted" else more
    return {"how": how, "missing": "skip", **more}


@given(lengths, st.integers(1, 12), st.sampled_from(["start", "end"]), st.integers(2000, 2100))
def test_periods_follow_one_another_without_a_gap_through_every_year(length, first, named, year):
    scheme = rule(length=length, first_month=first, year_of=named)
    found = [*periods(scheme, year), *periods(scheme, year + 1)]

    assert len(found) == 2 * COUNTS[length]
    assert all(one.end == after.start for one, after in pairwise(found))
    assert found[0].start.month == first
    assert [one.number for one in found] == [*range(1, COUNTS[length] + 1)] * 2
    last_day = found[COUNTS[length] - 1].end - timedelta(days=1)
    assert year == (last_day if named == "end" else found[0].start).year


@given(lengths, st.integers(1, 12), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_every_day_is_in_one_period(length, first, day):
    scheme = rule(length=length, first_month=first)
    found = period_of(scheme, day)

    assert found.start <= day < found.end
    assert found in periods(scheme, found.year)


def test_a_year_that_begins_in_december():
    named_by_end = periods(rule(first_month=12, year_of="end"), 2026)

    assert [(one.start, one.end) for one in named_by_end[:2]] == [
        (date(2025, 12, 1), date(2026, 3, 1)),
        (date(2026, 3, 1), date(2026, 6, 1)),
    ]
    assert periods(rule(first_month=12), 2026)[0].start == date(2026, 12, 1)
    assert period_of(rule(first_month=12, year_of="end"), date(2025, 12, 31)).year == 2026


def test_a_word_alone_is_a_year_from_january():
    (whole,) = periods(review_rule(), 2026)

    assert (whole.start, whole.end, whole.number) == (date(2026, 1, 1), date(2027, 1, 1), 1)
    assert periods(review_rule(cycle=UNK), 2026) == ()
    assert period_of(review_rule(cycle=UNK), date(2026, 1, 1)) is None


@given(quarters, hows)
def test_a_year_is_never_better_or_worse_than_all_its_parts(scores, how):
    there = [score for score in scores.values() if score is not None]
    made = rolled_up(rule(of(how)), scores)

    assert (made.state == "done") is bool(there)
    if there:
        assert min(there) <= made.score <= max(there)
        assert sum(weight for _number, weight in made.weights) == 1
        assert {number for number, _weight in made.weights}.isdisjoint(made.missing)


@given(quarters, hows)
def test_what_is_not_there_is_told_and_counts_as_nothing(scores, how):
    made = rolled_up(rule(of(how)), scores)
    known = {number: score for number, score in scores.items() if score is not None}

    assert set(made.missing) == {1, 2, 3, 4} - set(known)
    assert rolled_up(rule(of(how)), known) == made


@given(st.decimals(0, 25, places=1), st.sets(st.sampled_from([1, 2, 3, 4]), min_size=1))
def test_a_sum_of_equal_parts_is_the_whole_whatever_is_missing(mark, there):
    made = rolled_up(rule(of("sum")), dict.fromkeys(there, mark))

    assert made.score == 4 * mark


@pytest.mark.parametrize(
    ("how", "score", "band"),
    [("mean", "85.0", "称职"), ("weighted", "80.0", "称职"), ("latest", "70.0", "基本称职")],
)
def test_one_year_three_ways(how, score, band):
    made = rolled_up(rule(of(how)), {1: 100, 2: 90, 3: 80, 4: 70})

    assert (made.score, made.band) == (Decimal(score), band)


def test_the_year_is_rounded_once_from_the_exact_parts():
    made = rolled_up(rule(MEAN), {1: Decimal("89.9"), 2: 90, 3: 90, 4: 90})

    assert (made.score, made.band) == (Decimal("90.0"), "优秀")


def test_weights_of_what_is_there_grow_alike():
    made = rolled_up(rule(of("weighted")), {1: 100, 4: 50})

    assert made.weights == ((1, Fraction(1, 5)), (4, Fraction(4, 5)))
    assert (made.score, made.missing) == (Decimal("60.0"), (2, 3))


@pytest.mark.parametrize(
    ("rollup", "scores", "serving", "state"),
    [
        ({**MEAN, "missing": "not_assessed"}, {1: 90, 2: 90, 3: 90}, None, "not_assessed"),
        ({**MEAN, "missing": "not_assessed"}, {3: 90, 4: 90}, {3, 4}, "done"),
        ({"how": "latest", "missing": "not_assessed"}, {4: 90}, None, "done"),
        ({"how": "latest", "missing": "not_assessed"}, {1: 90}, None, "not_assessed"),
        ({**MEAN, "least": 3}, {1: 90, 2: 90}, None, "too_little"),
        ({**MEAN, "least": 2}, {1: 90, 2: 90}, None, "done"),
        (MEAN, {}, None, "not_assessed"),
        (MEAN, {1: 90}, {3, 4}, "not_assessed"),
        (of("weighted", weights=[0, "50%", "50%", 0]), {1: 90}, None, "not_assessed"),
        ({**MEAN, "how": UNK}, {1: 90}, None, "needs_rule"),
        ({**MEAN, "least": UNK}, {1: 90}, None, "needs_rule"),
        (UNK, {1: 90}, None, "needs_rule"),
    ],
)
def test_without_enough_the_year_has_no_score(rollup, scores, serving, state):
    made = rolled_up(rule(rollup), scores, serving=serving)

    assert made.state == state
    assert (made.score is None) is (state != "done")


def test_periods_without_service_are_not_missing():
    made = rolled_up(rule(MEAN), {4: 80}, serving={3, 4})

    assert (made.score, made.missing) == (80, (3,))


@pytest.mark.parametrize(
    ("section", "path"),
    [
        ({"cycle": "week"}, "review.cycle"),
        ({"cycle": {"length": "year", "first_month": 13}}, "review.cycle.first_month"),
        ({"cycle": {"length": "year", "first_month": 0}}, "review.cycle.first_month"),
        ({"cycle": {"length": "year", "first_month": 4}}, "review.cycle.year_of"),
        ({"cycle": {"first_month": 1}}, "review.cycle.length"),
        ({"cycle": "year", "rollup": MEAN}, "review.rollup"),
        ({"cycle": "quarter", "rollup": {"how": "best", "missing": "skip"}}, "review.rollup.how"),
        ({"cycle": "quarter", "rollup": {"how": "mean"}}, "review.rollup.missing"),
        ({"cycle": "quarter", "rollup": {**MEAN, "missing": "zero"}}, "review.rollup.missing"),
        ({"cycle": "quarter", "rollup": {**MEAN, "weights": []}}, "review.rollup.weights"),
        ({"cycle": "half_year", "rollup": of("weighted")}, "review.rollup.weights"),
        (
            {"cycle": "half_year", "rollup": of("weighted", weights=["40%", "50%"])},
            "review.rollup.weights",
        ),
    ],
)
def test_what_is_not_understood_is_a_fault_with_its_path(section, path):
    assert [at for at, _sentence in review_faults(review_rule(**section))] == [path]


def test_a_short_cycle_says_how_it_makes_up_the_year():
    paths = [[path for path, _sentence in blockers(rule(one))] for one in (None, MEAN, UNK)]

    assert paths == [["review.rollup"], [], ["review.rollup"]]
