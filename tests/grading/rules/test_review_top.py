"""Who keeps the top band: exact places, equals, and nobody down by more than one."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading.rules.blockers import blockers
from grading.rules.review_shape import review_faults
from grading.rules.review_top import Standing, placed
from grading.rules.scheme import SchemeFault
from grading.rules.unknown import UNK
from tests.grading.rules.make_reviews import review_rule

NAMES = ["优秀", "称职", "基本称职", "不称职"]
TOP = {
    "band": "优秀", "at_most": "15%", "rounding": "down", "of": "assessed", "per": "whole",
    "tie": "exclude_all", "overflow": "next_band",
}  # fmt: skip


def rule(*more, **changed):
    return review_rule(top=[{**TOP, **changed}, *more])


def people(*scores, group="a"):
    return [Standing(at, score, group) for at, score in enumerate(scores)]


def bands(scheme, standings, **settling):
    made = placed(scheme, standings, **settling)
    return [made.bands[one.key] for one in standings]


scores = st.decimals(0, 100, places=1)
groups = st.sampled_from("abc")
crowds = st.lists(st.tuples(st.none() | scores, groups), max_size=30)
policies = st.sampled_from(["exclude_all", "include_all"])
limits = st.sampled_from(["15%", "1/3", 0, 1, 2, "0%", "100%"])


def of_crowd(crowd):
    return [Standing(at, score, group) for at, (score, group) in enumerate(crowd)]


@given(crowds, limits, limits, st.sampled_from(["organization", "whole"]), policies)
def test_nobody_goes_down_by_more_than_one_band_and_nobody_up(crowd, most, second, per, tie):
    standings = of_crowd(crowd)
    below = {**TOP, "band": "称职", "at_most": second, "per": per, "tie": tie}
    scheme = review_rule(
        top=[_sound({**TOP, "at_most": most, "per": per, "tie": tie}), _sound(below)]
    )
    free = placed(review_rule(), standings).bands
    made = placed(scheme, standings)

    for one in standings:
        if one.score is None:
            assert made.bands[one.key] is None
        else:
            fallen = NAMES.index(made.bands[one.key]) - NAMES.index(free[one.key])
            assert fallen in (0, 1)


@given(crowds, limits, st.sampled_from(["reviewed", "assessed"]))
def test_a_share_is_never_exceeded_and_the_better_never_stand_below_the_worse(crowd, most, of):
    standings = of_crowd(crowd)
    scheme = review_rule(top=_sound({**TOP, "at_most": most, "per": "organization", "of": of}))
    made = placed(scheme, standings)

    for cut in made.cuts:
        members = [one for one in standings if one.group == cut.group]
        counted = [one for one in members if of == "reviewed" or one.score is not None]
        assert cut.count == len(counted)
        assert len(cut.kept) <= cut.places
        ranked = sorted(
            (one for one in members if one.score is not None), key=lambda one: one.score
        )
        places = [NAMES.index(made.bands[one.key]) for one in ranked]
        assert places == sorted(places, reverse=True)


@given(crowds, st.randoms())
def test_the_order_in_which_people_come_changes_nothing(crowd, random):
    standings = of_crowd(crowd)
    mixed = random.sample(standings, len(standings))
    scheme = rule(tie="lot", per="organization")

    assert placed(scheme, standings, seed="2026").bands == placed(scheme, mixed, seed="2026").bands


def _sound(row):
    if isinstance(row["at_most"], int):
        return {name: said for name, said in row.items() if name != "rounding"}
    return row


@pytest.mark.parametrize(
    ("rounding", "count", "places"),
    [
        ("down", 13, 1), ("down", 14, 2), ("half_up", 10, 2), ("half_up", 9, 1),
        ("half_even", 10, 2), ("half_even", 30, 4), ("up", 1, 1), ("up", 20, 3), ("down", 6, 0),
    ],
)  # fmt: skip
def test_a_share_is_rounded_once_as_the_rule_says(rounding, count, places):
    made = placed(rule(rounding=rounding), people(*range(100 - count, 100)))

    assert made.cuts[0].places == places


def test_fifteen_percent_of_twenty_are_three():
    standings = people(*range(80, 100))

    assert bands(rule(), standings).count("优秀") == 3
    assert bands(rule(), standings)[-4:] == ["称职", "优秀", "优秀", "优秀"]


def test_a_small_group_has_at_least_what_the_rule_leaves_it():
    standings = people(95, 96, 70)

    assert bands(rule(), standings) == ["称职", "称职", "基本称职"]
    assert bands(rule(least=1), standings) == ["称职", "优秀", "基本称职"]


def test_of_whom_a_share_is_one_is_said():
    standings = [*people(99, 98, 97, 96, 95), *(Standing(f"x{at}", None, "a") for at in range(5))]

    assert placed(rule(at_most="20%"), standings).cuts[0].places == 1
    assert placed(rule(at_most="20%", of="reviewed"), standings).cuts[0].places == 2


def test_every_organization_has_its_own_places():
    standings = [Standing("a1", 95, "a"), Standing("b1", 99, "b"), Standing("b2", 98, "b")]
    scheme = review_rule(
        top={"band": "优秀", "at_most": 1, "of": "assessed", "per": "organization",
             "tie": "exclude_all", "overflow": "next_band"}
    )  # fmt: skip

    assert bands(scheme, standings) == ["优秀", "优秀", "称职"]
    with pytest.raises(SchemeFault, match="x"):
        placed(scheme, [Standing("x", 95)])


def one(**changed):
    row = {**TOP, "at_most": 1, **changed}
    del row["rounding"]
    return review_rule(top=row)


@pytest.mark.parametrize(
    ("tie", "expected"),
    [
        ("exclude_all", ["称职", "称职", "称职"]),
        ("include_all", ["优秀", "优秀", "称职"]),
    ],
)
def test_equals_at_the_cut_go_as_the_rule_says(tie, expected):
    assert bands(one(tie=tie), people(95, 95, 91)) == expected


def test_points_of_an_indicator_tell_equals_apart():
    standings = [
        Standing("a", 95, values={"work": 35}),
        Standing("b", 95, values={"work": 38}),
    ]

    assert bands(one(tie=["tie_break", "exclude_all"], tie_break=["work"]), standings) == [
        "称职", "优秀",
    ]  # fmt: skip
    assert bands(one(tie="tie_break", tie_break=["-work"]), standings) == ["优秀", "称职"]


def test_a_silent_rule_leaves_equals_open_and_says_so():
    scheme = one(tie=UNK)
    made = placed(scheme, people(99, 95, 95))

    assert made.state == "decided"
    made = placed(scheme, people(95, 95, 91))
    assert made.state == "tie_needs_policy"
    assert made.cuts[0].tied == (0, 1)
    assert made.bands == {0: None, 1: None, 2: "称职"}
    assert "review.top.tie" in [path for path, _sentence in blockers(scheme)]


def test_a_band_below_an_open_tie_waits():
    below = {**TOP, "band": "称职", "at_most": 1}
    del below["rounding"]
    scheme = review_rule(top=[one(tie=UNK).document["review"]["top"], below])
    made = placed(scheme, people(95, 95, 80))

    assert [cut.state for cut in made.cuts] == ["tie_needs_policy", "waits_for_higher_band"]
    assert made.bands == {0: None, 1: None, 2: None}


def test_who_came_down_takes_a_place_below_and_stays():
    below = {"band": "称职", "at_most": 1, "of": "assessed", "per": "whole",
             "tie": "exclude_all", "overflow": "next_band"}  # fmt: skip
    scheme = review_rule(top=[below, one().document["review"]["top"]])
    made = placed(scheme, people(99, 98, 97, 80))

    assert made.bands == {0: "优秀", 1: "称职", 2: "称职", 3: "基本称职"}
    assert made.cuts[1].over == 1


def test_a_band_that_a_veto_left_is_the_band_that_counts():
    standings = [Standing("a", 99, band="称职"), Standing("b", 92)]

    assert bands(one(), standings) == ["称职", "优秀"]


def test_a_limit_that_is_unknown_moves_nobody():
    made = placed(rule(at_most=UNK), people(99, 98))

    assert (made.state, made.bands) == ("needs_rule", {0: "优秀", 1: "优秀"})
    assert placed(review_rule(top=UNK), people(99)).state == "needs_rule"


def test_without_a_limit_everybody_keeps_the_band():
    assert bands(review_rule(), people(99, Decimal("74.9"))) == ["优秀", "基本称职"]


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"band": "不称职"}, "review.top[0].band"),
        ({"band": "良好"}, "review.top[0].band"),
        ({"at_most": "150%"}, "review.top[0].at_most"),
        ({"at_most": Decimal("1.5")}, "review.top[0].at_most"),
        ({"of": "all"}, "review.top[0].of"),
        ({"per": "village"}, "review.top[0].per"),
        ({"overflow": "lowest"}, "review.top[0].overflow"),
        ({"tie": "chance"}, "review.top[0].tie"),
        ({"tie": "tie_break"}, "review.top[0].tie_break"),
        ({"tie": "tie_break", "tie_break": ["age"]}, "review.top[0].tie_break"),
        ({"rounding": "about"}, "review.top[0].rounding"),
        ({"atmost": 1}, "review.top[0]"),
        ({"least": -1}, "review.top[0].least"),
    ],
)
def test_a_limit_that_is_none_is_a_fault_with_its_path(changed, path):
    assert [at for at, _sentence in review_faults(rule(**changed))] == [path]


def test_a_share_without_its_rounding_and_a_band_twice_are_faults():
    without = {name: said for name, said in TOP.items() if name != "rounding"}
    faults = review_faults(review_rule(top=without))

    assert [at for at, _sentence in faults] == ["review.top.rounding"]
    assert [at for at, _sentence in review_faults(rule(TOP))] == ["review.top"]


def test_all_faults_of_all_limits_are_told_at_once():
    faults = review_faults(rule({**TOP, "band": "称职", "per": "x"}, of="y"))

    assert [at for at, _sentence in faults] == ["review.top[0].of", "review.top[1].per"]


def test_places_are_exact_where_a_float_would_not_be():
    """29 % of 100 people are 29 and not 28.999…"""
    made = placed(rule(at_most="29%"), people(*range(100)))

    assert made.cuts[0].places == 29
