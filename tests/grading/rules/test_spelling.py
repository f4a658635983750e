from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from grading.rules import spelling
from grading.rules.scheme import SchemeFault
from grading.rules.unknown import UNK
from tests.grading.rules.make_rules import rule


@pytest.mark.parametrize(
    ("written", "part"),
    [
        ("30%", Fraction(3, 10)),
        ("0.30", Fraction(3, 10)),
        (Decimal("0.3"), Fraction(3, 10)),
        ("1/3", Fraction(1, 3)),
        ({"percent": 30}, Fraction(3, 10)),
        ({"percent": "0.5%"}, Fraction(1, 200)),
        ({"ratio": "1/3"}, Fraction(1, 3)),
        (1, Fraction(1)),
        ("$p.oral", Fraction(3, 10)),
        ("$p.other", UNK),
        (UNK, UNK),
    ],
)
def test_a_share_is_the_same_however_it_is_written(written, part):
    assert spelling.share(rule("{params: {oral: 30%}}"), "here", written) == part


@pytest.mark.parametrize(
    "written", [30, -1, "many", {"percent": "0.3"}, {"percent": 130}, {"part": 1}, [1]]
)
def test_what_could_be_read_in_two_ways_is_no_share(written):
    with pytest.raises(SchemeFault) as refusal:
        spelling.share(rule(), "here", written)

    assert refusal.value.faults[0][0] == "here"


def test_rows_and_tables_by_name_are_the_same():
    by_name = spelling.named("here", {"a": 1, "b": {"n": 2}})

    assert by_name == [("a", 1), ("b", {"n": 2})]
    assert spelling.named("here", [{"id": "a", "n": 1}, "b"]) == [("a", {"n": 1}), ("b", {})]
    assert spelling.named("here", UNK) == []


@pytest.mark.parametrize("written", ["a", [{"n": 1}], ["a", "a"], [3]])
def test_rows_without_a_name_of_their_own_are_a_fault(written):
    with pytest.raises(SchemeFault):
        spelling.named("here", written)


def test_the_same_thing_said_twice_is_a_fault():
    with pytest.raises(SchemeFault):
        spelling.said("here", {"cap": 1, "max": 1}, "cap", "max")


def test_a_day_may_stand_in_quotes():
    assert spelling.day("here", "2024-06-01") == date(2024, 6, 1)
    assert spelling.day("here", UNK) is UNK
    with pytest.raises(SchemeFault):
        spelling.day("here", "June")


@pytest.mark.parametrize("written", ["-1", "1.5", "many", True])
def test_a_count_is_a_whole_number(written):
    with pytest.raises(SchemeFault):
        spelling.whole(rule(), "here", written)


@pytest.mark.parametrize(
    ("word", "found"),
    [("floor", "down"), ("进一", "up"), ("四舍五入", "half_up"), ("half_even", "half_even")],
)
def test_rounding_has_several_words(word, found):
    assert spelling.rounding("here", word) == found


@pytest.mark.parametrize("word", ["roughly", None, 2])
def test_another_word_is_no_rounding(word):
    with pytest.raises(SchemeFault):
        spelling.rounding("here", word)
