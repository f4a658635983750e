"""How indicators earn points: once, each time, by steps, in a line, deducted, down to nothing."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading.rules.blockers import blockers
from grading.rules.indicators import indicators_of
from grading.rules.review_shape import review_faults
from grading.rules.reviews import Found, reviewed
from grading.rules.unknown import UNK
from tests.grading.rules.make_reviews import review_rule

WHOLE = {"id": "whole", "weight": 100}


def points(row, value):
    """Return the points of one indicator beside one that is full."""
    rule = review_rule(indicators=[WHOLE, {"id": "one", **row}], full_mark=None, cap=None)
    made = reviewed(rule, {"whole": Found(1), "one": Found(value)})
    return made.lines[1].points


@pytest.mark.parametrize(
    ("row", "by_event"),
    [
        ({"weight": 5, "fixed": 5}, {0: 0, 1: 5}),
        ({"weight": 10, "each": 3}, {0: 0, 1: 3, 3: 9, 4: 10}),
        ({"weight": 10, "each": 3, "cap": 6}, {1: 3, 2: 6, 3: 6}),
        ({"weight": 20, "steps": {4: 10, 8: 20}}, {3: 0, 4: 10, 7: 10, 8: 20, 90: 20}),
        ({"weight": 20, "linear": {"from": 2, "to": 4}}, {1: 0, 3: 10, 5: 20}),
        ({"bonus": True, "each": 2, "cap": 5}, {1: 2, 3: 5}),
        ({"deduct": 5, "cap": 12}, {0: 0, 1: 5, 2: 10, 3: 12}),
        ({"deduct": [2, 4, 6]}, {0: 0, 1: 2, 2: 6, 3: 12, 4: 18, 5: 24}),
        ({"deduct": [2, 4, 6], "cap": 15}, {2: 6, 3: 12, 4: 15}),
        ({"deduct": [2, 4, 6], "floor": -15}, {3: 12, 4: 15}),
        ({"deduct": {"first": 2, "more": 2}}, {1: 2, 2: 6, 3: 12, 4: 20, 5: 30}),
        ({"deduct": {"first": 2, "more": 1}, "cap": 8}, {1: 2, 2: 5, 3: 8, 4: 8}),
        ({"deduct": [3]}, {1: 3, 2: 6}),
        ({"weight": 10, "deduct": 3}, {0: 10, 1: 7, 3: 1, 4: 0, 9: 0}),
        ({"weight": 10, "deduct": 3, "floor": 4}, {1: 7, 2: 4, 9: 4}),
        ({"weight": 10, "deduct": [2, 4, 6]}, {0: 10, 1: 8, 2: 4, 3: 0}),
        ({"weight": 10, "deduct": {"first": 1, "more": 1}}, {1: 9, 2: 7, 3: 4, 4: 0}),
        ({"weight": 10, "range": [0, 10]}, {0: 0, Decimal("7.5"): Decimal("7.5")}),
    ],
)
def test_what_each_kind_is_worth(row, by_event):
    assert {event: points(row, event) for event in by_event} == by_event


def test_lateness_costs_by_the_day_and_may_stop_at_nothing():
    late = {"growing": {"first": 2, "then": 1}}

    assert points(late, [3, 1]) == 6
    assert points({**late, "weight": 5}, [3]) == 1
    assert points({**late, "weight": 5}, [9]) == 0


@given(st.lists(st.integers(0, 9), min_size=1, max_size=5), st.integers(0, 9), st.integers(0, 20))
def test_a_growing_deduction_costs_each_time_what_the_rule_lists(first, more, count):
    by_list = points({"deduct": first}, count)
    by_growth = points({"deduct": {"first": first[0], "more": more}}, count)

    assert by_list == sum(first[min(at, len(first) - 1)] for at in range(count))
    assert by_growth == sum(first[0] + at * more for at in range(count))


@given(st.integers(1, 50), st.integers(0, 50))
def test_full_points_never_go_below_nothing(full, count):
    row = {"weight": full, "deduct": {"first": 1, "more": 1}}

    assert points(row, count) == max(full - count * (count + 1) // 2, 0)


def test_full_points_that_are_deducted_from_are_part_of_the_full_mark():
    files = {"id": "files", "weight": 20, "metric": "files.faults", "deduct": 5}
    rule = review_rule(indicators=[{"id": "work", "weight": 80}, files])

    assert blockers(rule) == []
    assert reviewed(rule, {"work": Found(1), "files": Found(0)}).score == 100
    assert reviewed(rule, {"work": Found(1), "files": Found(2)}).score == 90
    missing = reviewed(rule, {"work": Found(Fraction(1, 2))})
    assert (missing.score, missing.flagged[0].state) == (50, "missing")


def test_figures_of_the_data_are_exact_fractions():
    """What metrics work out are fractions: whole ones count as numbers of times."""
    assert points({"weight": 20, "steps": {4: 10, 8: 20}}, Fraction(15, 2)) == 10
    assert points({"weight": 10, "each": 3}, Fraction(2)) == 6
    assert points({"weight": 10, "deduct": 3}, Fraction(2)) == 4


def test_who_gives_points_and_what_goes_by_the_time_served():
    rows = [
        {"id": "rate", "weight": 20}, {"id": "line", "weight": 20, "linear": {"from": 0, "to": 9}},
        {"id": "steps", "weight": 20, "steps": {1: 20}}, {"id": "each", "weight": 20, "each": 1},
        {"id": "hand", "weight": 10, "manual": True}, {"id": "range", "weight": 5, "range": [0, 5]},
        {"id": "files", "weight": 5, "deduct": 1}, {"id": "late", "deduct": [1, 2]},
    ]  # fmt: skip
    found = indicators_of(review_rule(indicators=rows))

    assert [one.name for one in found if one.is_scalable] == ["line", "steps", "each"]
    assert [one.name for one in found if one.is_given] == ["hand", "range"]
    assert [one.kind for one in found] == ["main"] * 7 + ["deduction"]


@pytest.mark.parametrize(
    "row",
    [
        {"deduct": UNK},
        {"deduct": [2, UNK]},
        {"deduct": {"first": 2, "more": UNK}},
        {"deduct": [2], "cap": UNK},
        {"growing": {"first": 2, "then": UNK}},
        {"weight": UNK, "deduct": 2},
        {"weight": 5, "deduct": UNK},
        {"weight": 5, "steps": {1: UNK}},
        {"bonus": True, "manual": True},
    ],
)
def test_an_unknown_in_how_points_are_earned_blocks(row):
    rule = review_rule(indicators=[WHOLE, {"id": "one", **row}], full_mark=None)

    assert "review.indicators.one" in [path for path, _sentence in blockers(rule)]


@pytest.mark.parametrize(
    "row",
    [
        {"deduct": []},
        {"deduct": [2, -1]},
        {"deduct": {"first": 2, "then": 1}},
        {"deduct": {"more": 1, "first": -1}},
        {"deduct": [2], "times": 3},
        {"weight": 10, "deduct": 2, "cap": 5},
        {"weight": 10, "manual": True, "wieght": 3},
    ],
)
def test_an_indicator_that_is_none_is_a_fault_with_its_path(row):
    faults = review_faults(review_rule(indicators=[{"id": "one", **row}]))

    assert [at for at, _sentence in faults] == ["review.indicators.one"]
