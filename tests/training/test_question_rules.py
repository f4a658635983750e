"""Checks of content, likeness of texts, and law that is out of date."""

import copy
import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.make_questions import CONTENT, FIXTURES
from training.rules.content import SLACK, faults, fingerprint, number, shares, topped_up
from training.rules.laws import law_lines, outdated, read_laws
from training.rules.likeness import alike, normalised
from training.rules.remarks import SENTENCES, remark, sentence

LAWS = json.loads((FIXTURES / "laws.json").read_text(encoding="utf-8"))
ON = date(2026, 11, 23)
DAY = timedelta(days=1)


def codes(kind, content, stem="怎样？"):
    return [said["code"] for said in faults(kind, stem, content)]


def changed(kind, *path, value):
    content = copy.deepcopy(CONTENT[kind])
    place = content
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return content


@pytest.mark.parametrize("kind", CONTENT)
def test_sound_content_has_no_fault(kind):
    assert codes(kind, CONTENT[kind]) == []


@pytest.mark.parametrize(
    ("kind", "path", "value", "code"),
    [
        ("single", ["options", 0, "weight"], "0", "no_right_option"),
        ("single", ["options", 1, "weight"], "100", "several_right"),
        ("single", ["options", 0, "weight"], "60", "weights"),
        ("single", ["options", 0, "weight"], "viel", "bad_weight"),
        ("single", ["options", 1, "weight"], "-101", "bad_weight"),
        ("single", ["options", 0, "text"], " ", "empty_option"),
        ("single", ["options", 1, "text"], " 由村民委员会设立 ", "same_option"),
        ("single", ["options", 1, "id"], "a", "shape"),
        ("single", ["options"], [], "few_options"),
        ("single", ["options"], None, "shape"),
        ("multiple", ["options", 0, "weight"], "60", "weights"),
        ("multiple", ["options", 0, "weight"], "49.98", "weights"),
        ("true_false", ["options"], [], "two_truths"),
        ("true_false", ["options", 0, "weight"], "0", "no_right_option"),
        ("fill_in", ["accepted"], [], "no_answer"),
        ("fill_in", ["accepted", 0, "text"], "", "empty_answer"),
        ("fill_in", ["accepted", 0, "weight"], "90", "no_full_answer"),
        ("numerical", ["accepted", 0, "low"], "32", "empty_range"),
        ("numerical", ["accepted", 0, "low"], "三", "bad_number"),
        ("numerical", ["accepted", 0, "high"], "Infinity", "bad_number"),
        ("matching", ["pairs", 0, "left"], "", "few_pairs"),
        ("matching", ["pairs", 0, "right"], "", "empty_pair"),
        ("matching", ["pairs", 1, "left"], "人民调解", "same_left"),
        ("essay", ["guide", 0, "point"], "", "empty_point"),
        ("essay", ["guide", 0, "marks"], "-1", "bad_marks"),
        ("essay", ["guide", 0, "point"], "长" * 2001, "long_text"),
    ],
)
def test_each_fault_of_content_is_found(kind, path, value, code):
    assert code in codes(kind, changed(kind, *path, value=value))


def test_a_hundredth_of_the_marks_is_no_fault():
    assert codes("multiple", changed("multiple", "options", 0, "weight", value="49.99")) == []


@pytest.mark.parametrize(
    ("stem", "found"), [("", ["no_stem"]), ("长" * 4001, ["long_stem"]), ("长" * 4000, [])]
)
def test_the_text_of_a_question_has_bounds(stem, found):
    assert codes("single", CONTENT["single"], stem) == found


@pytest.mark.parametrize(
    "content", [{}, {"options": "ab"}, {"options": [1]}, {"options": [{}]}, [], None]
)
def test_content_of_another_shape_is_a_fault_not_a_failure(content):
    assert codes("single", content) == ["shape"]


def test_every_remark_can_be_read():
    figures = {
        "most": 3, "least": 2, "text": "甲", "count": 2, "total": "90", "low": "3", "high": "1",
        "of": "Q-1", "percent": 80, "law": "法", "since": "2021-01-01", "instead": "典",
        "article": "1", "now": "2", "kind": "cloze", "topic": "x", "line": 3, "mark": "x",
    }  # fmt: skip
    for code in SENTENCES:
        assert "%(" not in sentence(remark(code, **figures))


def test_a_remark_of_an_older_edition_is_no_failure():
    assert sentence({"code": "gone"})


@given(st.integers(1, 30))
def test_equal_shares_come_to_a_hundred(count):
    weights = [number(weight) for weight in shares(count)]

    assert sum(weights) == 100
    assert max(weights) - min(weights) <= SLACK


def test_thirds_are_topped_up_and_halves_that_are_wrong_are_not():
    assert topped_up(["33.333", "33.333", "33.333", "-50"]) == ["33.333", "33.333", "33.334", "-50"]
    assert topped_up(["50", "40"]) == ["50", "40"]


def test_order_width_and_marks_of_punctuation_make_no_new_question():
    options = CONTENT["single"]["options"]
    other = {"options": [{**one, "weight": "0"} for one in reversed(options)]}

    assert fingerprint("single", "怎样设立?", CONTENT["single"]) == fingerprint(
        "single", " 怎样设立？", other
    )
    assert fingerprint("single", "怎样设立", CONTENT["single"]) != fingerprint(
        "single", "由谁设立", other
    )


# Likeness


def test_texts_are_compared_without_width_case_blanks_and_marks():
    assert normalised("ＡＢ c，《民法典》 第 1 条。") == "abc民法典第1条"


def test_a_text_nearly_the_same_is_found_in_bank_and_file():
    bank = {"Q1": "自用工之日起超过一个月不满一年未订立书面劳动合同的，支付几倍工资？"}
    new = {
        1: "《劳动合同法》规定，自用工之日起超过一个月不满一年未订立书面劳动合同的，支付几倍工资？",
        2: "人民调解委员会调解民间纠纷收取费用吗？",
        3: "人民调解委员会调解民间纠纷，收取费用吗",
    }

    found = alike(new, bank)

    assert {key: other for key, (other, _share) in found.items()} == {1: "Q1", 3: 2}
    assert found[3][1] == 1.0


texts = st.text(alphabet="甲乙丙丁戊己", max_size=12)


@given(st.lists(texts, max_size=8), st.lists(texts, max_size=8))
def test_comparing_in_sets_finds_what_comparing_pairs_finds(new, bank):
    new = {("new", position): text for position, text in enumerate(new)}
    bank = {("bank", position): text for position, text in enumerate(bank)}

    found = alike(new, bank)

    for position, (key, text) in enumerate(new.items()):
        others = [*bank.values(), *list(new.values())[:position]]
        best = max([_share(text, other) for other in others], default=0)
        assert (key in found) == (best >= 0.6)
        if key in found:
            assert found[key][1] == best


def _share(one, other):
    a, b = ({t[i : i + 3] for i in range(max(1, len(t) - 2))} - {""} for t in (one, other))
    return len(a & b) / len(a | b) if a | b else 0


# Law


@pytest.mark.parametrize(
    ("text", "laws"),
    [
        ("人民调解法第4、5条;民法典第1127条", [("人民调解法", "4、5"), ("民法典", "1127")]),
        ("《民法典》第一千条", [("民法典", "第一千条")]),
        ("监察法(2024)第15条第5项", [("监察法(2024)", "第15条第5项")]),
        ("(理论题)", []),
        ("", []),
        ("信访工作条例", [("信访工作条例", "")]),
    ],
)
def test_laws_are_read_from_text(text, laws):
    assert [(basis["law"], basis["article"]) for basis in read_laws(text)] == laws
    assert read_laws(law_lines(read_laws(text))) == read_laws(text)


def found(stem="问", law_basis=(), on=ON, options=()):
    content = {"options": [{"text": text} for text in options]}
    said = outdated(stem, content, read_laws(";".join(law_basis)), LAWS, on)
    return [(told["code"], told["law"]) for told in said]


@pytest.mark.parametrize("law", [change["law"] for change in LAWS["repealed"]])
def test_a_repealed_law_is_found_from_its_last_day_on(law):
    since = next(date.fromisoformat(c["since"]) for c in LAWS["repealed"] if c["law"] == law)
    wanted = [("repealed_law", law)]

    assert found(f"依据《{law}》，谁继承？", on=since) == wanted
    assert found(f"依据《中华人民共和国{law}》，谁继承？") == wanted
    assert found(law_basis=[f"{law}第3条"]) == wanted
    assert found(options=[f"依{law}办理"]) == wanted
    assert found(f"依据《{law}》，谁继承？", on=since - DAY) == []


@pytest.mark.parametrize(
    "stem",
    [
        "依据《劳动合同法》办理",
        "依劳动合同法办理",
        "合同法律关系",
        "民法典合同编",
        "婚姻法定年龄",
        "《信访工作条例》",
    ],
)
def test_what_only_looks_like_a_repealed_law_is_none(stem):
    assert found(stem) == []


@pytest.mark.parametrize(
    ("basis", "said"),
    [
        ("民事诉讼法第194条", [("renumbered", "民事诉讼法")]),
        (
            "民事诉讼法(2021)第201条",
            [("older_edition", "民事诉讼法"), ("renumbered", "民事诉讼法")],
        ),
        ("民事诉讼法(2023)第205条", []),
        ("民事诉讼法第205、206条", []),
        ("民事诉讼法(2023)第194条", []),
        ("仲裁法(2017)第3条", [("older_edition", "仲裁法")]),
        ("仲裁法第3条", []),
    ],
)
def test_a_law_renumbered_or_in_an_older_edition_is_found(basis, said):
    assert found(law_basis=[basis]) == said


def test_an_edition_is_old_from_the_day_of_the_newer():
    assert found(law_basis=["仲裁法(2017)第3条"], on=date(2026, 2, 28)) == []
    assert found(law_basis=["仲裁法(2017)第3条"], on=date(2026, 3, 1)) != []
