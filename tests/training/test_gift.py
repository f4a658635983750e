"""GIFT: every construct of the documentation, every fault with its line, and the way back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.make_questions import CONTENT
from training.formats.gift import read_gift
from training.formats.gift_writing import write_gift
from training.formats.items import Item, part_id
from training.rules.content import faults, shares


def one(text):
    items = read_gift(text)
    assert len(items) == 1
    return items[0]


def options(item):
    return [(part["text"], part["weight"], part["feedback"]) for part in item.content["options"]]


def accepted(item):
    return [tuple(part.values()) for part in item.content["accepted"]]


def codes(remarks):
    return [told["code"] for told in remarks]


def test_a_single_choice_has_one_right_answer_and_feedback():
    item = one("::Q1:: 谁指导？ {=基层人民法院#对 ~检察机关#不对 ~公安机关}")

    assert (item.code, item.kind, item.stem, item.line) == ("Q1", "single", "谁指导？", 1)
    assert options(item) == [
        ("基层人民法院", "100", "对"), ("检察机关", "0", "不对"), ("公安机关", "0", ""),
    ]  # fmt: skip


def test_weights_without_a_right_answer_make_a_multiple_choice():
    item = one("哪些？ {\n~%50%甲\n~%50%乙#对\n~%-100%丙\n~丁\n}")

    assert item.kind == "multiple"
    assert options(item) == [
        ("甲", "50", ""), ("乙", "50", "对"), ("丙", "-100", ""), ("丁", "0", ""),
    ]  # fmt: skip


def test_a_wave_before_the_mark_of_the_right_answer_is_passed_over():
    assert options(one("谁？ {~=甲 ~乙}")) == [("甲", "100", ""), ("乙", "0", "")]


def test_thirds_written_with_few_places_are_brought_to_a_hundred():
    item = one("哪些？ {~%33.333%甲 ~%33.333%乙 ~%33.333%丙}")

    assert [weight for _text, weight, _feedback in options(item)] == ["33.333", "33.333", "33.334"]
    assert faults(item.kind, item.stem, item.content) == []


def test_a_single_choice_may_give_part_of_the_marks():
    item = one("谁？ {=甲 ~%50%乙 ~丙}")

    assert item.kind == "single"
    assert options(item) == [("甲", "100", ""), ("乙", "50", ""), ("丙", "0", "")]
    assert faults(item.kind, item.stem, item.content) == []


@pytest.mark.parametrize(
    ("mark", "right"),
    [("T", 0), ("TRUE", 0), ("F", 1), ("FALSE", 1), ("true", 0), (" F ", 1)],
)
def test_a_true_or_false_question(mark, right):
    item = one(f"调解收费。{{{mark}}}")

    assert item.kind == "true_false"
    assert [weight for _text, weight, _f in options(item)][right] == "100"


def test_the_first_feedback_of_true_or_false_is_for_the_wrong_answer():
    item = one("调解收费。{FALSE#第四条：不收费。#对。####总的说明}")

    assert options(item) == [("正确", "0", "第四条：不收费。"), ("错误", "100", "对。")]
    assert item.explanation == "总的说明"


def test_a_short_answer_has_weights_feedback_and_stars():
    item = one("几年？ {=三年#对 =%50%3* =%0%二年#不对}")

    assert item.kind == "fill_in"
    assert accepted(item) == [("三年", "100", "对"), ("3*", "50", ""), ("二年", "0", "不对")]
    assert item.content["case"] is False


def test_a_single_short_answer_may_have_no_other():
    assert one("几年？{=三}").kind == "fill_in"


def test_a_matching_question_may_have_a_misleading_right_side():
    item = one("配对 {\n=人民调解 -> 群众性组织\n=行政调解 -> 行政机关\n= -> 法院\n}")

    assert item.kind == "matching"
    assert [(pair["left"], pair["right"]) for pair in item.content["pairs"]] == [
        ("人民调解", "群众性组织"), ("行政调解", "行政机关"), ("", "法院"),
    ]  # fmt: skip
    assert faults(item.kind, item.stem, item.content) == []


def test_answers_in_the_middle_of_the_text_leave_a_gap_there():
    item = one("委员每届任期{~二 =三 ~五}年，可以连选连任。")

    assert item.stem == "委员每届任期_____年，可以连选连任。"
    assert item.kind == "single"


@pytest.mark.parametrize(
    ("block", "found"),
    [
        ("#3", [("3", "3", "100", "")]),
        ("#3:2", [("1", "5", "100", "")]),
        ("#1..5", [("1", "5", "100", "")]),
        ("#=3:0#对 =%50%2:1", [("3", "3", "100", "对"), ("1", "3", "50", "")]),
        ("#\n=1.5..2.5\n=%25%-1..-0.5#差", [("1.5", "2.5", "100", ""), ("-1", "-0.5", "25", "差")]),
        ("#3.141:0.005#对", [("3.136", "3.146", "100", "对")]),
    ],
)
def test_numbers_with_tolerance_ranges_and_several_answers(block, found):
    item = one(f"几日？ {{{block}}}")

    assert item.kind == "numerical"
    assert accepted(item) == found


def test_feedback_for_every_other_number_is_left_out_and_said_so():
    item = one("几日？ {#=30#对 =%0%*#不对}")

    assert accepted(item) == [("30", "30", "100", "对")]
    assert codes(item.findings) == ["catch_all_left_out"]


def test_empty_braces_are_an_essay():
    item = one("谈谈调解。{}")

    assert (item.kind, item.content) == ("essay", {"guide": []})
    assert faults(item.kind, item.stem, item.content) == []


def test_an_essay_may_have_general_feedback():
    assert one("谈谈调解。{####先听后说}").explanation == "先听后说"


def test_a_text_without_braces_is_no_question_and_says_so():
    item = one("以下各题关于人民调解法。")

    assert (item.kind, codes(item.errors)) == ("description", ["description"])


def test_general_feedback_follows_four_marks():
    item = one("谁？ {=甲#对 ~乙#错 ####见第五条}")

    assert item.explanation == "见第五条"
    assert options(item) == [("甲", "100", "对"), ("乙", "0", "错")]


def test_a_backslash_makes_a_mark_a_character():
    item = one(r"::名\:\:字::式 \{a\=b\} \~ \# 第\n行 {=甲\=一\#\~ ~乙\\n\}}")

    assert item.code == "名::字"
    assert item.stem == "式 {a=b} ~ # 第\n行"
    assert options(item) == [("甲=一#~", "100", ""), ("乙\\n}", "0", "")]


@pytest.mark.parametrize("marker", ["html", "moodle", "plain", "markdown"])
def test_a_format_marker_is_taken_off(marker):
    item = one(f"::Q::[{marker}]问 {{=[{marker}]甲#[{marker}]对 ~乙}}")

    assert item.stem == "问"
    assert options(item)[0] == ("甲", "100", "对")


def test_of_html_the_text_stays():
    item = one("[html]<p>问<b>谁</b>&amp;何</p><p>二</p>{=[html]<i>甲</i> ~乙}")

    assert item.stem == "问谁&何\n二"
    assert options(item)[0][0] == "甲"


def test_a_picture_is_refused_in_words():
    item = one('[html]<p>看图<img src\\="@@PLUGINFILE@@/a.png"></p>{T}')

    assert codes(item.errors) == ["picture"]


def test_comments_are_no_part_of_a_question():
    item = one("// 一条注释\n问 {\n// 另一条\n=甲 ~乙\n}\n// 完")

    assert item.stem == "问"
    assert len(options(item)) == 2


def test_comments_tell_number_tags_difficulty_and_law():
    item = one(
        "// [id:K-1] [tag:程序] [tag:difficulty-3]\n// 人民调解法第4、5条;民法典第1127条\n问 {T}"
    )

    assert (item.code, item.topic, item.difficulty) == ("K-1", "程序", 3)
    assert item.law_basis == [
        {"law": "人民调解法", "article": "4、5"}, {"law": "民法典", "article": "1127"},
    ]  # fmt: skip


def test_a_category_holds_until_the_next():
    items = read_gift(
        "甲 {T}\n\n$CATEGORY: 顶/调解//程序\n\n乙 {T}\n\n丙 {F}\n\n$CATEGORY: $course$/协议\n丁 {T}"
    )

    assert [item.topic for item in items] == ["", "调解/程序", "调解/程序", "协议"]


def test_empty_lines_divide_and_line_ends_of_any_system_do():
    items = read_gift("\ufeff甲 {T}\r\n\r\n\r\n乙 {\r\n=一\r\n~二\r\n}\r\n   \r\n丙 {F}")

    assert [(item.stem, item.line) for item in items] == [("甲", 1), ("乙", 4), ("丙", 9)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("坏 {=甲 ~乙", "open_brace"),
        ("坏 =甲 ~乙}", "stray_brace"),
        ("坏 }{", "stray_brace"),
        ("坏 {T}}", "stray_brace"),
        ("坏 {T} 又 {F}", "two_blocks"),
        ("坏 {{T}}", "two_blocks"),
        ("::坏 {T}", "no_title_end"),
        ("坏 {甲}", "unknown_answers"),
        ("坏 {甲 ~乙 =丙}", "unknown_answers"),
        ("坏 {=甲 -> 一 =乙}", "bad_pair"),
        ("坏 {#三}", "bad_number"),
        ("坏 {#1e999}", "bad_number"),
        ("坏 {#NaN}", "bad_number"),
        ("坏 {#1e-99999}", "bad_number"),
        (f"::{'长' * 201}::坏 {{T}}", "long_code"),
    ],
)
def test_a_fault_is_told_with_its_line_and_loses_no_other(text, code):
    before, bad, after = read_gift(f"好 {{T}}\n\n// 注\n{text}\n\n也好 {{F}}")

    assert (bad.line, codes(bad.errors)[0]) == (4, code)
    assert before.errors == after.errors == []
    assert (before.kind, after.kind) == ("true_false", "true_false")


@given(st.text(alphabet="{}=~#:\\%-> \nTFabc[]html0.9甲/$*", max_size=200))
def test_whatever_the_text_the_reader_never_fails(text):
    for item in read_gift(text):
        json.dumps(item.plain())
        assert item.errors or item.kind
        assert item.errors or isinstance(faults(item.kind, item.stem, item.content), list)


@given(st.text(max_size=300))
def test_any_text_at_all_is_read_or_refused(text):
    for item in read_gift("::a::" + text + "{=甲 ~乙}\n\n" + text):
        assert item.errors or item.kind


UNKEPT = "\ufeff\ufffe\uffff"
# What people write: no arrow within an answer, which GIFT cannot say; no blanks at the ends.
words = (
    st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters=UNKEPT), max_size=40)
    | st.text(alphabet="=~#{}:\\\n%[]html->甲 ntT50", min_size=1, max_size=30)
).map(lambda text: text.replace("->", "").strip())
said = words.filter(bool)
names = said.map(lambda text: " ".join(text.split())).filter(bool)
weights = st.integers(1, 99).map(str)


@st.composite
def contents(draw):
    kind = draw(st.sampled_from(sorted(CONTENT)))
    count = draw(st.integers(2, 5))
    if kind in {"single", "multiple"}:
        texts = draw(st.lists(said, min_size=count, max_size=count))
        right = 1 if kind == "single" else draw(st.integers(1, count))
        given_weights = [*shares(right), *["0" if kind == "single" else "-100"] * (count - right)]
        parts = [
            {"id": part_id(n), "text": text, "weight": weight, "feedback": draw(words)}
            for n, (text, weight) in enumerate(zip(texts, given_weights, strict=True))
        ]
        return kind, {"options": parts}
    if kind == "true_false":
        right = draw(st.booleans())
        return kind, {
            "options": [
                {
                    "id": "a",
                    "text": "正确",
                    "weight": "100" if right else "0",
                    "feedback": draw(words),
                },
                {
                    "id": "b",
                    "text": "错误",
                    "weight": "0" if right else "100",
                    "feedback": draw(words),
                },
            ]
        }
    return kind, draw(open_contents(kind))


@st.composite
def open_contents(draw, kind):
    if kind == "fill_in":
        parts = st.fixed_dictionaries({"text": said, "weight": weights, "feedback": words})
        first = {"text": draw(said), "weight": "100", "feedback": draw(words)}
        rest = draw(st.lists(parts, max_size=3))
        return {"accepted": [first, *rest], "case": draw(st.booleans())}
    if kind == "numerical":
        low = draw(st.integers(-1000, 1000))
        high = low + draw(st.integers(0, 9))
        part = {"low": str(low), "high": str(high), "weight": "100", "feedback": draw(words)}
        return {"accepted": [part]}
    if kind == "matching":
        pairs = draw(st.lists(st.tuples(words, said), min_size=2, max_size=4))
        return {
            "pairs": [
                {"id": part_id(n), "left": left, "right": right}
                for n, (left, right) in enumerate(pairs)
            ]
        }
    points = draw(st.lists(st.tuples(said, st.integers(0, 20).map(str)), max_size=3))
    return {"guide": [{"point": point, "marks": marks} for point, marks in points]}


@st.composite
def questions(draw):
    kind, content = draw(contents())
    return Item(
        line=0,
        kind=kind,
        stem=draw(said),
        content=content,
        explanation=draw(words),
        code=draw(names),
        topic=draw(st.sampled_from(["", "程序", "调解/协议"])),
        difficulty=draw(st.sampled_from([None, 1, 2, 3])),
        law_basis=draw(st.sampled_from([[], [{"law": "民法典", "article": "1127"}]])),
    )


@given(st.lists(questions(), min_size=1, max_size=3))
def test_what_is_written_is_read_back_as_it_was(items):
    items = sorted(items, key=lambda item: item.topic)

    read = read_gift(write_gift(items))

    for item in read:
        item.line = 0
    assert read == items
    assert write_gift(read) == write_gift(items)
