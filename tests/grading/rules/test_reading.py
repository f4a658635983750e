"""Files are read strictly: nothing is guessed, and what cannot be read says where and why."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grading.rules.documents import written
from grading.rules.reading import MOST_VALUES, Unreadable, read
from grading.rules.unknown import UNK


@pytest.mark.parametrize("word", ["on", "off", "yes", "no", "On", "NO", "y", "n"])
def test_words_never_become_booleans(word):
    assert read(f"a: {word}") == [{"a": word}]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("7", 7),
        ("-7", -7),
        ("0.85", Decimal("0.85")),
        ("0123", "0123"),
        ("12:30", "12:30"),
        ("1e3", "1e3"),
        ("0x1F", "0x1F"),
        (".5", ".5"),
        ("2024-06-01", date(2024, 6, 1)),
        ('"0.85"', "0.85"),
        ("UNK", UNK),
        ("粤调协〔2020〕4号", "粤调协〔2020〕4号"),
    ],
)
def test_values_are_what_is_written(text, value):
    (found,) = read(f"a: {text}")
    assert found["a"] is value or found["a"] == value
    assert type(found["a"]) is type(value)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a: 1\na: 2", "“a” stands twice"),
        ("x: {b: 1, b: 2}", "Line 1"),
        ("a: 2024-02-30", "no day of the calendar"),
        ("a: [1", "Line 1"),
        ("a: !!python/object/apply:os.system [ls]", "Line 1"),
        ("{? [a, b] : 1}", "Line 1"),
        ("a: \x00", "cannot be read"),
        ("a: &a [*a]", "unfolds"),
        ("a: " + "[" * 2000, "Line 1|cannot be read"),
    ],
)
@pytest.mark.usefixtures("in_english")
def test_what_cannot_be_read_says_why(text, why):
    with pytest.raises(Unreadable, match=why):
        read(text)


def test_a_small_file_cannot_stand_for_endless_values():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 8)]
    assert MOST_VALUES < 10**8
    with pytest.raises(Unreadable):
        read("\n".join(lines))


def test_a_mapping_may_take_over_another_and_say_one_name_anew():
    assert read("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}")[0]["b"] == {"x": 1, "y": 3}


words = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters="\x85"), max_size=12
)
leaves = st.one_of(
    st.just(UNK),
    st.none(),
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.decimals("-999.99", "999.99", places=2),
    st.dates(),
    words.filter(lambda word: word != "UNK"),
)
documents = st.dictionaries(
    words,
    st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
        max_leaves=12,
    ),
    max_size=6,
)


@settings(deadline=None)
@given(documents)
def test_what_is_written_is_read_back_the_same(document):
    (found,) = read(written(document))
    assert found == {"schema": "grading-rule/v1", "ruleset": document}


@pytest.mark.parametrize("end", ["\x85", "\u2028", "\u2029", "\r", "\n"])
def test_ends_of_lines_within_a_text_stay_what_they_are(end):
    document = {"id": "x", "note": f"一{end}二", "ends": end, f"a{end}": {"of": f" {end}"}}
    assert read(written(document))[0]["ruleset"] == document
