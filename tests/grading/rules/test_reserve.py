"""Who takes a place that has become free: nobody above a limit, no district before its minimum."""

from decimal import Decimal
from fractions import Fraction

import pytest

from grading.rules.awards import Terms
from grading.rules.cutting import ShareLimit
from grading.rules.ranking import Entry, Line
from grading.rules.reserve import next_up


def line(person, rank, category="", district="a"):
    return Line(Entry(person, Decimal(0), {}, category, district), rank, rank)


A, B, C = line("a", 1), line("b", 2), line("c", 3)
D, E = line("d", 4), line("e", 5)


def test_the_first_who_waits_takes_a_free_place():
    assert next_up([C, D], [A], 2, Terms(places=2)) == ["c"]


@pytest.mark.parametrize("holding", [[A, B], [A, B, C]])
def test_without_a_free_place_nobody_does(holding):
    assert next_up([D], holding, 2, Terms(places=2)) == []


def test_whoever_would_exceed_a_limit_is_passed_over():
    limits = (ShareLimit("full_time", share=Fraction(1, 2)),)
    held, third = line("x", 1, "full_time"), line("y", 2, "full_time")
    terms = Terms(places=2, limits=limits)
    assert next_up([third, line("z", 3, "part_time")], [held], 2, terms) == ["z"]
    assert next_up([third], [held], 2, terms) == []
    # The share is one of the places of the rule, of which a tie may have left some empty.
    assert next_up([third], [held], 2, Terms(places=4, limits=limits)) == ["y"]


def test_a_limit_that_only_advises_bars_nobody():
    limits = (ShareLimit("full_time", number=1, is_hard=False),)
    terms = Terms(places=2, limits=limits)
    assert next_up([line("y", 2, "full_time")], [line("x", 1, "full_time")], 2, terms) == ["y"]


def test_a_district_keeps_the_place_that_its_minimum_reserves():
    terms = Terms(places=2, coverage={"a": 1, "b": 1})
    far = line("far", 9, district="b")
    assert next_up([B, far], [A], 2, terms) == ["far"]
    # Of a district of which nobody waits no place is kept.
    assert next_up([B], [A], 2, terms) == ["b"]


def test_equals_are_all_named_unless_there_is_room_for_all_of_them():
    one, other = line("d", 4), line("e", 4)
    assert next_up([one, other], [A], 2, Terms(places=2)) == ["d", "e"]
    assert next_up([one, other], [A], 3, Terms(places=3)) == ["d"]


def test_a_lot_or_the_order_of_officers_tells_equals_apart():
    equals = [line("d", 4), line("e", 4)]
    lot = Terms(places=2, policies=("lot",))
    [first] = next_up(equals, [A], 2, lot, seed="s")
    assert first in {"d", "e"}
    assert next_up(equals, [A], 2, lot, seed="") == ["d", "e"]
    assert next_up(equals, [A], 2, Terms(places=2), senior=("e", "d")) == ["e"]
    assert next_up(equals, [A], 2, Terms(places=2), senior=("e",)) == ["d", "e"]
