from datetime import date

import pytest

from grading.rules.levels import mapped, order, outcome
from grading.rules.scheme import SchemeFault
from tests.grading.rules.make_rules import open_rules, rule

MAPPING = """
mappings:
  - {from: level, to: stars, on: 2024-01-01, by: city_bureau, table: {L1: S3, L2: S2, L3: UNK}}
  - {from: level, to: stars, on: 2025-01-01, by: city_bureau, table: {L1: S2}}
  - {from: stars, to: level, on: UNK, by: city_bureau, table: {S3: L1}}
"""


def test_the_rank_and_not_the_label_says_what_is_higher():
    yuhuan = open_rules()["O2-zhejiang-yuhuan-2017"]

    assert order(yuhuan, "S", "L1") == "higher"
    assert order(yuhuan, "L2", "L1") == "lower"
    assert order(yuhuan, "L3", "L3") == "same"


def test_levels_of_another_scale_are_compared_in_it():
    assert order(rule(), "S3", "S2", scale="stars") == "higher"
    with pytest.raises(SchemeFault):
        order(rule(), "S3", "S2")


@pytest.mark.parametrize(
    ("took_part", "granted", "answer"),
    [
        (False, None, "not_participated"),
        (True, None, "不定级"),
        (True, "L3", "三级"),
    ],
)
def test_whoever_took_part_and_got_nothing_is_told_apart(took_part, granted, answer):
    ungraded = rule("{ungraded: {recorded: true, label: 不定级}}")

    assert outcome(ungraded, took_part, granted) == answer


def test_a_level_withheld_is_a_state_of_its_own():
    assert outcome(rule(), took_part=True, granted="L3", withheld=True) == "withheld"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("{ungraded: 不定级}", "不定级"),
        ("{ungraded: {recorded: true, label: UNK}}", "UNK"),
        ("{ungraded: UNK}", "UNK"),
        ("{ungraded: {recorded: true}}", "UNK"),
        ("{}", ""),
    ],
)
def test_the_word_for_no_level_is_the_rules_own(text, label):
    assert outcome(rule(text), took_part=True, granted=None) == label


def test_each_scale_may_have_its_own_word_for_no_level():
    scheme = rule("{ungraded: {label: 不定级, stars: {label: 无星}}}")

    assert outcome(scheme, took_part=True, granted=None, scale="stars") == "无星"
    assert outcome(scheme, took_part=True, granted="S2", scale="stars") == "二星"


@pytest.mark.parametrize(
    ("level", "day", "answer"),
    [
        ("L1", date(2023, 12, 31), "UNK"),
        ("L1", date(2024, 1, 1), "S3"),
        ("L1", date(2025, 1, 1), "S2"),
        ("L2", date(2025, 1, 1), None),
        ("L3", date(2024, 1, 1), "UNK"),
        ("L4", date(2024, 1, 1), None),
    ],
)
def test_only_a_decision_in_force_maps_a_level(level, day, answer):
    assert mapped(rule(MAPPING), level, "level", "stars", day) == answer


def test_a_mapping_without_a_day_is_no_decision():
    assert mapped(rule(MAPPING), "S3", "stars", "level", date(2025, 1, 1)) == "UNK"
