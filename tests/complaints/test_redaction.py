"""Sixty texts with planted identities: nothing of them is left once the suggestions are taken."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.rules.redaction import (
    Hidden,
    PieceKind,
    doubtful,
    leftovers,
    pieces,
    redacted,
    suggestions,
)

SAMPLES = json.loads(
    (Path(__file__).parent / "samples" / "redaction.json").read_text(encoding="utf-8")
)
RESPONDENT = "楼建国"
PARTIES = ("周水根",)
WHO = Hidden(name="钱一民", phone="13900001111", address="诸暨市枫桥镇枫源村12组8号")
K = PieceKind


def cleaned(text, hidden, keep=(RESPONDENT,)):
    return redacted(text, suggestions(text, hidden, keep))


def test_there_are_sixty_texts_and_each_is_refused_or_looked_at_as_it_stands():
    assert len(SAMPLES) == 60
    for sample in SAMPLES:
        hidden = Hidden.of(sample["identity"], PARTIES)
        found = {one.text for one in suggestions(sample["text"], hidden) if one.is_certain}
        assert found, sample["text"]


@pytest.mark.parametrize("sample", SAMPLES, ids=range(len(SAMPLES)))
def test_nothing_planted_is_left_and_the_person_complained_of_still_stands(sample):
    hidden = Hidden.of(sample["identity"], PARTIES)
    text = cleaned(sample["text"], hidden)
    assert [piece for piece in sample["planted"] if piece in text] == []
    assert leftovers(text, hidden) == []
    assert (RESPONDENT in text) == (RESPONDENT in sample["text"])


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("调解员收了钱。", []),
        ("钱一民来过", [K.NAME]),
        ("钱 一 民来过", [K.NAME]),
        ("钱\u200b一民来过", [K.NAME]),
        ("电话139 0000 1111", [K.MOBILE]),
        ("打１３９００００１１１１", [K.MOBILE]),
        ("住诸暨市枫桥镇枫源村12组8号", [K.ADDRESS]),
        ("别人的电话13700002222", [K.MOBILE]),
        ("证件33068119800504123X或者330681198005041111", [K.ID_NUMBER]),
        ("周水根送酒", [K.PARTY]),
        ("钱一民 13900001111", [K.NAME, K.MOBILE]),
    ],
)
def test_what_may_not_go_out_is_told_by_kind(text, kinds):
    hidden = Hidden(WHO.name, WHO.phone, WHO.address, parties=PARTIES)
    assert leftovers(text, hidden) == kinds


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我是死者的妻子，", K.RELATION),
        ("我丈夫去调解", K.RELATION),
        ("我在镇上开的超市上班", K.RELATION),
        ("2026年3月5日上午", K.DAY),
        ("枫源村的事", K.PLACE),
    ],
)
def test_what_may_tell_who_it_is_is_marked_and_left_to_a_person(text, kind):
    [found] = [one for one in suggestions(text, WHO) if one.kind == kind]
    assert not found.is_certain
    assert found.replacement == found.text
    assert redacted(text, [found]) == text


def test_somebody_of_the_same_surname_keeps_the_name_that_must_stay():
    text = "调解员钱大海说：钱女士你等等。"
    assert cleaned(text, WHO, keep=("钱大海",)) == "调解员钱大海说：投诉人你等等。"


def test_words_with_the_surname_are_no_names():
    for text in ["要交钱。", "付了老钱款", "钱江边的调解室", "还钱给他"]:
        assert cleaned(text, WHO) == text


def test_an_anonymous_complaint_hides_numbers_and_addresses_all_the_same():
    nobody = Hidden.of({})
    assert leftovers("随便写写", nobody) == []
    assert cleaned("电话13700002222，住东盛小区7幢301室", nobody) == "电话（电话略），某处"


def test_of_several_who_sign_none_is_left():
    hidden = Hidden(name="钱一民、周美凤")
    assert leftovers("周美凤说的", hidden) == [K.NAME]
    assert cleaned("钱一民和周美凤", hidden) == "投诉人和投诉人"


def test_a_sheet_is_looked_at_once_more_for_all_but_days():
    assert [one.kind for one in doubtful("3月5日我丈夫去了枫源村", WHO)] == [K.RELATION, K.PLACE]


def test_the_parts_of_a_text_make_the_text():
    for sample in SAMPLES:
        found = suggestions(sample["text"], Hidden.of(sample["identity"]))
        assert "".join(part for part, _one in pieces(sample["text"], found)) == sample["text"]


FILLER = st.text(alphabet="调解员说我们收了他的东西不给办，。；0123 \n\u200b", max_size=20)
PLANTED = st.sampled_from(
    ["钱一民", "钱 一 民", "13900001111", "139-0000-1111", "诸暨市枫桥镇枫源村12组8号"]
)


@given(before=FILLER, planted=PLANTED, after=FILLER)
def test_wherever_an_identity_is_planted_nothing_of_it_stays(before, planted, after):
    text = f"{before}，{planted}，{after}"
    assert leftovers(cleaned(text, WHO), WHO) == []


@given(st.text(max_size=80))
def test_any_text_is_taken_apart_without_overlaps(text):
    found = suggestions(text, WHO)
    assert all(one.end <= next_one.start for one, next_one in pairwise(found))
    assert all(text[one.start : one.end] == one.text for one in found)
