from datetime import date
from decimal import Decimal

import pytest

from grading.rules.exams import awarded, duty, last_day, parts
from grading.rules.scheme import SchemeFault
from tests.grading.rules.make_rules import rule

TODAY = date(2024, 6, 1)
MEET = [
    "{compulsory: {max_age: 50}, voluntary: {min_age: 50}}",
    "[{duty: compulsory, max_age: 50}, {duty: voluntary, min_age: 50}]",
    "[{duty: mandatory, age: {以下: 50}}, {duty: optional, age: [以上, 50]}]",
    "{young: {duty: compulsory, age: {max: 50}}, old: {duty: voluntary, age: {min: 50}}}",
    "[{duty: compulsory, when: {cmp: [age, '<=', 50]}}, {duty: voluntary, age: ['>=', 50]}]",
    "[{duty: compulsory, age: 50周岁以下}, {duty: voluntary, age: '>=50'}]",
    "{compulsory: {cmp: [age, '<=', 50]}, voluntary: {cmp: [age, '>=', 50]}}",
]


def judge(predicate, facts):
    """Answer the only condition these tests use: a comparison with the age."""
    if predicate == {"flag": "unanswered"}:
        return None
    name, sign, limit = predicate["cmp"]
    return facts[name] >= limit if sign == ">=" else facts[name] <= limit


def of(text, more="", **changed):
    return rule(f"{{exam: {{groups: {text}}}{more}}}", **changed)


@pytest.mark.parametrize("text", MEET)
@pytest.mark.parametrize(
    ("age", "choice", "answer"),
    [
        (49, "voluntary", "compulsory"),
        (50, "compulsory", "compulsory"),
        (50, "voluntary", "voluntary"),
        (50, "UNK", "UNK"),
        (51, "compulsory", "voluntary"),
    ],
)
def test_a_reading_decides_where_two_groups_meet(text, age, choice, answer):
    scheme = of(text, f", readings: {{exam_boundary: {choice}}}")

    assert duty(scheme, age, judge) == answer


def test_a_reading_may_be_tried_and_may_have_any_name():
    tried = of(MEET[0], readings={"exam_boundary": "voluntary"})
    named = of(MEET[3], ", readings: {at_fifty: {choice: old, by: city}, oral: of_agreed}")
    explicit = rule(
        f"{{exam: {{groups: {MEET[0]}, reading: fifty}}, readings: {{fifty: voluntary}}}}"
    )

    assert duty(tried, 50, judge) == "voluntary"
    assert duty(of(f"{MEET[0]}, overlap: UNK"), 50, judge) == "UNK"
    assert duty(of(f"{MEET[0]}, overlap: voluntary"), 50, judge) == "voluntary"
    assert duty(named, 50, judge) == "voluntary"
    assert duty(explicit, 50, judge) == "voluntary"
    assert duty(of(MEET[0]), 50, judge) == "UNK"


def test_the_words_of_a_rule_may_keep_groups_apart():
    scheme = of(MEET[0], ", words: {以下: '<'}")

    assert duty(scheme, 50, judge) == "voluntary"
    assert duty(of(MEET[0], ", words: {以下: UNK}"), 50, judge) == "UNK"


def test_whom_no_group_takes_in_is_exempt():
    scheme = of("{compulsory: {max_age: 45}, voluntary: {age: {超过: 45, 不满: 60}}}")

    assert [duty(scheme, age, judge) for age in (45, 46, 59, 60)] == [
        "compulsory", "voluntary", "voluntary", "exempt",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "UNK",
        "{compulsory: UNK}",
        "{compulsory: {max_age: UNK}}",
        "[{duty: UNK, max_age: 60}]",
        "[{duty: compulsory, when: {flag: unanswered}}]",
        "[{duty: voluntary, max_age: 60}, {duty: compulsory, when: UNK}]",
    ],
)
def test_a_group_that_is_not_known_well_enough_leaves_it_unknown(text):
    assert duty(of(text), 50, judge) == "UNK"
    assert duty(rule(), 50, judge) == "UNK"


@pytest.mark.parametrize("text", ["{sometimes: {max_age: 5}}", "{compulsory: {until: 5}}", "all"])
def test_a_group_that_is_not_understood_is_a_fault(text):
    with pytest.raises(SchemeFault):
        duty(of(text), 50, judge)


PARTS = [
    "{parts: {law: {pass: 60, validity_years: 2}, skill: {pass: 70, validity_years: 2}}}",
    "{validity_years: 2, pass: 70, parts: [{id: law, pass_mark: 60}, skill]}",
    "{validity_years: 2, parts: {law: 60, skill: 70}}",
    "{validity_years: 2, full: 100, parts: {law: {pass: 60%}, skill: {pass: {percent: 70}}}}",
]


@pytest.mark.parametrize("text", PARTS)
@pytest.mark.parametrize(
    ("law", "skill", "answer"),
    [
        ([60, TODAY], [70, TODAY], "pass"),
        (["59.5", TODAY], [70, TODAY], "fail"),
        ([60, date(2022, 6, 1)], [70, TODAY], "pass"),
        ([60, date(2022, 5, 31)], [70, TODAY], "fail"),
        ([60, date(2024, 6, 2)], [70, TODAY], "fail"),
        ([60, TODAY], None, "fail"),
        ([60, TODAY], [None, TODAY], "fail"),
        ({"score": 60, "date": "2024-05-01"}, [[50, TODAY], [70, TODAY]], "pass"),
    ],
)
def test_every_part_needs_a_result_that_still_counts(text, law, skill, answer):
    results = {"law": law, "skill": skill}

    assert parts(rule(f"{{exam: {text}}}"), results, TODAY) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("{parts: {law: UNK}}", "UNK"),
        ("{parts: {law: {pass: 60, validity_years: UNK}}}", "UNK"),
        ("{parts: {law: {pass: 90, validity_years: UNK}}}", "fail"),
        ("{parts: {law: {pass: UNK}, skill: 60}}", "fail"),
        ("{parts: UNK}", "UNK"),
    ],
)
def test_an_unknown_mark_passes_nobody(text, answer):
    results = {"law": [80, TODAY]} if "law" in text else {}

    assert parts(rule(f"{{exam: {text}}}"), results, TODAY) == answer


def test_a_result_of_no_part_is_a_fault():
    with pytest.raises(SchemeFault):
        parts(rule("{exam: {parts: {law: 60}}}"), {"sport": [80, TODAY]}, TODAY)


def test_a_result_of_a_leap_day_counts_until_the_end_of_february():
    assert last_day(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert last_day(date(2024, 2, 29), 4) == date(2028, 2, 29)


def test_a_score_may_bring_a_level():
    scheme = rule("{exam: {bands: {L3: 80, L4: 60}}}")

    assert awarded(scheme, Decimal(79)) == "L4"
    assert awarded(scheme, Decimal(59)) is None
    assert awarded(rule(), Decimal(99)) == "UNK"
