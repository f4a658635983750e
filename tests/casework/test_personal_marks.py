"""What tells who somebody is, in sixty seeded texts and in texts that tell nobody."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.personal_marks import (
    Known,
    MarkKind,
    Severity,
    instead_of_name,
    marks_in,
    pieces,
)
from office.identity import resident_id_for

ID = resident_id_for("330681", date(1980, 5, 4), 123)
OTHER_ID = resident_id_for("110105", date(1999, 12, 31), 8)
PARTIES = Known(
    people=("张三丰", "李梅", "欧阳修远"),
    units=("绍兴越锦纺织有限公司",),
    places=("枫源村", "枫桥镇"),
)
K = MarkKind


def full_width(text):
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


def spaced(text, size):
    return " ".join(text[at : at + size] for at in range(0, len(text), size))


def card():
    """A bank card number with its check digit."""
    body = "622202021000123456"
    doubled = [int(d) * (2 - i % 2) for i, d in enumerate(reversed(body))]
    total = sum(n - 9 if n > 9 else n for n in doubled)
    return body + str(-total % 10)


C, L = Severity.CERTAIN, Severity.LIKELY
SEEDED = [
    (ID, K.ID_NUMBER, C),
    (full_width(ID), K.ID_NUMBER, C),
    (spaced(ID, 6), K.ID_NUMBER, C),
    (spaced(ID, 1), K.ID_NUMBER, C),
    (f"{ID[:6]}-{ID[6:14]}-{ID[14:]}", K.ID_NUMBER, C),
    (OTHER_ID.lower(), K.ID_NUMBER, C),
    (f"{ID[:6]}　{ID[6:]}", K.ID_NUMBER, C),
    (f"{ID[:10]}\u200b{ID[10:]}", K.ID_NUMBER, C),
    ("330681198005041111", K.ID_NUMBER, L),
    ("330681800504123", K.ID_NUMBER, L),
    ("13800138000", K.MOBILE, C),
    ("138 0013 8000", K.MOBILE, C),
    ("138-0013-8000", K.MOBILE, C),
    ("138.0013.8000", K.MOBILE, C),
    (full_width("13800138000"), K.MOBILE, C),
    ("１３８　００１３　８０００", K.MOBILE, C),
    ("1 3 8 0 0 1 3 8 0 0 0", K.MOBILE, C),
    ("+86 13800138000", K.MOBILE, C),
    ("0575 13800138000", K.MOBILE, C),
    ("13800138000 13900139000", K.MOBILE, C),
    ("一三八零零一三八零零零", K.MOBILE, C),
    ("幺三八〇〇幺三八〇〇〇", K.MOBILE, C),
    ("tel13800138000", K.MOBILE, C),
    ("138\u200d00138000", K.MOBILE, C),
    ("0575-87012345", K.LANDLINE, L),
    ("(0575)87012345", K.LANDLINE, L),
    ("（０５７５）８７０１２３４５", K.LANDLINE, L),
    ("010-62345678", K.LANDLINE, L),
    ("057587012345", K.LANDLINE, L),
    ("0575—87012345", K.LANDLINE, L),
    (card(), K.CARD, C),
    (spaced(card(), 4), K.CARD, C),
    (full_width(card()), K.CARD, C),
    ("浙DA1234", K.PLATE, C),
    ("浙D·A1234", K.PLATE, C),
    ("浙 D A1234", K.PLATE, C),
    ("浙DF12345", K.PLATE, C),
    (full_width("浙DA1234"), K.PLATE, C),
    ("zhang.san@example.com", K.EMAIL, C),
    ("zhangsan＠example．com", K.EMAIL, C),
    ("微信号zhang_san88", K.ACCOUNT, C),
    ("微信：zs880504", K.ACCOUNT, C),
    ("QQ：12345678", K.ACCOUNT, C),
    ("枫溪路12号3单元501室", K.ADDRESS, L),
    ("人民南路一百二十号", K.ADDRESS, L),
    ("望江花园8幢2单元301室", K.ADDRESS, L),
    ("三幢二单元501室", K.ADDRESS, L),
    ("东风弄 5 号", K.ADDRESS, L),
    ("张三丰", K.PARTY, C),
    ("张 三 丰", K.PARTY, C),
    ("张\u200b三丰", K.PARTY, C),
    ("李梅", K.PARTY, C),
    ("欧阳修远", K.PARTY, C),
    ("绍兴越锦纺织有限公司", K.PARTY, C),
    ("枫源村", K.PLACE, L),
    ("枫桥镇", K.PLACE, L),
    ("村民王建国", K.NAME, L),
    ("姓名：陈晓东", K.NAME, L),
    ("王强认为", K.NAME, L),
    ("阿卜杜拉·买买提", K.NAME, L),
]


def story(planted, seed):
    """A text of ordinary sentences with something planted in it."""
    rng = random.Random(seed)  # noqa: S311 - a test must be repeatable, not secret
    sentences = [
        "双方因排水沟的走向发生争执",
        "调解员多次上门，听取双方的意见",
        "王某与李某某同意各让一步",
        "赔偿款分三期付清，共计126000元",
    ]
    rng.shuffle(sentences)
    at = rng.randrange(len(sentences) + 1)
    return "。".join([*sentences[:at], f"其间提到：{planted}", *sentences[at:]]) + "。"


def test_there_are_sixty_seeded_texts():
    assert len(SEEDED) == 60


@pytest.mark.parametrize(("number", "case"), [*enumerate(SEEDED)])
def test_what_was_planted_is_found_where_it_stands(number, case):
    planted, kind, severity = case
    text = story(planted, seed=number)

    found = [mark for mark in marks_in(text, PARTIES) if mark.kind == kind]

    assert [mark.severity for mark in found[:1]] == [severity]
    for mark in found:
        assert text[mark.start : mark.end] == mark.text
        assert mark.text in planted


@pytest.mark.parametrize(
    "text",
    [
        "王某与李某某因相邻排水发生纠纷，张某甲到场作证。",
        "赵氏兄弟和钱姓村民都同意某村的方案。",
        "协议约定2026年11月23日前付清126000.00元，余款分12期付清。",
        "方面、方式、高度、金额、程序和应当都不是人名，调解员认为应当认可。",
        "依据《中华人民共和国民法典》第一千二百五十九条和（2025）某民初字第1234号判决书。",
        "村民高兴地表示，周边居民和江边住户都同意。",
        "热线12348全天可以拨打，面积为330.68平方米。",
        "统一社会信用代码91330681MA2BXXXX0Q已隐去。",
        "地块为3号地块，第2号窗口受理。",
    ],
)
def test_what_tells_nobody_is_no_mark(text):
    assert marks_in(text, PARTIES) == []


@pytest.mark.parametrize(
    ("name", "instead"),
    [("张三", "张某"), ("李小明", "李某某"), ("欧阳修", "欧阳某"), ("欧阳修远", "欧阳某某")],
)
def test_a_name_is_replaced_by_its_surname(name, instead):
    assert instead_of_name(name) == instead


def test_the_given_name_of_a_party_is_looked_at():
    marks = marks_in("三丰当场流泪。", PARTIES)
    assert [(mark.text, mark.severity) for mark in marks] == [("三丰", Severity.LIKELY)]


def test_two_sides_are_guessed_from_the_word_between_them():
    marks = marks_in("王建国与李小明因排水相争。", Known())
    assert [(mark.text, mark.suggestion) for mark in marks] == [
        ("王建国", "王某某"),
        ("李小明", "李某某"),
    ]


@given(st.text(alphabet="王李张某三丰与和因村路号幢0123456789138Xx 　.-@浙DA·：微信", max_size=60))
def test_marks_stand_in_order_never_overlap_and_the_pieces_are_the_text(text):
    marks = marks_in(text, PARTIES)
    ends = [0, *[mark.end for mark in marks]]
    assert all(mark.start >= end for mark, end in zip(marks, ends, strict=False))
    assert "".join(part for part, _mark in pieces(text, marks)) == text
