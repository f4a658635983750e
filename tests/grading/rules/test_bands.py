from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grading.rules.bands import band_in, gaps_and_overlaps, read_bands
from grading.rules.scheme import SchemeFault
from grading.rules.unknown import UNK
from tests.grading.rules.make_rules import rule

THREE = [
    "{优秀: 90, 合格: 60, 不合格: 0}",
    "{90: 优秀, 60: 合格, 0: 不合格}",
    "[{label: 优秀, min: 90}, {label: 合格, min: 60}, {label: 不合格, below: 60, min: 0}]",
    "[[90, 优秀], [60, 合格], [0, 不合格]]",
    "[[不合格, 0], [合格, 60], [优秀, 90]]",
    "{优秀: {以上: 90}, 合格: {以上: 60, 不满: 90}, 不合格: {以上: 0, 不满: 60}}",
    "[{band: 合格, from: 60, below: 90}, {band: 优秀, from: 90, to: 100}, {band: 不合格, min: 0}]",
]


def bands(text, more="{}"):
    scheme = rule(f"{{sheet: {{bands: {text}}}, words: {more}}}")
    return read_bands(scheme, "sheet.bands", scheme.section("sheet")["bands"])


@pytest.mark.parametrize("text", THREE)
@pytest.mark.parametrize(
    ("score", "label"),
    [
        ("100", "优秀"),
        ("90", "优秀"),
        ("89.99", "合格"),
        ("60", "合格"),
        ("59.9", "不合格"),
        ("-1", None),
    ],
)
def test_a_score_has_one_word_however_bands_are_written(text, score, label):
    assert band_in(bands(text), "sheet.bands", Decimal(score)) == label
    assert gaps_and_overlaps(bands(text)) == []


def test_the_words_of_a_rule_say_whether_the_number_belongs_to_a_band():
    text = "{高: {超过: 60}, 低: {以下: 60}}"

    assert band_in(bands(text), "here", Decimal(60)) == "低"
    assert gaps_and_overlaps(bands(text)) == []
    assert gaps_and_overlaps(bands(text, "{以下: '<'}")) == [("gap", 60, 60)]
    assert bands(text, "{以下: UNK}") is UNK


def test_bands_of_whole_numbers_have_gaps_between_them_unless_scores_are_whole():
    whole = bands("[{label: a, min: 90, max: 100}, {label: b, min: 80, max: 89}]")

    assert gaps_and_overlaps(whole) == [("gap", 89, 90)]
    assert gaps_and_overlaps(whole, step=1) == []


def test_bands_that_share_a_number_overlap_and_have_no_answer_there():
    both = bands("[[a, 90, 100], [b, 80, 90]]")

    assert gaps_and_overlaps(both) == [("overlap", 90, 90)]
    assert band_in(both, "here", Decimal(91)) == "a"
    with pytest.raises(SchemeFault):
        band_in(both, "here", Decimal(90))


def test_an_unknown_end_makes_the_answer_unknown():
    assert band_in(bands("{优秀: UNK, 合格: 60}"), "here", Decimal(95)) == "UNK"


@pytest.mark.parametrize(
    "text", ["good", "[90]", "{优秀: many}", "[{min: 90}]", "[{label: a, up: 1}]"]
)
def test_what_are_no_bands_is_a_fault(text):
    with pytest.raises(SchemeFault):
        bands(text)


@settings(deadline=None)
@given(st.sets(st.integers(0, 100), min_size=1), st.integers(-10, 110))
def test_bands_with_a_least_number_each_leave_nothing_out(leasts, score):
    made = bands("{" + ", ".join(f"b{least}: {least}" for least in leasts) + "}")
    reached = [least for least in leasts if least <= score]

    assert gaps_and_overlaps(made) == []
    assert band_in(made, "here", Decimal(score)) == (f"b{max(reached)}" if reached else None)
