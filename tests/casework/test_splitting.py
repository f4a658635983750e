"""Money is divided to the cent: exactly, by weight, and the same whoever comes first."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.splitting import fund, split

CENTS = st.integers(min_value=0, max_value=10**9)
WEIGHTS = st.lists(st.integers(min_value=0, max_value=200), min_size=1, max_size=12).filter(any)


def yuan(cents):
    return Decimal(cents) / 100


@given(CENTS, WEIGHTS)
def test_the_parts_are_exactly_the_whole_and_none_is_negative(cents, weights):
    parts = split(yuan(cents), weights)

    assert sum(parts) == yuan(cents)
    assert min(parts) >= 0
    assert all(part == part.quantize(Decimal("0.01")) for part in parts)


@given(CENTS, WEIGHTS)
def test_every_part_is_within_a_cent_of_its_exact_share(cents, weights):
    for part, weight in zip(split(yuan(cents), weights), weights, strict=True):
        assert abs(part * 100 * sum(weights) - cents * weight) < sum(weights)


@given(CENTS, WEIGHTS)
def test_who_weighs_more_never_gets_less(cents, weights):
    rows = sorted(zip(weights, split(yuan(cents), weights), strict=True))

    assert [part for _weight, part in rows] == sorted(part for _weight, part in rows)


@given(CENTS, WEIGHTS, st.randoms())
def test_the_order_of_the_weights_moves_no_money_between_different_ones(cents, weights, random):
    shuffled = list(weights)
    random.shuffle(shuffled)

    def of(order):
        return sorted(zip(order, split(yuan(cents), order), strict=True))

    assert of(weights) == of(shuffled)


@given(CENTS, WEIGHTS, st.integers(min_value=2, max_value=50))
def test_only_the_proportion_of_weights_counts(cents, weights, times):
    assert split(yuan(cents), weights) == split(yuan(cents), [times * one for one in weights])


@given(CENTS, WEIGHTS)
def test_a_weight_of_nothing_gets_nothing(cents, weights):
    assert split(yuan(cents), [*weights, 0])[-1] == 0


@given(CENTS, st.integers(min_value=0, max_value=10_000))
def test_what_the_funds_pay_is_what_is_paid(cents, hundredths):
    percent = Decimal(hundredths) / 100
    parts = fund(yuan(cents), [("县财政", percent), ("乡镇财政", 100 - percent)])

    assert [name for name, _part in parts] == ["县财政", "乡镇财政"]
    assert sum(part for _name, part in parts) == yuan(cents)


def test_a_cent_too_few_goes_to_the_first_of_equals():
    assert split(Decimal("0.02"), [1, 1, 1]) == [Decimal("0.01"), Decimal("0.01"), Decimal("0.00")]


def test_a_cent_too_few_goes_to_the_heavier_of_equal_remainders():
    # 0.5 and 1.5 cents.
    assert split(Decimal("0.02"), [1, 3]) == [Decimal("0.00"), Decimal("0.02")]


@pytest.mark.parametrize(
    ("amount", "weights"),
    [("-0.01", [1]), ("0.001", [1]), ("1", [0, 0]), ("1", [2, -1]), ("1", [-1])],
)
def test_what_cannot_be_divided_is_refused(amount, weights):
    with pytest.raises(ValueError, match="not negative"):
        split(Decimal(amount), weights)


def test_nobody_to_divide_among_is_refused():
    with pytest.raises(ValueError, match="Weights"):
        split(Decimal(1), [])
