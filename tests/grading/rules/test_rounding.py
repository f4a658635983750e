"""Exact numbers: no float comes in, and a value is rounded once."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading.rules.lots import drawn
from grading.rules.rounding import DOWN, HALF_EVEN, HALF_UP, UP, exactly, mean, rounded


@pytest.mark.parametrize("value", [0.1, True, None, [1]])
def test_what_is_no_exact_number_is_no_number(value):
    with pytest.raises(TypeError):
        exactly(value)


@pytest.mark.parametrize("value", ["", "ten", "1/0", Decimal("NaN"), Decimal("Infinity")])
def test_what_is_no_number_is_none(value):
    with pytest.raises(ValueError, match=r"Invalid|no number"):
        exactly(value)


@pytest.mark.parametrize(
    ("value", "rounding", "gives"),
    [
        ("2.345", HALF_UP, "2.35"),
        ("2.345", HALF_EVEN, "2.34"),
        ("2.355", HALF_EVEN, "2.36"),
        ("2.341", UP, "2.35"),
        ("2.349", DOWN, "2.34"),
        ("-2.345", HALF_UP, "-2.35"),
        ("-2.349", DOWN, "-2.34"),
        ("-0.001", HALF_UP, "0.00"),
        ("2.3449999999999999999999999999999999999", HALF_UP, "2.34"),
    ],
)
def test_a_value_is_rounded_as_the_rule_says(value, rounding, gives):
    assert str(rounded(Decimal(value), 2, rounding)) == gives


def test_a_rounding_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="upwards"):
        rounded(1, 2, "upwards")


@given(st.fractions(), st.integers(0, 6))
def test_rounding_never_moves_a_value_by_more_than_half_a_place(value, places):
    moved = abs(exactly(rounded(value, places)) - value)

    assert moved <= Fraction(1, 2 * 10**places)


def test_of_nothing_there_is_no_mean():
    with pytest.raises(ValueError, match="no mean"):
        mean([])


@given(st.sets(st.integers()), st.integers())
def test_a_lot_depends_on_its_seed_and_not_on_the_order_or_the_others(names, seed):
    order = drawn(names, seed)

    assert drawn(reversed(order), seed) == order
    assert drawn(order[1::2], seed) == order[1::2]


def test_another_seed_is_another_lot():
    assert len({tuple(drawn(range(10), seed)) for seed in range(20)}) == 20
