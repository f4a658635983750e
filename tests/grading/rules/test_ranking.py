"""The order: shared ranks, tie-breaks, and moves by hand that never overwrite it."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from grading.rules.ranking import (
    Entry,
    Move,
    TieBreak,
    by_rank,
    move_faults,
    ranked,
    replayed,
)
from grading.rules.unknown import UNK


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def entries(**scores):
    return [Entry(person, Decimal(score)) for person, score in scores.items()]


def ranks(lines):
    return {line.person: line.rank for line in lines}


def move(person="a", place=1, reason="Ruled so.", by="Li", second="Sun"):
    return Move(person, place, reason, by, second)


def test_equal_scores_share_a_rank_and_the_next_is_counted_on():
    lines = ranked(entries(a="80", b="90", c="80.0", d="70"))

    assert ranks(lines) == {"b": 1, "a": 2, "c": 2, "d": 4}


@given(st.lists(st.integers(0, 5)))
def test_a_rank_is_one_more_than_the_number_of_those_who_are_better(scores):
    lines = ranked([Entry(number, Decimal(score)) for number, score in enumerate(scores)])

    assert ranks(lines) == {
        number: 1 + sum(other > score for other in scores) for number, score in enumerate(scores)
    }


@pytest.mark.parametrize(
    ("tie_breaks", "expected"),
    [
        ([], {"a": 1, "b": 1, "c": 1, "d": 4}),
        ([TieBreak("cases")], {"a": 2, "b": 1, "c": 2, "d": 4}),
        ([TieBreak("since", highest_first=False)], {"a": 1, "b": 3, "c": 2, "d": 4}),
        ([TieBreak("cases"), TieBreak("since", highest_first=False)],
         {"a": 2, "b": 1, "c": 3, "d": 4}),
        ([TieBreak("honours")], {"a": 1, "b": 1, "c": 1, "d": 4}),
        ([TieBreak("honours"), TieBreak("cases")], {"a": 2, "b": 1, "c": 2, "d": 4}),
        ([TieBreak("full_time")], {"a": 2, "b": 1, "c": 2, "d": 4}),
    ],
)  # fmt: skip
def test_tie_breaks_decide_in_their_order_and_are_passed_over_where_a_value_is_unknown(
    tie_breaks, expected
):
    def entry(person, score, cases, since, honours, *, full_time):
        values = {"cases": cases, "since": since, "honours": honours, "full_time": full_time}
        return Entry(person, Decimal(score), values)

    found = ranked(
        [
            entry("a", 80, 50, date(2020, 1, 1), 3, full_time=False),
            entry("b", 80, Decimal("50.5"), date(2022, 1, 1), None, full_time=True),
            entry("c", 80, 50, date(2021, 1, 1), UNK, full_time=False),
            entry("d", 70, 90, date(2010, 1, 1), 9, full_time=True),
        ],
        tie_breaks,
    )

    assert ranks(found) == expected


@pytest.mark.parametrize("score", [None, UNK])
def test_nobody_is_ranked_without_a_score(score):
    with pytest.raises(ValueError, match="Without a score: b"):
        ranked([Entry("a", Decimal(1)), Entry("b", score)])


def test_nobody_is_ranked_twice():
    with pytest.raises(ValueError, match="Entered twice: a"):
        ranked([*entries(a=1, b=2), *entries(a=3)])


def test_a_float_is_no_score():
    with pytest.raises(TypeError):
        ranked([Entry("a", 0.5), Entry("b", Decimal(1))])


def test_a_move_keeps_the_computed_rank_and_tells_who_and_why():
    computed = ranked(entries(a=70, b=90, c=80))
    moved = replayed(computed, [move("a", 1)])

    assert [(line.person, line.rank, line.computed_rank) for line in moved] == [
        ("a", 1, 3),
        ("b", 2, 1),
        ("c", 3, 2),
    ]
    assert moved[0].moves == (move("a", 1),)
    assert [line.rank for line in computed] == [1, 2, 3]


def test_a_move_into_a_tie_parts_it_and_a_move_past_it_does_not():
    lines = ranked(entries(a=90, b=90, c=80))

    assert ranks(replayed(lines, [move("c", 2)])) == {"a": 1, "c": 2, "b": 3}
    assert ranks(replayed(lines, [move("c", 1)])) == {"c": 1, "a": 2, "b": 2}


def test_who_was_moved_shares_no_rank_even_beside_equals():
    lines = ranked(entries(a=90, b=90, c=90))

    assert ranks(replayed(lines, [move("b", 2)])) == {"a": 1, "b": 2, "c": 3}


def test_moves_are_made_in_their_order_and_all_are_kept():
    lines = ranked(entries(a=90, b=80, c=70))
    back = [move("c", 1), move("c", 3)]

    moved = replayed(lines, back)

    assert [line.person for line in moved] == ["a", "b", "c"]
    assert moved[2].moves == tuple(back)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (move("z"), "z is not in the ranking."),
        (move(place=0), "The ranking has places 1 to 2."),
        (move(place=3), "The ranking has places 1 to 2."),
        (move(reason="  "), "Give the reason for the move."),
        (move(second="Li"), "The second officer must be another person than the first."),
        (
            move(second=None),
            "A move by hand is made by one officer and confirmed by a second.",
        ),
    ],
)
def test_a_move_without_reason_or_second_officer_or_place_is_not_made(wrong, says):
    lines = ranked(entries(a=90, b=80))

    assert move_faults(wrong, lines) == [says]
    with pytest.raises(ValueError, match=says):
        replayed(lines, [move("b", 1), wrong])


@given(
    st.lists(st.integers(0, 3), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 7), st.integers(1, 8)), max_size=5),
)
def test_moves_lose_nobody_and_ranks_go_up_by_the_people_before(scores, places):
    lines = ranked([Entry(number, Decimal(score)) for number, score in enumerate(scores)])
    moves = [move(one % len(scores), min(place, len(scores))) for one, place in places]

    moved = replayed(lines, moves)

    assert sorted(line.person for line in moved) == list(range(len(scores)))
    passed = 0
    for group in by_rank(moved):
        assert {line.rank for line in group} == {passed + 1}
        passed += len(group)
    if moves:
        assert moved[moves[-1].place - 1].person == moves[-1].person
