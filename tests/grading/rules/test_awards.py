"""What a rule says of its selection, as rankings and cuts ask for it; and what is counted."""

from decimal import Decimal
from fractions import Fraction

import pytest

from grading.rules import awards, sheets
from grading.rules.criteria import criteria_of, labels_of
from grading.rules.cutting import ShareLimit
from grading.rules.extras import Extra, extra, unapplied, whole_score
from grading.rules.facts import Facts
from grading.rules.ranking import TieBreak
from grading.rules.scheme import Scheme
from grading.rules.unknown import UNK

pytestmark = pytest.mark.usefixtures("in_english")


def scheme(**sections):
    levels = [{"code": "l4", "label": "四级", "rank": 4}]
    return Scheme({"id": "X", "levels": levels, **sections})


def terms(count=10, districts=("a", "b"), **selection):
    return awards.terms(scheme(selection=selection), "l4", count, set(districts))


def test_no_quota_leaves_the_number_of_places_open():
    assert terms() == awards.Terms()


@pytest.mark.parametrize(
    ("quota", "places"),
    [({"number": 3}, 3), ({"percent": 25}, 2), ({"percent": 25, "rounding": "up"}, 3)],
)
def test_a_quota_is_a_number_or_a_share_of_those_ranked(quota, places):
    assert terms(quotas=[{"level": "l4", **quota}]).places == places


@pytest.mark.parametrize(
    "selection",
    [
        {"quotas": [{"level": "l4", "number": UNK}]},
        {"quotas": UNK},
        {"share_limits": UNK},
        {"coverage": UNK},
        {"reserve": UNK},
        {"quotas": [{"level": "l4", "number": 3, "by": "category", "numbers": {"x": UNK}}]},
    ],
)
def test_what_the_rule_does_not_know_bars_the_award(selection):
    assert terms(**selection).faults == ("The rule does not say how many get this level.",)


def test_limits_coverage_and_reserve_are_taken_over():
    found = terms(
        quotas=[{"level": "l4", "number": 5, "by": "employment", "numbers": {"part_time": 2}}],
        share_limits={"full_time": {"share": "50%", "by": "category"}},
        coverage={"per": "county", "min": 1},
        reserve=2,
    )
    assert found.limits == (
        ShareLimit("full_time", share=Fraction(1, 2)),
        ShareLimit("part_time", number=2),
    )
    assert (found.coverage, found.reserve, found.faults) == ({"a": 1, "b": 1}, 2, ())


def test_what_nobody_knows_of_people_bars_the_award():
    found = terms(
        share_limits={"party": {"share": "50%", "by": "party_member", "values": ["yes"]}},
        coverage={"per": "trade", "min": 1},
    )
    assert found.faults == (
        "The rule limits places by “party_member”, which is not known of people here.",
        "The rule covers everybody by “trade”, which is not known here.",
    )


@pytest.mark.parametrize(
    ("tie", "policies", "keys"),
    [
        ("include_all", ("include_all",), ()),
        ("exclude", ("exclude_all",), ()),
        ("lot", ("lot",), ()),
        ("manual", ("senior_body",), ()),
        (["-age"], ("tie_break",), (TieBreak("age", highest_first=False),)),
        (UNK, (), ()),
        (None, (), ()),
    ],
)
def test_the_words_for_ties_are_policies(tie, policies, keys):
    found = terms(tie_at_cut=tie)
    assert (found.policies, found.keys) == (policies, keys)


def test_an_unknown_word_for_ties_bars_the_award():
    assert terms(tie_at_cut="coin").faults == ("“coin” is no way to settle a tie.",)


@pytest.mark.parametrize(
    ("tie", "policies"),
    [
        (UNK, ("senior_body",)),
        (["age"], ("tie_break", "senior_body")),
        ("lot", ("lot",)),
        ("include_all", ("include_all",)),
    ],
)
def test_an_order_by_two_officers_fills_in_where_the_rule_is_silent(tie, policies):
    found = awards.ties(terms(tie_at_cut=tie), seed="", senior=(1, 2))
    assert (found.policies, found.seed) == (policies, None)


def test_tie_breaks_are_those_of_the_ranking_and_then_of_the_sheet():
    rule = scheme(
        selection={"rank_by": ["score", "service_years"]},
        sheet={"tie_break": ["skill", {"key": "age", "order": "lowest"}]},
    )
    assert awards.tie_breaks(rule) == (
        TieBreak("service_years"), TieBreak("skill"), TieBreak("age", highest_first=False),
    )  # fmt: skip
    unknown = scheme(selection={"rank_by": UNK}, sheet={"tie_break": UNK})
    assert awards.tie_breaks(unknown) == ()


SHEET = {
    "items": [
        {"id": "skill", "label": "能力", "range": [0, 40]},
        {"id": "awards", "each": 2, "cap": 10, "bonus": True},
        {"id": "papers", "each": 1},
    ],
    "bonus_cap": 5,
    "cap": 48,
}
METRICS = {"awards": {"field": "honours"}, "papers": {"field": "written"}}


def counted(**values):
    return extra(scheme(sheet=SHEET, metrics=METRICS), Facts(values))


def test_what_is_counted_has_its_points_and_its_cap():
    assert counted(honours=9, written=3).points == {"awards": 10, "papers": 3}
    assert counted(honours=0, written=0) == Extra(
        {"awards": 0, "papers": 0}, (), frozenset({"awards"})
    )


def test_what_is_not_known_is_left_out_by_name():
    assert counted(honours=1) == Extra({"awards": 2}, ("papers",), frozenset({"awards"}))
    assert extra(scheme(sheet=SHEET), Facts({"honours": 1})).left_out == ("awards", "papers")
    assert counted(honours=-1, written=1).left_out == ("awards",)
    assert extra(scheme(), Facts({})) == Extra({})


def test_bonus_and_the_whole_keep_their_caps():
    rule, found = scheme(sheet=SHEET, metrics=METRICS), counted(honours=9, written=3)
    assert whole_score(rule, Decimal(30), found) == 38
    assert whole_score(rule, Decimal(42), found) == 48
    unknown = scheme(sheet={**SHEET, "bonus_cap": UNK}, metrics=METRICS)
    assert whole_score(unknown, Decimal(30), found) is UNK


def test_points_given_by_hand_carry_the_weight_of_their_section():
    rule = scheme(
        sheet={
            "sections": {
                "one": {"weight": 40, "items": {"a": {"range": [0, 100], "label": "甲"}}},
                "two": {"weight": 60, "items": {"b": {"range": [0, 100]}}},
            }
        }
    )
    assert [(one.code, one.weight) for one in criteria_of(rule)] == [
        ("a", Decimal("0.4")), ("b", Decimal("0.6")),
    ]  # fmt: skip
    assert labels_of(rule) == {"a": "甲", "b": "b"}


SECTIONS = {
    "sections": {
        "work": {"weight": 40, "items": {"skill": {"range": [0, 100]}}},
        "papers": {
            "weight": 60, "base": 10, "cap": 20, "items": {"written": {"each": 5}},
        },
    },
    "bonus": {"awards": {"each": 4}},
    "bonus_cap": 6,
    "decimals": 0,
    "rounding": "down",
}  # fmt: skip


def test_sections_keep_their_bases_weights_and_caps_as_the_sheet_adds_up():
    rule = scheme(
        sheet=SECTIONS, metrics={"written": {"field": "written"}, "awards": {"field": "honours"}}
    )
    for written, honours in ((0, 0), (1, 1), (9, 9)):
        found = extra(rule, Facts({"written": written, "honours": honours}))
        wanted = sheets.sheet(rule, {"skill": 50, "written": written, "awards": honours})[0]
        assert sheets.stated(rule, whole_score(rule, Decimal(20), found)) == wanted
    assert unapplied(rule) == []


BY_HAND = "“skill” is scored by hand, and its limits, sign or bonus cannot be applied here."
RANGE = {"skill": {"range": [0, 40]}}


@pytest.mark.parametrize(
    ("sheet", "sentences"),
    [
        ({"items": RANGE}, []),
        ({"items": RANGE, "raters": "mean", "decimals": 2}, []),
        ({"sections": {"one": {"items": RANGE, "base": 5}}}, []),
        ({"sections": {"one": {"items": RANGE, "cap": 30}}}, [BY_HAND]),
        ({"sections": {"one": {"items": RANGE, "floor": 3}}}, [BY_HAND]),
        ({"items": {"skill": {"range": [0, 40], "bonus": True}}}, [BY_HAND]),
        ({"items": {"skill": {"range": [0, 40], "cap": 30}}}, [BY_HAND]),
        ({"deductions": RANGE}, [BY_HAND]),
        ({"base": 60, "bonus_cap": 9, "items": RANGE}, [BY_HAND]),
        (
            {"items": {"skill": {"range": [0, UNK]}}},
            ["The rule does not know a number of “skill”."],
        ),
        (
            {"items": RANGE, "raters": "trimmed_mean"},
            ["The sheet asks for another way than the mean of its readers."],
        ),
        ({"items": RANGE, "decimals": 3}, ["The sheet asks for more than 2 decimals."]),
    ],
)
def test_what_is_not_applied_to_points_given_by_hand_is_said(sheet, sentences):
    assert unapplied(scheme(sheet=sheet)) == sentences


KNOWN = {"sex": {"female": "female", "女": "female", "male": "male", "男": "male"}}


@pytest.mark.parametrize(
    ("values", "limited"),
    [(["女"], ["female"]), (["female"], ["female"]), (["any"], ["female", "male"])],
)
def test_a_value_is_known_by_its_code_and_by_its_word(values, limited):
    rules = scheme(selection={"share_limits": {"w": {"share": "50%", "by": "gender",
                                                     "values": values}}})  # fmt: skip
    found = awards.terms(rules, "l4", 10, set(), known=KNOWN)
    assert found.limits == tuple(ShareLimit(one, share=Fraction(1, 2), by="sex") for one in limited)


def test_a_value_that_nobody_has_bars_the_award():
    rules = scheme(selection={"share_limits": {"w": {"share": "50%", "by": "sex",
                                                     "values": ["women"]}}})  # fmt: skip
    assert awards.terms(rules, "l4", 10, set(), known=KNOWN).faults == (
        "The rule limits places for “women”, which is no “sex” here.",
    )


def test_a_number_for_all_others_is_one_for_each_of_them():
    rules = scheme(selection={"quotas": [
        {"level": "l4", "number": 9, "by": "sex", "numbers": {"女": 3, "other": 2}},
    ]})  # fmt: skip
    assert awards.terms(rules, "l4", 10, set(), known=KNOWN).limits == (
        ShareLimit("female", number=3, by="sex"),
        ShareLimit("male", number=2, by="sex"),
    )
