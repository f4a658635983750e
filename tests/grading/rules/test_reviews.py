"""The annual review as pure arithmetic: shares, what is missing, bonus, deductions, bands."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading.rules.blockers import blockers
from grading.rules.documents import rule_sets, written
from grading.rules.operations import answer
from grading.rules.reviews import Found, reviewed
from grading.rules.scheme import Scheme, SchemeFault
from grading.rules.unknown import UNK

FIXTURE = Path(__file__).parents[3] / "fixtures" / "grading" / "reviews.yaml"
BANDS = [{"label": "优秀", "min": 90}, {"label": "合格", "min": 60}, {"label": "不合格", "min": 0}]
OVERLAPPING = [{"label": "a", "min": 50}, {"label": "b", "min": 0, "max": 60}]
NOTICE = {"days": 5, "day_kind": "working", "shows": ["name", "band"]}
OPEN = ["notice", "objection", "top", "steps", "consequences", "consecutive"]
TREE = [
    {"id": "work", "of": [{"id": "success", "weight": 40}, {"id": "fulfilled", "weight": 20}]},
    {"id": "satisfaction", "weight": 20},
    {"id": "training", "weight": 20},
]
LEAVES = {"success": 40, "fulfilled": 20, "satisfaction": 20, "training": 20}


def scheme(**section):
    section = {
        "indicators": TREE, "missing": "all", "decimals": 2, "rounding": "half_up", "floor": 0,
        "cap": 100, "bands": BANDS, "minimum_service": {"months": 6}, "full_mark": 100,
        "cycle": "year", "notice": NOTICE, "objection": {"days": 5, "day_kind": "working"},
        "steps": [{"id": "bureau", "indicators": "all"}], **section,
    }  # fmt: skip
    return Scheme({"id": "R", "review": section})


def published():
    return rule_sets(FIXTURE.read_text(encoding="utf-8"))


def score(rule, *, vetoes=(), **found):
    made = reviewed(rule, {name: Found(value) for name, value in found.items()}, vetoes=vetoes)
    return made.score


shares = st.fractions(0, 1, max_denominator=500)
somebody = st.dictionaries(st.sampled_from(sorted(LEAVES)), shares, min_size=1)
spreads = st.sampled_from(["all", "siblings"])


@given(somebody, spreads)
def test_a_review_is_never_outside_the_marks_and_tells_what_was_not_assessed(found, spread):
    made = reviewed(scheme(missing=spread), {name: Found(one) for name, one in found.items()})

    assert 0 <= made.score <= 100
    assert {line.indicator.name for line in made.flagged} == LEAVES.keys() - found.keys()


@given(shares, st.sets(st.sampled_from(sorted(LEAVES)), min_size=1), spreads)
def test_whoever_earns_one_share_everywhere_earns_it_whatever_is_missing(share, there, spread):
    made = reviewed(scheme(missing=spread), dict.fromkeys(there, Found(share)))

    assert made.weighted == 100 * share


@given(somebody, st.sampled_from(sorted(LEAVES)), spreads)
def test_more_of_one_indicator_is_never_worth_less(found, name, spread):
    rule = scheme(missing=spread)
    found = {**found, name: found.get(name, Fraction(1, 2))}
    better = {**found, name: min(found[name] + Fraction(1, 10), Fraction(1))}

    assert score(rule, **better) >= score(rule, **found)


@given(somebody)
def test_nothing_missing_nothing_is_spread(found):
    found = {**dict.fromkeys(LEAVES, Fraction(1, 3)), **found}
    made = reviewed(scheme(), {name: Found(one) for name, one in found.items()})

    assert made.weighted == made.earned == sum(LEAVES[name] * found[name] for name in LEAVES)
    assert made.flagged == ()


def test_a_missing_component_is_never_nought():
    """A peer's defect: 3.6 became 1.2 because two of three parts were missing."""
    three = [{"id": name, "weight": 5} for name in "abc"]
    rule = scheme(indicators=three, full_mark=15, cap=15, bands=[{"label": "any", "min": 0}])

    assert score(rule, a=Fraction(36, 50)) == Decimal("10.80")
    assert score(rule, a=Fraction(36, 50), b=Fraction(0), c=Fraction(0)) == Decimal("3.60")


def test_neighbours_come_first_where_the_rule_says_so():
    """Half of the work is missing: its points go to the other half, not to training."""
    found = {"success": 1, "satisfaction": 0, "training": 0}

    assert score(scheme(missing="siblings"), **found) == 60
    assert score(scheme(missing="all"), **found) == 50
    without_work = {"satisfaction": 1, "training": Fraction(1, 2)}
    assert score(scheme(missing="siblings"), **without_work) == 75


@pytest.mark.parametrize(
    ("missing", "found", "state"),
    [
        (UNK, {"success": 1}, "needs_rule"),
        ("all", {}, "not_assessed"),
        ({"spread": "all", "least_share": "50%"}, {"success": 1}, "too_little"),
        ({"spread": "all", "least_share": "40%"}, {"success": 1}, "done"),
    ],
)
def test_without_enough_there_is_no_score(missing, found, state):
    made = reviewed(scheme(missing=missing), {name: Found(one) for name, one in found.items()})

    assert made.state == state
    assert (made.score is None) is (state != "done")


def test_a_figure_of_too_few_says_nothing():
    rule = scheme(indicators=[{"id": "success", "weight": 100, "least_n": 5}])
    few, enough = Found(Fraction(1, 4), 1, 4), Found(Fraction(1, 5), 1, 5)

    assert reviewed(rule, {"success": few}).flagged[0].state == "too_few"
    assert reviewed(rule, {"success": enough}).score == 20


def test_bonus_is_capped_deductions_are_floored_and_the_whole_has_bounds():
    more = [
        *TREE,
        {"id": "awards", "bonus": True, "each": 4},
        {"id": "complaints", "deduct": 10, "cap": 30},
    ]
    rule = scheme(indicators=more, bonus_cap=10, cap=110)
    full = dict.fromkeys(LEAVES, 1)

    assert score(rule, **full, awards=2) == 108
    assert score(rule, **full, awards=5) == 110
    assert score(rule, **full, complaints=2) == 80
    assert score(rule, **full, complaints=9) == 70
    assert score(rule, **dict.fromkeys(LEAVES, 0), complaints=1) == 0


def test_points_by_hand_stay_within_their_indicator():
    rule = scheme(indicators=[{"id": "publicity", "weight": 10, "manual": True}], full_mark=10)

    assert score(rule, publicity=Decimal("7.5")) == Decimal("7.50")
    with pytest.raises(SchemeFault, match="11"):
        score(rule, publicity=11)


def test_a_line_a_table_and_growing_deductions():
    kinds = [
        {"id": "line", "weight": 40, "linear": {"from": "0.6", "to": 1}},
        {"id": "table", "weight": 60, "steps": {4: 30, 8: 60}},
        {"id": "late", "growing": {"first": 2, "then": 1}},
    ]
    rule = scheme(indicators=kinds)

    assert score(rule, line=Decimal("0.8"), table=8) == 80
    assert score(rule, line=Decimal("0.5"), table=4) == 30
    assert score(rule, line=1, table=7, late=[3, 0]) == 66


@pytest.mark.parametrize(
    ("vetoes", "expected"),
    [
        ((), (Decimal("100.00"), "优秀")),
        (("zero",), (Decimal(0), "不合格")),
        (({"cap": "合格"},), (Decimal("100.00"), "合格")),
        (({"cap": "优秀"},), (Decimal("100.00"), "优秀")),
        (({"cap": "合格"}, "zero"), (Decimal(0), "不合格")),
    ],
)
def test_vetoes_make_nought_or_cap_the_band(vetoes, expected):
    full = {name: Found(1) for name in LEAVES}
    made = reviewed(scheme(), full, vetoes=vetoes)

    assert (made.score, made.band) == expected


@given(st.integers(0, 10_000))
def test_every_score_of_a_sound_rule_has_one_band(hundredths):
    rule = scheme(indicators=[{"id": "whole", "weight": 100, "manual": True}])
    made = reviewed(rule, {"whole": Found(Decimal(hundredths) / 100)})

    assert made.band == ("优秀" if made.score >= 90 else "合格" if made.score >= 60 else "不合格")


def paths(rule):
    return [path for path, _sentence in blockers(rule)]


def test_bands_with_a_gap_wait_for_a_decision():
    """Linying: 70 to 89 is good, 90 and more excellent; 89.5 falls in no band."""
    rule = published()["R2-linying"]

    waiting = [f"review.{name}" for name in ("minimum_service", *OPEN)]
    assert paths(rule) == [*waiting, "review.bands"]
    whole = scheme(**{
        **rule.document["review"], "decimals": 0, "minimum_service": {"months": 6},
        "steps": [{"id": "bureau", "indicators": "all"}], "notice": NOTICE, "top": None,
        "objection": {"days": 5, "day_kind": "working"}, "consequences": {}, "consecutive": None,
    })  # fmt: skip
    assert blockers(whole) == []
    assert answer(whole, {"op": "review", "found": {"whole": "89.5"}}) == [90, "优秀"]


def test_what_pingyi_leaves_open_is_listed():
    assert paths(published()["R1-pingyi"]) == [
        "review.indicators.merits", "review.indicators.faults", "review.missing",
        "review.decimals", "review.rounding", "review.bands", "review.minimum_service",
        *(f"review.{name}" for name in OPEN),
    ]  # fmt: skip


def test_the_four_indicators_of_shaoxing_are_whole_and_labelled_as_an_example():
    rule = published()["R3-shaoxing-four"]
    work = {"success": ["0.9", 18, 20], "fulfilled": ["0.8", 16, 20]}
    found = {**work, "satisfaction": 5, "training": 8}

    assert blockers(rule) == []
    assert "示例" in rule.document["title"]
    assert answer(rule, {"op": "review", "found": found}) == [Decimal("92.0"), "优秀"]
    without = {name: one for name, one in found.items() if name != "training"}
    assert answer(rule, {"op": "review", "found": without}) == [Decimal("90.0"), "优秀"]
    assert answer(rule, {"op": "review", "found": {"training": 8}}) == "too_little"


@pytest.mark.parametrize(
    ("section", "path"),
    [
        ({"bands": OVERLAPPING}, "review.bands"),
        ({"full_mark": 90}, "review.full_mark"),
        ({"bands": [{"label": "a", "min": 60}]}, "review.bands"),
        ({"missing": UNK}, "review.missing"),
        ({"bonus_cap": UNK}, "review.bonus_cap"),
        ({"indicators": []}, "review.indicators"),
        ({"bands": []}, "review.bands"),
        ({"bands": [{"label": "a", "min": 0, "max": 99}]}, "review.bands"),
        ({"rounding": UNK}, "review.rounding"),
        ({"notice": UNK}, "review.notice"),
        ({"notice": {**NOTICE, "days": "$p.days"}}, "params.days"),
        ({"cycle": "quarter"}, "review.rollup"),
        ({"indicators": [{"id": "a", "weight": UNK}]}, "review.indicators.a"),
    ],
)
def test_what_stands_against_a_rule_is_named_by_its_path(section, path):
    assert path in paths(scheme(**section))


def test_a_sound_rule_has_nothing_against_it():
    assert blockers(scheme()) == []


@pytest.mark.parametrize(
    "tree",
    [
        [{"id": "a", "weight": 0}],
        [{"id": "a", "weight": -5}],
        [{"id": "a"}],
        [{"id": "a", "weight": 5}, {"id": "a", "weight": 5}],
        [{"id": "a", "weight": 5, "wieght": 5}],
        [{"id": "a", "weight": 5, "linear": {"from": 1, "to": "0.5"}}],
    ],
)
def test_a_tree_that_is_none_is_refused(tree):
    with pytest.raises(SchemeFault):
        reviewed(scheme(indicators=tree), {})


def test_an_unknown_in_what_an_indicator_measures_blocks():
    rule = scheme(indicators=[{"id": "hours", "weight": 100, "metric": "hours"}], steps=[])
    document = {**rule.document, "metrics": {"hours": UNK}}

    assert paths(Scheme(document)) == ["metrics.hours"]


def test_a_veto_that_caps_leaves_a_score_outside_of_all_bands_alone():
    rule = published()["R2-linying"]
    made = reviewed(rule, {"whole": Found(Decimal("89.5"))}, vetoes=({"cap": "不合格"},))

    assert (made.score, made.band, made.held) == (Decimal("89.5"), None, ())


def test_without_decimals_there_is_no_score():
    rule = scheme(decimals=UNK)

    assert reviewed(rule, {name: Found(1) for name in LEAVES}).state == "needs_rule"


def test_a_rule_of_a_review_is_written_so_that_it_is_read_again():
    for name, rule in published().items():
        again = rule_sets(written(rule.document))
        assert again[name].document == rule.document


def test_a_file_says_which_kind_of_rule_it_holds():
    text = FIXTURE.read_text(encoding="utf-8")

    with pytest.raises(SchemeFault, match="review-rule/v1"):
        rule_sets(text.replace("schema: review-rule/v1", "schema: grading-rule/v1"))
