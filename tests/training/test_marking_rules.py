"""Two markers, a third, and a corrected key: arithmetic alone."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.make_exams import CONTENT, RIGHT
from training.rules import rekeying
from training.rules.marking import are_apart, nearest, settled, worth
from training.rules.scoring import score
from training.rules.wording import answer_in_words, key_in_words

pytestmark = pytest.mark.usefixtures("in_english")
D = Decimal
FULL = D(20)
MARKS = st.decimals(0, 20, places=2)
APART = st.integers(1, 100)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [("10", "14", False), ("10", "14.01", True), ("14", "10", False), ("7", "7", False)],
)
def test_two_marks_are_apart_beyond_the_percent_of_the_question(one, other, apart):
    assert are_apart(D(one), D(other), full=FULL, most_apart=20) is apart


@pytest.mark.parametrize(
    ("marks", "counting", "given_in_the_end"),
    [
        ([], 2, None),
        (["10"], 2, None),
        (["10", "14"], 2, "12.00"),
        (["10.01", "10.02"], 2, "10.02"),
        (["4", "14"], 2, None),
        (["4", "14", "13"], 2, "13.50"),
        (["4", "14", "5"], 2, "4.50"),
        (["4", "14", "9"], 2, "11.50"),
        (["4", "14", "9"], 1, "9"),
        (["4", "14", "12"], 3, "10.00"),
    ],
)
def test_what_two_or_three_marks_come_to(marks, counting, given_in_the_end):
    found = settled([D(mark) for mark in marks], full=FULL, most_apart=20, counting=counting)

    assert found == (None if given_in_the_end is None else D(given_in_the_end))


@given(MARKS, MARKS, APART)
def test_a_third_is_called_exactly_when_two_are_apart(one, other, most_apart):
    rule = {"full": FULL, "most_apart": most_apart, "counting": 2}

    waits = settled([one, other], **rule) is None

    assert waits is (abs(one - other) / FULL > D(most_apart) / 100)
    assert (settled([other, one], **rule) is None) is waits


@given(st.lists(MARKS, min_size=3, max_size=3), APART, st.sampled_from([1, 2, 3]))
def test_after_a_third_there_is_a_mark_between_the_lowest_and_the_highest(
    marks, most_apart, counting
):
    found = settled(marks, full=FULL, most_apart=most_apart, counting=counting)

    assert min(marks) <= found <= max(marks)
    assert found == found.quantize(D("0.01"))


@given(st.permutations([D("3"), D("11"), D("18.5")]))
def test_which_two_are_nearest_does_not_depend_on_the_order(marks):
    assert nearest(marks) == (D("11"), D("18.5"))


@pytest.mark.parametrize(
    ("points", "guide", "full", "marks"),
    [
        (["3"], ["3"], "3", "3.00"),
        (["1", "2"], ["2", "3"], "10", "6.00"),
        (["1"], ["3"], "10", "3.33"),
        (["7"], [], "10", "7.00"),
    ],
)
def test_points_count_as_their_share_of_the_marks_of_the_question(points, guide, full, marks):
    assert worth([D(p) for p in points], [D(g) for g in guide], D(full)) == D(marks)


# --- Keys corrected -----------------------------------------------------------------------------


def test_another_option_is_right_and_all_words_stay():
    content = rekeying.choosing("single", CONTENT["single"], ["k2"])

    assert [one["weight"] for one in content["options"]] == ["0", "100", "0"]
    assert [one["text"] for one in content["options"]] == ["甲", "乙", "丙"]
    assert CONTENT["single"]["options"][0]["weight"] == "100"


def test_of_a_single_choice_two_may_be_right_each_worth_all():
    content = rekeying.choosing("single", CONTENT["single"], ["k1", "k2"])

    rule = {"marks": D(2), "rule": "wrong_zero"}
    assert [score("single", content, one, **rule) for one in ["k1", "k2", "k3"]] == [2, 2, 0]


def test_of_several_right_options_each_has_its_share_and_wrong_ones_cost_what_they_cost():
    content = rekeying.choosing("multiple", CONTENT["multiple"], ["k1"])

    assert [one["weight"] for one in content["options"]] == ["100", "-50", "-50"]
    assert score("multiple", content, ["k1"], marks=D(2), rule="partial") == 2


@pytest.mark.parametrize(
    ("right", "said"),
    [
        ([], "Choose the right answers."),
        (["no"], "Choose the right answers."),
        (["k1"], "This is the key it has."),
        (["k1", "k2", "k3"], "If every option is right, give everybody full marks."),
    ],
)
def test_what_is_no_other_key_is_refused(right, said):
    with pytest.raises(ValueError, match=said):
        rekeying.choosing("single", CONTENT["single"], right)


def test_typed_answers_are_accepted_each_for_all():
    words = rekeying.accepting("fill_in", CONTENT["fill_in"], ["钥匙文本", " 锁 ", ""])
    numbers = rekeying.accepting("numerical", CONTENT["numerical"], ["30", "20 25.5"])

    assert [one["text"] for one in words["accepted"]] == ["钥匙文本", "锁"]
    assert words["accepted"][0]["feedback"] == "批注"
    assert rekeying.lines_of("numerical", numbers) == ["30", "20 25.5"]
    assert score("numerical", numbers, "22", marks=D(2), rule="partial") == 2


@pytest.mark.parametrize("lines", [["x"], ["5 1"], ["1 2 3"], []])
def test_what_is_no_number_is_no_key(lines):
    with pytest.raises(ValueError, match=r"no number|at least one"):
        rekeying.accepting("numerical", CONTENT["numerical"], lines)


def test_the_key_it_has_is_no_correction():
    with pytest.raises(ValueError, match="the key it has"):
        rekeying.accepting("fill_in", CONTENT["fill_in"], ["钥匙文本"])


@pytest.mark.parametrize("kind", [kind for kind in CONTENT if kind != "essay"])
def test_the_right_answer_reads_as_the_key(kind):
    assert key_in_words(kind, CONTENT[kind]) == answer_in_words(kind, CONTENT[kind], RIGHT[kind])


def test_no_answer_reads_as_a_dash_and_a_guide_as_its_points():
    assert answer_in_words("single", CONTENT["single"], None) == "—"
    assert key_in_words("essay", CONTENT["essay"]) == "要点钥匙 (3)"
