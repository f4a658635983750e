"""Who gives points by hand: shares make up one, and whoever gave none is left out and told."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading.rules.blockers import blockers
from grading.rules.review_shape import review_faults
from grading.rules.review_steps import combined, found_by_hand, steps_of
from grading.rules.reviews import reviewed
from grading.rules.scheme import SchemeFault
from grading.rules.unknown import UNK
from tests.grading.rules.make_reviews import review_rule

STEPS = [
    {"id": "self", "days": 10, "day_kind": "working"},
    {"id": "organization", "indicators": ["conduct"], "share": "30%"},
    {"id": "office", "indicators": ["conduct"], "share": "20%"},
    {"id": "bureau", "indicators": "all", "share": "50%"},
]
BOTH = [*STEPS[:2], {**STEPS[2], "indicators": ["conduct", "publicity"]}]
ALONE = [
    {"id": "organization", "indicators": ["publicity"]},
    {"id": "office", "indicators": ["conduct"], "share": "40%"},
    {"id": "bureau", "indicators": ["conduct"], "share": "60%"},
]
OWN = [
    {"id": "office", "indicators": "all", "share": {"conduct": "30%", "publicity": 1}},
    {"id": "bureau", "indicators": ["conduct"], "share": {"percent": 70}},
]
SHARES = {"office": Fraction(2, 5), "bureau": Fraction(3, 5)}
points = st.none() | st.decimals(0, 20, places=1)
given_points = st.dictionaries(st.sampled_from(sorted(SHARES)), points)


def rule(steps):
    return review_rule(steps=steps)


@given(given_points)
def test_points_put_together_lie_between_those_given(by_step):
    there = [one for one in by_step.values() if one is not None]
    made = combined(rule(ALONE), "conduct", by_step)

    assert (made.points is None) is not bool(there)
    if there:
        assert min(there) <= made.points <= max(there)
        assert sum(share for _step, share in made.shares) == 1
    assert set(made.missing) == {step for step in SHARES if by_step.get(step) is None}


@given(st.decimals(0, 20, places=1), st.decimals(0, 20, places=1))
def test_where_all_gave_points_they_are_weighed_exactly(office, bureau):
    made = combined(rule(ALONE), "conduct", {"office": office, "bureau": bureau})

    assert made.points == Fraction(2, 5) * Fraction(office) + Fraction(3, 5) * Fraction(bureau)
    assert made.missing == ()


def test_whoever_gave_none_is_left_out_and_told():
    made = combined(rule(ALONE), "conduct", {"office": Decimal("7.5"), "bureau": None})

    assert (made.points, made.missing) == (Fraction(15, 2), ("bureau",))
    assert made.shares == (("office", Fraction(1)),)


def test_several_people_of_a_step_count_as_their_mean():
    made = combined(rule(ALONE), "conduct", {"office": [10, 15, None], "bureau": [20]})

    assert made.points == Fraction(2, 5) * Fraction(25, 2) + Fraction(3, 5) * 20


def test_points_of_oneself_may_be_shown_and_not_count():
    steps = [{"id": "self", "indicators": "all", "share": 0},
             {"id": "bureau", "indicators": "all", "share": 1}]  # fmt: skip
    made = combined(rule(steps), "conduct", {"self": 20, "bureau": 12})

    assert (made.points, made.missing) == (12, ())
    assert combined(rule(steps), "conduct", {"self": 20}).points is None
    assert blockers(rule(steps)) == []


def test_one_who_alone_gives_points_needs_no_share():
    assert combined(rule(ALONE), "publicity", {"organization": 20}).points == 20


def test_a_step_may_have_another_share_for_each_indicator():
    assert combined(rule(OWN), "conduct", {"office": 10, "bureau": 20}).points == 17
    assert combined(rule(OWN), "publicity", {"office": 10}).points == 10


def test_points_nobody_asked_for_are_refused():
    with pytest.raises(SchemeFault, match="bureau"):
        combined(rule(ALONE), "publicity", {"bureau": 20})
    with pytest.raises(SchemeFault, match="work"):
        found_by_hand(rule(ALONE), {"work": {"bureau": 20}})
    with pytest.raises(SchemeFault, match=r"20\.5"):
        found_by_hand(rule(ALONE), {"conduct": {"bureau": Decimal("20.5")}})


def test_points_by_hand_come_into_the_review():
    scheme = rule(ALONE)
    found, given = found_by_hand(
        scheme, {"conduct": {"office": 10, "bureau": 20}, "publicity": {"organization": None}}
    )
    made = reviewed(scheme, found)

    assert [line.points for line in made.lines] == [None, None, 16, None]
    assert given["publicity"].missing == ("organization",)
    assert made.score == 80


def test_steps_come_with_their_days():
    first, *_others = steps_of(rule([STEPS[0], *ALONE]))

    assert (first.id, first.days, first.day_kind) == ("self", 10, "working")
    assert steps_of(rule(UNK)) is UNK
    assert steps_of(rule(None)) is None


@pytest.mark.parametrize(
    ("steps", "paths"),
    [
        (STEPS, ["review.steps"]),
        (BOTH, ["review.steps", "review.steps"]),
        ([{**OWN[0], "share": {"conduct": "30%"}}, OWN[1]], ["review.steps[0].share.publicity"]),
        ([{**OWN[0], "share": {"conduct": 1, "work": 0}}], ["review.steps[0].share"]),
        ([{"id": "chair"}], ["review.steps[0].id"]),
        ([{"id": "bureau", "days": 3}], ["review.steps[0].days"]),
        ([{"id": "bureau", "days": 0, "day_kind": "working"}], ["review.steps[0].days"]),
        ([{"id": "bureau", "days": 1, "day_kind": "good"}], ["review.steps[0].day_kind"]),
        ([{"id": "bureau", "indicators": ["work"]}], ["review.steps[0].indicators"]),
        ([{"id": "bureau", "share": "120%"}], ["review.steps[0].share"]),
        ([{"id": "bureau", "weight": 1}], ["review.steps[0]"]),
        ([{"id": "bureau"}, {"id": "self"}], ["review.steps"]),
        ([{"id": "bureau"}, {"id": "bureau"}], ["review.steps"]),
        ([{"name": "bureau"}, {"id": "x"}], ["review.steps[0].id", "review.steps[1].id"]),
        ("bureau", ["review.steps"]),
    ],
)
def test_steps_that_are_none_are_faults_with_their_path(steps, paths):
    assert [at for at, _sentence in review_faults(rule(steps))] == paths


@pytest.mark.parametrize(
    ("steps", "paths"),
    [
        (ALONE, []),
        (ALONE[1:], ["review.steps"]),
        (None, ["review.steps", "review.steps"]),
        (UNK, ["review.steps"]),
        ([{**ALONE[0], "days": UNK, "day_kind": "working"}, *ALONE[1:]], ["review.steps[0].days"]),
        ([ALONE[0], {**ALONE[1], "share": UNK}, ALONE[2]], ["review.steps[1].share"]),
    ],
)
def test_every_indicator_by_hand_needs_somebody_who_gives_its_points(steps, paths):
    assert [path for path, _sentence in blockers(rule(steps))] == paths
