"""Aiken, Moodle XML and tables; which format a file is; what is refused as a whole."""

import json
from io import BytesIO
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.sheets.writing import write_csv, write_xlsx
from tests.training.make_questions import CONTENT
from training.formats.aiken import read_aiken
from training.formats.gift import read_gift
from training.formats.items import Item, UnreadableQuestions
from training.formats.moodle_xml import read_moodle_xml
from training.formats.reading import read_questions
from training.formats.tables import COLUMNS, MOST_QUESTIONS, cells_of, read_table
from training.rules.content import faults

SLOW = 5  # seconds; quadratic reading would take minutes
HEAD = [column.name for column in COLUMNS]


def codes(remarks):
    return [told["code"] for told in remarks]


def options(item):
    return [(part["text"], part["weight"]) for part in item.content["options"]]


# Aiken


def test_aiken_has_letters_with_a_dot_or_a_bracket():
    items = read_aiken(
        "谁指导？\nA. 法院\nB) 检察院\nANSWER: A\n\n收费吗？\nA、收\nB、不收\n答案：B\n"
    )

    assert [(item.line, item.kind, item.stem) for item in items] == [
        (1, "single", "谁指导？"), (6, "single", "收费吗？"),
    ]  # fmt: skip
    assert options(items[0]) == [("法院", "100"), ("检察院", "0")]
    assert options(items[1]) == [("收", "0"), ("不收", "100")]


def test_aiken_with_several_letters_is_a_multiple_choice():
    (item,) = read_aiken("哪些？\nA. 甲\nB. 乙\nC. 丙\nANSWER: A, C")

    assert (item.kind, options(item)) == ("multiple", [("甲", "50"), ("乙", "-100"), ("丙", "50")])


def test_aiken_tells_each_fault_with_its_line_and_loses_no_other():
    text = (
        "没有答案\nA. 甲\nB. 乙\n\n答案不存在\nA. 甲\nB. 乙\nANSWER: D\n\n"
        "好的\nA. 甲\nB. 乙\nANSWER: B\n"
        "字母乱\nA. 甲\nC. 乙\nANSWER: A\n末尾没有答案\nA. 甲"
    )

    found = [(item.line, codes(item.errors)) for item in read_aiken(text)]

    assert found == [
        (1, ["no_answer_line"]), (5, ["bad_letter"]), (10, []), (14, ["stray_line"]),
        (18, ["no_answer_line"]),
    ]  # fmt: skip


@given(st.text(alphabet="ABANSWER:. )\n甲答案", max_size=200))
def test_aiken_never_fails(text):
    for item in read_aiken(text):
        json.dumps(item.plain())
        assert item.errors or isinstance(faults(item.kind, item.stem, item.content), list)


# Moodle XML

QUIZ = (Path(__file__).parent / "samples" / "quiz.xml").read_text(encoding="utf-8")


@pytest.fixture
def quiz():
    return {item.code: item for item in read_moodle_xml(QUIZ.encode())}


def test_every_kind_of_moodle_xml_is_read(quiz):
    kinds = {code: item.kind for code, item in quiz.items() if not item.errors}

    assert kinds == {
        "一": "single", "二": "multiple", "三": "true_false", "四": "fill_in", "五": "numerical",
        "六": "matching", "七": "essay",
    }  # fmt: skip
    sound = [item for item in quiz.values() if not item.errors]
    assert all(faults(item.kind, item.stem, item.content) == [] for item in sound)
    assert {item.topic for item in sound} == {"调解程序"}


def test_what_moodle_xml_says_is_kept(quiz):
    assert (quiz["一"].stem, quiz["一"].explanation, quiz["一"].line) == ("谁指导？", "第五条", 4)
    assert quiz["一"].content["options"][0] == {
        "id": "a", "text": "基层人民法院", "weight": "100", "feedback": "对",
    }  # fmt: skip
    assert quiz["二"].stem == "哪些 <条>？"
    assert [weight for _text, weight in options(quiz["二"])] == [
        "33.33333", "33.33333", "33.33334", "-100",
    ]  # fmt: skip
    assert options(quiz["三"]) == [("正确", "0"), ("错误", "100")]
    assert quiz["四"].content["case"] is True
    assert quiz["五"].content["accepted"][0]["low"] == "29"
    assert codes(quiz["五"].findings) == ["catch_all_left_out"]
    assert quiz["七"].content == {"guide": [{"point": "先稳定情绪", "marks": "10"}]}


def test_what_moodle_xml_cannot_give_is_refused_in_words(quiz):
    refused = {item.line: codes(item.errors) for item in quiz.values() if item.errors}

    assert refused == {
        line_of("八"): ["description"], line_of("九"): ["unsupported"], line_of("十"): ["picture"],
    }  # fmt: skip


def line_of(name):
    return QUIZ[: QUIZ.index(f"<text>{name}</text>")].count("\n") + 1


@pytest.mark.parametrize(
    "text",
    [
        '<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "aaaa">]><quiz>&a;</quiz>',
        '<!DOCTYPE quiz SYSTEM "file:///etc/passwd"><quiz/>',
        "<quiz><question>",
        "<quiz></quiz><quiz/>",
        "<html><body/></html>",
        '<?xml version="1.0" encoding="nonsense"?><quiz/>',
        "<quiz/>",
        "",
    ],
)
def test_xml_that_is_no_quiz_is_refused_whole(text):
    with pytest.raises(UnreadableQuestions):
        read_questions(text.encode(), "questions.xml")


@given(st.lists(st.sampled_from(QUIZ.split("\n")), max_size=30), st.binary(max_size=20))
def test_xml_cut_and_shuffled_is_read_or_refused(lines, tail):
    try:
        items = read_moodle_xml("\n".join(["<quiz>", *lines, "</quiz>"]).encode() + tail)
    except UnreadableQuestions:
        return
    for item in items:
        json.dumps(item.plain())


# Tables


def table(rows, head=HEAD):
    file = BytesIO()
    write_xlsx(file, "题库", head, [[row.get(name, "") for name in head] for row in rows])
    file.seek(0)
    return file


@pytest.mark.parametrize("kind", CONTENT)
def test_what_a_table_is_given_is_read_back(kind):
    content = json.loads(json.dumps(CONTENT[kind]))
    for part in content.get("options", []):
        part["feedback"] = ""
    written = Item(
        line=2, kind=kind, stem="=1+1 怎样？", content=content, explanation="+说明", topic="程序",
        law_basis=[{"law": "民法典", "article": "1127"}], difficulty=3, source="讲义",
    )  # fmt: skip

    (read,) = read_table(table([cells_of(written)]))

    assert read == written


@pytest.mark.parametrize("word", ["单选题", "single", "单项选择题"])
def test_kinds_have_their_usual_names(word):
    (item,) = read_table(
        table([{"type": word, "stem": "谁？", "option_a": "甲", "option_b": "乙", "answer": "b"}])
    )

    assert (item.kind, options(item)) == ("single", [("甲", "0"), ("乙", "100")])


def test_headings_of_a_bureau_are_recognised():
    head = ["题型", "题干", "选项A", "选项B", "正确答案", "解析", "难度"]
    rows = [dict(zip(head, ["判断题", "收费吗", "", "", "×", "第四条", "2"], strict=True))]

    (item,) = read_table(table(rows, head))

    assert (item.kind, item.explanation, item.difficulty) == ("true_false", "第四条", 2)
    assert options(item) == [("正确", "0"), ("错误", "100")]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ({"option_a": "甲", "option_b": "乙", "answer": "A"}, "single"),
        ({"option_a": "甲", "option_b": "乙", "answer": "A、B"}, "multiple"),
        ({"answer": "错误"}, "true_false"),
    ],
)
def test_a_kind_left_out_is_told_by_the_answer(row, kind):
    (item,) = read_table(table([{"stem": "问", "source": "讲义", **row}]))

    assert item.kind == kind


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"type": "怪题", "stem": "问", "answer": "A"}, "unknown_kind"),
        ({"type": "single", "stem": "", "option_a": "甲", "answer": "A"}, "no_stem"),
        ({"type": "single", "stem": "问", "option_a": "甲", "answer": "C"}, "bad_letter"),
        ({"type": "true_false", "stem": "问", "answer": "也许"}, "bad_letter"),
        ({"type": "numerical", "stem": "问", "answer": "三"}, "bad_number"),
        ({"type": "matching", "stem": "问", "option_a": "甲"}, "bad_pair"),
    ],
)
def test_a_row_that_makes_no_sense_is_told_with_its_number(row, code):
    good = {"type": "true_false", "stem": "好", "answer": "正确", "source": "讲义"}

    items = read_table(table([good, {"source": "讲义", **row}, good]))

    assert [(item.line, codes(item.errors)) for item in items] == [(2, []), (3, [code]), (4, [])]


@pytest.mark.parametrize("kind", ["single", "multiple", "true_false", "fill_in", "numerical"])
def test_a_missing_key_is_flagged_not_refused(kind):
    row = {"type": kind, "stem": "问", "option_a": "甲", "option_b": "乙", "source": "讲义"}

    (item,) = read_table(table([row]))

    assert item.errors == []
    assert codes(faults(kind, item.stem, item.content))[0] in {"no_right_option", "no_answer"}


def test_a_guarded_csv_is_read_back():
    file = BytesIO()
    row = {"type": "single", "stem": "=怎样？", "option_a": "-甲", "option_b": "乙", "answer": "A"}
    write_csv(file, HEAD, [[row.get(name, "") for name in HEAD]])

    (item,) = read_questions(file.getvalue(), "questions.csv")

    assert (item.stem, options(item)[0]) == ("=怎样？", ("-甲", "100"))


@pytest.mark.parametrize(
    "text",
    [
        "// " + "第一" * 400_000,
        "[html]" + "<a " * 300_000 + "{T}",
        "[html]<p>" + " " * 39_000 + "a{T}",
        "问 {" + "=" * 400_000 + "}",
        "{" * 400_000,
    ],
)
def test_a_text_made_to_be_slow_is_read_in_no_time(text):
    began = process_time()

    for item in read_gift(text):
        assert item.errors or item.kind

    assert process_time() - began < SLOW


# Which format, and what is refused as a whole


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        ("问 {T}".encode("gb18030"), "a.txt", "true_false"),
        ("问 {T}".encode("utf-16"), "a.gift", "true_false"),
        (b"\xef\xbb\xbf" + "问 {#3}".encode(), "a", "numerical"),
        ("问\nA. 甲\nB. 乙\nANSWER: A".encode(), "a.txt", "single"),
        (QUIZ.encode(), "a.txt", "single"),
    ],
)
def test_a_format_is_told_by_its_content(data, name, kind):
    assert read_questions(data, name)[0].kind == kind


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.gift"),
        (b"  \r\n\xef\xbb\xbf", "a.gift"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a.gift"),
        (b"PK\x03\x04nonsense", "a.xlsx"),
        (b"// only a note", "a.gift"),
        (b"a,b\n1,2", "a.csv"),
        (b"x {T}\n\n" * (MOST_QUESTIONS + 1), "a.gift"),
        (b"x" * (10 << 20) + b"y", "a.gift"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_whole(data, name):
    with pytest.raises(UnreadableQuestions):
        read_questions(data, name)


@given(st.binary(max_size=200), st.sampled_from(["a.gift", "a.csv", "a.xml", "a.xlsx", "a"]))
def test_no_bytes_at_all_make_the_readers_fail(data, name):
    try:
        items = read_questions(data, name)
    except UnreadableQuestions:
        return
    assert items
