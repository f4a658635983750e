"""Drawing by a blueprint: satisfied whole or short by name, repeatable, sparing what was used."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from training.rules.drawing import Entry, Line, draw, freeze

ONE = Decimal(1)


def entry(number, **fields):
    fields = {"topic": 1, "kind": "single", "difficulty": 1, **fields}
    return Entry(question=number, version=number, **fields)


POOL = [entry(n, topic=1 + n % 2, difficulty=1 + n % 3) for n in range(12)]


def test_the_same_seed_draws_the_same_paper_and_another_one_another():
    lines = [Line(4, ONE)]

    assert draw(lines, POOL, 7) == draw(lines, POOL, 7)
    assert len({tuple(e.question for _l, e in draw(lines, POOL, s).taken) for s in range(9)}) > 1


def test_a_line_that_falls_short_is_named_with_what_it_lacks():
    lines = [Line(2, ONE, topic=1), Line(9, ONE, topic=2, kind="single")]

    assert draw(lines, POOL, 1).short == {1: 3}


def test_lines_that_want_the_same_questions_share_them_so_that_all_are_filled():
    pool = [entry(1, difficulty=3), entry(2, difficulty=1), entry(3, difficulty=1, topic=2)]
    lines = [Line(1, ONE, topic=1), Line(1, ONE, difficulty=1), Line(1, ONE, difficulty=3)]

    found = draw(lines, pool, 1)

    assert found.short == {}
    assert len({e.question for _line, e in found.taken}) == 3


def test_what_was_used_least_and_longest_ago_comes_first():
    pool = [entry(1, used=3), entry(2, used=1, last=9), entry(3, used=1, last=4), entry(4)]

    assert [e.question for _line, e in draw([Line(3, ONE)], pool, 5).taken] == [4, 3, 2]


@given(
    pool=st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), max_size=12),
    wanted=st.lists(
        st.tuples(
            st.integers(1, 4), st.one_of(st.none(), st.integers(1, 3)),
            st.one_of(st.none(), st.integers(1, 3)),
        ),
        max_size=4,
    ),
    seed=st.integers(0, 9),
)  # fmt: skip
def test_every_drawn_question_fits_its_line_and_none_comes_twice(pool, wanted, seed):
    entries = [entry(n, topic=t, difficulty=d) for n, (t, d) in enumerate(pool)]
    lines = [Line(n, ONE, topic=t, difficulty=d) for n, t, d in wanted]

    found = draw(lines, entries, seed)

    assert all(lines[number].takes(one) for number, one in found.taken)
    assert len({one.question for _n, one in found.taken}) == len(found.taken)
    missing = sum(found.short.values())
    assert len(found.taken) + missing == sum(line.number for line in lines)
    if missing:
        # Nothing that is left over would fit a line that is short.
        left = set(entries) - {one for _n, one in found.taken}
        assert not any(lines[number].takes(one) for number in found.short for one in left)


OPTIONS = {"options": [{"id": key, "text": key, "weight": "0"} for key in "abcd"]}


def test_choices_are_frozen_under_names_that_say_nothing():
    one, other = (freeze(OPTIONS, "single", seed, shuffled=True)["options"] for seed in (1, 2))

    assert sorted(own for _shown, own in one) == list("abcd")
    assert not {shown for shown, _own in one} & {shown for shown, _own in other}
    assert freeze(OPTIONS, "single", 1, shuffled=True)["options"] == one


def test_right_sides_of_pairs_are_mixed_and_the_same_words_stand_once():
    pairs = [{"id": key, "left": key, "right": key} for key in "abcdefgh"]
    pairs += [{"id": "i", "left": "", "right": "a"}]

    frozen = freeze({"pairs": pairs}, "matching", 3, shuffled=False)

    assert [own for _shown, own in frozen["left"]] == list("abcdefgh")
    assert [own for _shown, own in frozen["right"]] != list("abcdefgh")
    assert sorted(own for _shown, own in frozen["right"]) == list("abcdefgh")
