import pytest

from grading.rules.paths import path, skip_condition
from grading.rules.scheme import SchemeFault
from grading.rules.unknown import UNK
from tests.grading.rules.make_rules import open_rules, rule


def of(text, more=""):
    return rule(f"{{path: {{{text}}}{more}}}")


@pytest.mark.parametrize(
    ("first", "allowed"),
    [
        ("any", ["L1", "L2", "L3", "L4"]),
        ("lowest", ["L4"]),
        ("[L3, L4]", ["L3", "L4"]),
        ("{levels: [L2]}", ["L2"]),
        ("L3", ["L3"]),
        ("UNK", []),
    ],
)
def test_a_first_application_is_for_the_levels_the_rule_names(first, allowed):
    scheme = of(f"first: {first}")

    found = [level.code for level in scheme.levels if path(scheme, None, level.code) == "allowed"]

    assert found == allowed


@pytest.mark.parametrize(
    ("promotion", "skip", "allowed"),
    [
        ("next", None, ["L2"]),
        ("next", True, ["L2"]),
        ("any", None, ["L1", "L2"]),
        ("skip_if", None, ["L2"]),
        ("skip_if", False, ["L2"]),
        ("skip_if", True, ["L1", "L2"]),
        ("{skip_if: {flag: merit}}", True, ["L1", "L2"]),
        ("UNK", True, []),
    ],
)
def test_promotion_goes_upwards_as_far_as_the_rule_allows(promotion, skip, allowed):
    scheme = of(f"first: any, promotion: {promotion}")

    found = [
        one.code for one in scheme.levels if path(scheme, "L3", one.code, None, skip) == "allowed"
    ]

    assert found == allowed


def test_a_level_that_is_not_open_is_refused():
    scheme = of("first: any, promotion: any", ", open_levels: [L3, L4]")

    assert path(scheme, None, "L2") == "refused"
    assert path(scheme, "L4", "L2") == "refused"
    assert path(scheme, "L4", "L3") == "allowed"


@pytest.mark.parametrize(
    ("least", "years", "answer"),
    [
        ("2", 2, "allowed"),
        ("2", 1, "refused"),
        ("2", None, "allowed"),
        ("{L3: 3}", 2, "refused"),
        ("{L4: 3}", 2, "allowed"),
        ("UNK", 9, "refused"),
    ],
)
def test_years_in_the_present_level_count_when_they_are_asked(least, years, answer):
    scheme = of(f"promotion: next, min_years_in_level: {least}")

    assert path(scheme, "L3", "L2", years) == answer


def test_a_rule_that_says_nothing_refuses():
    yuhuan = open_rules()["O2-zhejiang-yuhuan-2017"]

    assert path(yuhuan, None, "L3") == "refused"
    assert path(yuhuan, "L3", "L2") == "refused"
    assert path(rule(), None, "L4") == "refused"


def test_the_condition_for_skipping_is_handed_out():
    assert skip_condition(of("promotion: {skip_if: {flag: merit}}")) == {"flag": "merit"}
    assert skip_condition(of("promotion: skip_if, skip_if: {flag: merit}")) == {"flag": "merit"}
    assert skip_condition(of("promotion: skip_if")) is UNK


@pytest.mark.parametrize("text", ["promotion: sideways", "first: L9", "promotion: {until: L1}"])
def test_a_path_that_is_not_understood_is_a_fault(text):
    with pytest.raises(SchemeFault):
        path(of(text), "L3" if "promotion" in text else None, "L2")
