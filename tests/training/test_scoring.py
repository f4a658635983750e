"""What an answer is worth, under each rule of a paper."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.rules.scoring import ALL_OR_NOTHING, PARTIAL, WRONG_ZERO, score

RULES = [WRONG_ZERO, PARTIAL, ALL_OR_NOTHING]


def options(**weights):
    return {"options": [{"id": key, "text": key, "weight": str(w)} for key, w in weights.items()]}


TWO_OF_FOUR = options(a=50, b=50, c=0, d=0)
SINGLE = options(a=100, b=0, c=0)
PAIRS = {
    "pairs": [
        {"id": "a", "left": "A", "right": "1"},
        {"id": "b", "left": "B", "right": "2"},
        {"id": "c", "left": "", "right": "3"},
    ]
}


def worth(kind, content, answer, rule=WRONG_ZERO, marks="2"):
    return score(kind, content, answer, marks=Decimal(marks), rule=rule)


@pytest.mark.parametrize(
    ("rule", "answer", "gives"),
    [
        (WRONG_ZERO, ["a", "b"], "2"),
        (WRONG_ZERO, ["a"], "1"),
        (WRONG_ZERO, ["a", "b", "c"], "0"),
        (WRONG_ZERO, [], "0"),
        (PARTIAL, ["a", "b"], "2"),
        (PARTIAL, ["a"], "1"),
        (PARTIAL, ["a", "c"], "0"),
        (PARTIAL, ["a", "b", "c"], "1"),
        (PARTIAL, ["c", "d"], "0"),
        (ALL_OR_NOTHING, ["a", "b"], "2"),
        (ALL_OR_NOTHING, ["a"], "0"),
        (ALL_OR_NOTHING, ["a", "b", "c"], "0"),
    ],
)
def test_a_multiple_choice_is_worth_what_the_rule_says(rule, answer, gives):
    assert worth("multiple", TWO_OF_FOUR, answer, rule) == Decimal(gives)


def test_written_weights_of_wrong_options_are_taken_off():
    content = options(a=50, b=50, c=-25, d=-25)

    assert worth("multiple", content, ["a", "b", "c"], PARTIAL) == Decimal("1.5")


def test_three_thirds_are_the_whole_and_two_are_not():
    content = options(a="33.33", b="33.33", c="33.34", d=0)

    assert worth("multiple", content, ["a", "b", "c"], marks="3") == Decimal(3)
    assert worth("multiple", content, ["a", "b"], marks="3") == Decimal("1.99")


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("kind", ["single", "true_false"])
def test_one_choice_is_right_or_not(rule, kind):
    assert worth(kind, SINGLE, "a", rule) == Decimal(2)
    assert worth(kind, SINGLE, "b", rule) == Decimal(0)
    assert worth(kind, SINGLE, None, rule) == Decimal(0)


@pytest.mark.parametrize(
    ("accepted", "typed", "right"),
    [
        ("三十日", " 三十日 ", True),
        ("30日", "３０日", True),
        ("People's  Mediation", "people's mediation", True),
        ("人民*调解", "人民法院 调解", True),
        ("人民*调解", "法院人民调解", False),
        ("5\\*3", "5*3", True),
        ("5\\*3", "5x3", False),
        ("a.c", "abc", False),
    ],
)
def test_what_is_filled_in_is_compared_as_people_mean_it(accepted, typed, right):
    content = {"accepted": [{"text": accepted, "weight": "100"}], "case": False}

    assert worth("fill_in", content, typed) == Decimal(2 if right else 0)


def test_case_counts_where_the_question_says_so():
    content = {"accepted": [{"text": "ODR", "weight": "100"}], "case": True}

    assert worth("fill_in", content, "odr") == 0
    assert worth("fill_in", content, "ODR") == 2


def test_the_best_of_several_accepted_texts_counts():
    content = {"accepted": [{"text": "*", "weight": "25"}, {"text": "甲", "weight": "100"}]}

    assert worth("fill_in", content, "甲") == 2
    assert worth("fill_in", content, "乙") == Decimal("0.5")
    assert worth("fill_in", content, "乙", ALL_OR_NOTHING) == 0


@pytest.mark.parametrize(
    ("typed", "right"),
    [("1", True), ("5.0", True), ("５", True), ("1,000", False), ("0.99", False), ("5.01", False),
     ("five", False), ("NaN", False), ("Infinity", False)],
)  # fmt: skip
def test_a_number_is_right_within_its_bounds(typed, right):
    content = {"accepted": [{"low": "1", "high": "5", "weight": "100"}]}

    assert worth("numerical", content, typed) == Decimal(2 if right else 0)


@pytest.mark.parametrize(
    ("rule", "answer", "gives"),
    [
        (WRONG_ZERO, {"a": "a", "b": "b"}, 2),
        (WRONG_ZERO, {"a": "a"}, 1),
        (WRONG_ZERO, {"a": "a", "b": "c"}, 0),
        (PARTIAL, {"a": "a", "b": "c"}, 0),
        (PARTIAL, {"a": "a"}, 1),
        (ALL_OR_NOTHING, {"a": "a"}, 0),
        (ALL_OR_NOTHING, {"a": "a", "b": "b"}, 2),
    ],
)
def test_pairs_are_worth_what_the_rule_says(rule, answer, gives):
    assert worth("matching", PAIRS, answer, rule) == gives


def test_pairs_with_the_same_right_side_may_be_exchanged():
    same = {
        "pairs": [{"id": "a", "left": "A", "right": "1"}, {"id": "b", "left": "B", "right": "1"}]
    }

    assert worth("matching", same, {"a": "b", "b": "a"}) == 2


def test_an_essay_waits_for_a_person_unless_it_is_empty():
    assert worth("essay", {"guide": []}, "甲乙双方") is None
    assert worth("essay", {"guide": []}, "  ") == 0


@given(
    right=st.sets(st.sampled_from("abcdef"), min_size=1, max_size=5),
    chosen=st.sets(st.sampled_from("abcdef")),
    negative=st.booleans(),
    rule=st.sampled_from(RULES),
    marks=st.decimals(min_value="0.5", max_value=20, places=1),
)
def test_marks_stay_within_bounds_and_full_is_only_for_exactly_right(
    right, chosen, negative, rule, marks
):
    share = Decimal(100) / len(right)
    wrong = -share if negative else 0
    content = options(**{key: share if key in right else wrong for key in "abcdef"})

    given_marks = score("multiple", content, sorted(chosen), marks=marks, rule=rule)

    assert Decimal(0) <= given_marks <= marks
    assert (given_marks == marks) is (chosen == right)


@given(right=st.sets(st.sampled_from("abcdef"), min_size=1), extra=st.sampled_from("abcdef"))
def test_one_more_right_option_is_never_worth_less(right, extra):
    content = options(**{key: Decimal(100) / len(right) if key in right else 0 for key in "abcdef"})
    some = sorted(right)[:1]
    more = sorted({*some, extra} & right)

    for rule in [WRONG_ZERO, PARTIAL]:
        assert worth("multiple", content, more, rule) >= worth("multiple", content, some, rule)


@given(st.text(max_size=30))
def test_whatever_is_typed_has_a_worth(typed):
    number = {"accepted": [{"low": "1", "high": "5", "weight": "100"}]}
    text = {"accepted": [{"text": "a*[b", "weight": "100"}]}

    assert 0 <= worth("numerical", number, typed) <= 2
    assert 0 <= worth("fill_in", text, typed) <= 2
