from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from grading.rules.benefits import Benefit, benefit, credit, eligible
from grading.rules.scheme import SchemeFault
from grading.rules.unknown import UNK
from tests.grading.rules.make_rules import open_rules, rule

CASES = [
    "{L1: {easy: 100, hard: '300.50'}, L2: {easy: 80, any: 90}}",
    "[{level: L1, case_class: easy, amount: 100}, {level: L1, case_class: hard, value: '300.50'},"
    " {level: L2, case_class: easy, amount: 80}, {level: L2, amount: 90}]",
]


def of(text):
    return rule(f"{{benefits: {text}}}")


@pytest.mark.parametrize("table", CASES)
@pytest.mark.parametrize(
    ("level", "case_class", "amount"),
    [
        ("L1", "easy", "100"),
        ("L1", "hard", "300.50"),
        ("L2", "easy", "80"),
        ("L2", "hard", "90"),
        ("L3", "easy", None),
    ],
)
def test_a_table_gives_an_amount_by_level_and_class(table, level, case_class, amount):
    scheme = of(f"[{{kind: per_case, by: [level, case_class], table: {table}}}]")

    found = benefit(scheme, "per_case", level, case_class)

    assert found == (amount and Benefit("amount", Decimal(amount)))


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("{table: {L1: 500}}", Benefit("amount", Decimal(500))),
        ("{form: multiplier, table: {L1: '1.5'}}", Benefit("multiplier", Decimal("1.5"))),
        ("{table: {L1: {multiplier: '1.5'}}}", Benefit("multiplier", Decimal("1.5"))),
        ("{of: wage, table: {L1: {percent: 30}}}", Benefit("index", Decimal("0.3"), "wage")),
        ("{form: index, of: wage, table: {L1: 30%}}", Benefit("index", Decimal("0.3"), "wage")),
        ("{table: {L1: {index: '0.3', of: wage}}}", Benefit("index", Decimal("0.3"), "wage")),
        ("{of: UNK, table: {L1: {percent: 30}}}", "UNK"),
        ("{table: {L1: UNK}}", "UNK"),
        ("{table: UNK}", "UNK"),
        ("{by: [level]}", "UNK"),
        ("{table: {L2: 1}}", None),
    ],
)
def test_a_benefit_is_an_amount_a_factor_or_a_share_of_an_index(row, found):
    assert benefit(of(f"{{allowance: {row}}}"), "allowance", "L1") == found


def test_a_benefit_follows_its_dates():
    scheme = of("""
      [{kind: allowance, to: 2023-12-31, table: {L1: 400}},
       {kind: allowance, from: 2024-01-01, table: {L1: 500}}]""")

    assert benefit(scheme, "allowance", "L1", on=date(2023, 12, 31)).value == 400
    assert benefit(scheme, "allowance", "L1", on=date(2024, 1, 1)).value == 500
    assert benefit(scheme, "allowance", "L1") is None


def test_a_rule_that_does_not_know_its_benefits_promises_none():
    assert benefit(open_rules()["O3-guangdong-chaoan"], "allowance", "L4") == "UNK"
    assert benefit(rule(), "allowance", "L4") == "UNK"
    assert benefit(of("[]"), "allowance", "L4") is None


@pytest.mark.parametrize(("level", "answer"), [("L1", "yes"), ("L3", "yes"), ("L4", "no")])
def test_an_award_may_ask_for_a_level(level, answer):
    assert eligible(of("{award: {min_level: L3}}"), "award", level) == answer
    assert eligible(of("{award: {min_level: UNK}}"), "award", level) == "UNK"


def test_an_oral_case_may_bring_a_part():
    scheme = of("{per_case: {partial: {oral: 50%, failed: 1/3, other: UNK}, table: {L1: 100}}}")

    assert credit(scheme, "per_case", "oral") == Fraction(1, 2)
    assert credit(scheme, "per_case", "failed") == Fraction(1, 3)
    assert credit(scheme, "per_case", "other") is UNK
    assert credit(of("[]"), "per_case", "oral") is UNK


@pytest.mark.parametrize(
    "text",
    [
        "{allowance: {form: gift, table: {L1: 1}}}",
        "{allowance: {by: [weather], table: {L1: 1}}}",
        "{allowance: {table: {L1: {amount: 1, multiplier: 2}}}}",
        "{allowance: {tables: {L1: 1}}}",
        "[{kind: allowance, table: {L1: 1}}, {kind: allowance, table: {L1: 2}}]",
    ],
)
def test_a_benefit_that_is_not_understood_is_a_fault(text):
    with pytest.raises(SchemeFault):
        benefit(of(text), "allowance", "L1")
