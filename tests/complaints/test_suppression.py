"""Small numbers stay hidden whatever is added up."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from complaints.rules.suppression import (
    SMALL,
    WITHHELD,
    share_is_shown,
    suppressed,
    suppressed_row,
)

LEAST = 3
MOST = 6
tables = st.integers(1, 3).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, MOST), min_size=width, max_size=width), min_size=1, max_size=3
    )
)


def shown(rows, least, **given):
    return [
        [{SMALL: "<", WITHHELD: "*", "": cell.shown}[cell.why] for cell in row]
        for row in suppressed(rows, least, **given)
    ]


def with_sums(rows):
    sums = [sum(column) for column in zip(*rows, strict=True)]
    return [(*row, sum(row)) for row in [*rows, sums]]


def fits(line, seen, least):
    """Whether a line of numbers could be what is seen."""
    return all(
        value < least if sign == "<" else value >= least if sign == "*" else value == sign
        for value, sign in zip(line, seen, strict=True)
    )


def inner_values(sign, least, most):
    """What an onlooker has to think possible of a number."""
    if sign == "<":
        return range(least)
    return range(least, most + 1) if sign == "*" else [sign]


def tables_that_look_like(seen, least):
    """Yield every table an onlooker has to think possible, tried out one by one."""
    lines = [
        [
            line
            for line in product(*(inner_values(sign, least, MOST + 2) for sign in row[:-1]))
            if fits([*line, sum(line)], row, least)
        ]
        for row in seen[:-1]
    ]
    for rows in product(*lines):
        whole = with_sums(rows)
        if fits(whole[-1], seen[-1], least):
            yield whole


@settings(max_examples=150, deadline=None)
@given(tables, st.booleans())
def test_of_every_small_number_more_than_one_value_is_possible(rows, sums_stay):
    seen = shown(rows, LEAST, sums_stay=sums_stay)
    small = [
        (row, column)
        for row, signs in enumerate(seen)
        for column, sign in enumerate(signs)
        if sign == "<"
    ]
    open_ones, first = set(small), {}
    for whole in tables_that_look_like(seen, LEAST):
        for row, column in set(open_ones):
            value = whole[row][column]
            if first.setdefault((row, column), value) != value:
                open_ones.discard((row, column))
        if not open_ones:
            break
    assert open_ones == set()


@given(tables, st.integers(1, 7))
def test_no_small_number_is_shown_and_what_is_shown_is_right(rows, least):
    for line, values in zip(suppressed(rows, least), with_sums(rows), strict=True):
        for cell, value in zip(line, values, strict=True):
            assert cell.shown in (None, value)
            assert cell.shown is None or least == 1 or value >= least
            assert cell.why != SMALL or value < least


@given(tables, st.integers(2, 7))
def test_sums_that_stay_are_all_shown_or_the_whole_table_is_withheld(rows, least):
    seen = shown(rows, least, sums_stay=True)
    assert seen[-1] == list(with_sums(rows)[-1]) or {s for line in seen for s in line} == {"*"}


@given(tables)
def test_where_one_may_be_shown_nothing_is_hidden(rows):
    assert shown(rows, 1) == [list(line) for line in with_sums(rows)]


def test_one_small_number_never_stands_alone_in_its_row_or_column():
    seen = shown([[3, 20, 30], [40, 50, 60], [70, 80, 90]], 5)
    assert seen == [
        ["<", "*", 30, 53],
        ["*", "*", 60, 150],
        [70, 80, 90, 240],
        [113, 150, 180, 443],
    ]


def test_two_small_numbers_in_a_row_whose_sum_leaves_one_way_are_not_enough():
    # 4 and 4 make 8, and two numbers below 5 make 8 in one way only.
    seen = shown([[4, 4, 20]], 5)
    assert seen[0][:2] == ["<", "<"]
    assert seen[0][2] == "*" or seen[0][3] == "*"


def test_of_a_single_row_another_number_is_withheld_or_else_the_sum():
    assert [cell.why for cell in suppressed_row([2, 5], 5)] == [SMALL, WITHHELD, ""]
    assert [cell.why for cell in suppressed_row([0, 5], 5)] == [SMALL, "", WITHHELD]


def test_a_large_row_is_shown_as_it_is():
    assert [cell.shown for cell in suppressed_row([12, 7, 5], 5)] == [12, 7, 5, 24]


def test_a_share_is_shown_only_if_both_of_its_parts_may_be():
    assert share_is_shown(5, 10, 5)
    assert not share_is_shown(4, 10, 5)
    assert not share_is_shown(6, 10, 5)
    assert not share_is_shown(0, 10, 5)
    assert share_is_shown(0, 0, 1)
