"""Amounts in capital numerals, read back digit by digit."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.capitals import DIGITS, MOST, capitals

PLACES = {"拾": 10, "佰": 100, "仟": 1000}


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("0.56", "伍角陆分"),
        ("10", "壹拾元整"),
        ("30.00", "叁拾元整"),
        ("101", "壹佰零壹元整"),
        ("1001.00", "壹仟零壹元整"),
        ("1010", "壹仟零壹拾元整"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("107000.53", "壹拾万柒仟元零伍角叁分"),
        ("100000000", "壹亿元整"),
        ("100010000", "壹亿零壹万元整"),
        ("100000001", "壹亿零壹元整"),
        ("1000000000001", "壹万亿零壹元整"),
    ],
)
def test_an_amount_is_written_as_on_a_voucher(amount, said):
    assert capitals(Decimal(amount)) == said


@pytest.mark.parametrize("amount", ["-0.01", "0.001", "10000000000000000"])
def test_what_is_no_amount_of_money_is_refused(amount):
    with pytest.raises(ValueError, match="cannot be written"):
        capitals(Decimal(amount))


def read(said):
    """Read capital numerals: groups of four digits, then tenths and cents."""
    yuan, _unit, rest = said.partition("元") if "元" in said else ("", "", said)
    whole = 0
    for mark, worth in (("万亿", 10**12), ("亿", 10**8), ("万", 10**4)):
        head, found, tail = yuan.partition(mark)
        if found:
            whole, yuan = whole + _digits(head) * worth, tail
    tenths = _before(rest, "角")
    cents = _before(rest, "分")
    return Decimal(whole + _digits(yuan)) + Decimal(tenths) / 10 + Decimal(cents) / 100


def _digits(said):
    number, digit = 0, 0
    for sign in said:
        if sign in PLACES:
            number, digit = number + digit * PLACES[sign], 0
        else:
            digit = DIGITS.index(sign)
    return number + digit


def _before(said, mark):
    return DIGITS.index(said[said.index(mark) - 1]) if mark in said else 0


@given(st.decimals(min_value=0, max_value=MOST, places=2))
def test_capitals_say_exactly_the_amount(amount):
    said = capitals(amount)
    assert read(said) == amount
    assert "零零" not in said
    assert "零元" not in said or said == "零元整"


@given(st.integers(0, 10**8))
def test_capitals_of_small_amounts_say_exactly_the_amount(cents):
    amount = Decimal(cents) / 100
    assert read(capitals(amount)) == amount
