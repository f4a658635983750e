"""Divergence: the boundary, that it blocks, and what a third reading settles."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading.rules.divergence import (
    AGREED,
    MEAN_OF_ALL,
    NEAREST_TWO,
    NEEDS_RULE,
    NEEDS_THIRD,
    SETTLED,
    THIRD_DECIDES,
    THIRD_READ_RULES,
    TOO_FEW,
    Limit,
    blocking,
    pairs_apart,
    settlement,
)
from grading.rules.scoring import Combining

TEN = Limit(points=Decimal(10))


def readings(**values):
    return {member: Decimal(value) for member, value in values.items()}


def settled(first, limit=TEN, third=None, **more):
    return settlement(first, limit, full_mark=Decimal(200), third=third, **more)


@pytest.mark.parametrize(
    ("limit", "gap", "apart"),
    [
        (TEN, "10", False),
        (TEN, "10.01", True),
        (Limit(share=Fraction(1, 10)), "20", False),
        (Limit(share=Decimal("0.1")), "20.01", True),
        (Limit(points=Decimal(30), share=Decimal("0.1")), "25", True),
        (Limit(points=Decimal(10), share=Decimal("0.1")), "15", True),
        (Limit(points=Decimal(0)), "0", False),
    ],
)
def test_equal_to_the_limit_is_not_above_it(limit, gap, apart):
    first = {"Li": Decimal(60), "Sun": Decimal(60) + Decimal(gap)}

    assert bool(pairs_apart(first, limit, full_mark=200)) is apart
    assert settled(first, limit).blocks_ranking is apart


def test_a_limit_says_something():
    with pytest.raises(ValueError, match="limit"):
        Limit()


def test_readers_who_agree_are_combined():
    one = settled(readings(Li=60, Sun=69))

    assert (one.state, one.score, one.used) == (AGREED, Decimal("64.50"), ("Li", "Sun"))


def test_too_few_readings_block_with_the_reason():
    one = settled(readings(Li=60), how=Combining(least=2))

    assert (one.state, one.blocks_ranking, one.why != "") == (TOO_FEW, True, True)


@pytest.mark.parametrize("rule", THIRD_READ_RULES)
def test_a_divergent_pair_blocks_the_ranking_until_the_third_has_read(rule):
    apart = readings(Li=60, Sun=80)

    first = settled(apart, rule=rule)
    then = settled(apart, rule=rule, third=readings(Tan=70))

    assert (first.state, first.score, first.blocks_ranking) == (NEEDS_THIRD, None, True)
    assert (then.state, then.blocks_ranking) == (SETTLED, False)
    assert blocking({2: first, 1: first, 3: then}) == (1, 2)


@pytest.mark.parametrize(
    ("rule", "third", "score", "used"),
    [
        (NEAREST_TWO, "76", "78.00", ("Sun", "Tan")),
        (NEAREST_TWO, "61", "60.50", ("Li", "Tan")),
        (NEAREST_TWO, "70", "70.00", ("Li", "Sun", "Tan")),
        (NEAREST_TWO, "70.1", "75.05", ("Sun", "Tan")),
        (NEAREST_TWO, "95", "87.50", ("Sun", "Tan")),
        (NEAREST_TWO, "80", "80.00", ("Sun", "Tan")),
        (MEAN_OF_ALL, "75", "71.67", ("Li", "Sun", "Tan")),
        (THIRD_DECIDES, "75", "75.00", ("Tan",)),
    ],
)
def test_the_third_reading_settles_as_the_rule_says(rule, third, score, used):
    one = settled(readings(Li=60, Sun=80), rule=rule, third=readings(Tan=third))

    assert (str(one.score), one.used) == (score, used)


def test_pairs_apart_are_still_shown_after_the_third_reading():
    one = settled(readings(Li=60, Sun=80), rule=NEAREST_TWO, third=readings(Tan=100))

    assert [pair.members for pair in one.apart] == [("Li", "Tan"), ("Li", "Sun"), ("Sun", "Tan")]


def test_a_rule_that_is_silent_settles_nothing():
    one = settled(readings(Li=60, Sun=80), third=readings(Tan=70))

    assert (one.state, one.blocks_ranking) == (NEEDS_RULE, True)


def test_a_third_reading_nobody_needed_changes_nothing():
    agreed = readings(Li=60, Sun=61)

    assert settled(agreed, third=readings(Tan=90), rule=THIRD_DECIDES) == settled(agreed)


@pytest.mark.parametrize("third", [readings(Li=70), readings(Tan=70, Wu=71)])
def test_the_further_reading_is_one_and_by_another(third):
    with pytest.raises(ValueError, match="further reading"):
        settled(readings(Li=60, Sun=80), rule=MEAN_OF_ALL, third=third)


SCORES = st.decimals(0, 200, places=1)


@given(SCORES, SCORES, SCORES, st.sampled_from(THIRD_READ_RULES))
def test_who_reads_first_makes_no_difference(one, other, third, rule):
    left = settled({"Li": one, "Sun": other}, rule=rule, third={"Tan": third})
    right = settled({"Li": other, "Sun": one}, rule=rule, third={"Tan": third})

    assert (left.state, left.score) == (right.state, right.score)
    assert left.score is not None
