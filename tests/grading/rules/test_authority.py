import pytest

from grading.rules.authority import authority, unresolved
from grading.rules.scheme import SchemeFault
from tests.grading.rules.make_rules import open_rules, rule

MATRIX = """
open_levels: [L2, L3, L4]
authority:
  - {when: {level: [L3, L4], org_kind: industry}, first_review: association, evaluate: city_panel}
  - {when: {level: L3}, first_review: town, evaluate: panel, confirm: county_bureau, publish: town}
  - {when: {levels: [L4], tier: [village, town]}, evaluate: panel, confirm: UNK}
  - {when: {level: [L2]}, first_review: county_bureau, forward_to: city_association}
"""


@pytest.mark.parametrize(
    ("level", "org", "field", "answer"),
    [
        ("L3", "industry", None, "city_panel"),
        ("L3", "village", None, "county_bureau"),
        ("L3", None, None, "county_bureau"),
        ("L4", "town", None, "UNK"),
        ("L4", {"tier": "village"}, "evaluate", "panel"),
        ("L4", {"org_kind": "village"}, None, "unresolved"),
        ("L4", "city", None, "unresolved"),
        ("L2", "village", None, "forward_only"),
        ("L2", "village", "forward_to", "city_association"),
        ("L2", "village", "first_review", "county_bureau"),
        ("L2", "village", "confirm", "unresolved"),
        ("L3", "village", "publish", "town"),
        ("L1", "village", None, "unresolved"),
    ],
)
def test_the_first_row_that_fits_holds(level, org, field, answer):
    assert authority(rule(MATRIX), level, org, field) == answer


def test_every_open_level_and_kind_that_nobody_decides_is_listed():
    assert unresolved(rule(MATRIX), ["village", "city", "industry"]) == [("L4", "city")]


def test_an_unknown_condition_hides_the_rows_behind_it():
    scheme = rule(
        "{authority: [{when: {level: L1, tier: UNK}, confirm: a}, {when: {}, confirm: b}]}"
    )

    assert authority(scheme, "L1", "town") == "UNK"
    assert authority(scheme, "L2", "town") == "b"


@pytest.mark.parametrize(
    ("row", "answer"),
    [
        ("{when: {}, evaluate: panel}", "panel"),
        ("{evaluate: panel, forward_only: true}", "forward_only"),
        ("{when: {tier: any}, confirm: {body: bureau, within: 10}}", "bureau"),
        ("{when: {scale: stars}, confirm: association}", "unresolved"),
        ("{forward_to: UNK}", "UNK"),
        ("{when: UNK, confirm: bureau}", "UNK"),
    ],
)
def test_the_deciding_body_is_who_confirms_or_else_evaluates(row, answer):
    assert authority(rule(f"{{authority: [{row}]}}"), "L1", "town") == answer


def test_further_facts_may_be_asked_for():
    scheme = rule("{authority: [{when: {scale: stars}, confirm: association}]}")

    assert authority(scheme, "S3", None, scale="stars") == "association"


def test_the_published_rules_name_their_bodies():
    rules = open_rules()

    assert authority(rules["O3-guangdong-chaoan"], "L3", "town") == "county_bureau_committee"
    assert authority(rules["O2-zhejiang-yuhuan-2017"], "L1", "town") == "county_bureau"
    assert authority(rules["O2-zhejiang-yuhuan-2017"], "S", "town") == "UNK"
    assert authority(rules["O1-national"], "L1", None) == "mediators_association_same_tier"


def test_a_rule_that_says_nothing_of_bodies_is_unknown():
    assert authority(rule(), "L1", "town") == "UNK"


@pytest.mark.parametrize("row", ["bureau", "{when: [L1], confirm: a}"])
def test_a_row_that_is_not_understood_is_a_fault(row):
    with pytest.raises(SchemeFault):
        authority(rule(f"{{authority: [{row}]}}"), "L1", "town")
