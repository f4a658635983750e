"""The cut: never above the quota, nobody chosen by a rule that is silent, coverage first."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from itertools import permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grading.rules.cutting import (
    COVERAGE_ABOVE_QUOTA,
    DECIDED,
    EXCLUDE_ALL,
    INCLUDE_ALL,
    LOT,
    POLICIES,
    SENIOR_BODY,
    TIE_BREAK,
    TIE_NEEDS_POLICY,
    TIE_NEEDS_SEED,
    TIE_NEEDS_SENIOR_BODY,
    ShareLimit,
    Ties,
    selected,
)
from grading.rules.ranking import Entry, Line, TieBreak, by_rank, ranked
from grading.rules.unknown import UNK


def people(*rows):
    """Return lines of (person, score[, district[, category[, tie-break value]]])."""
    found = []
    for person, score, *rest in rows:
        district, category, value = (*rest, "", "", None)[:3] if len(rest) < 3 else rest
        found.append(Entry(person, Decimal(score), {"cases": value}, category, district))
    return ranked(found)


def names(lines):
    return "".join(line.person for line in lines)


FIVE = people(("a", 90), ("b", 80), ("c", 80), ("d", 80), ("e", 70))
TIED = people(("a", 9, "", "", 1), ("b", 8, "", "", 5), ("c", 8, "", "", 7), ("d", 8, "", "", 5))


@pytest.mark.parametrize(
    ("places", "chosen"), [(0, ""), (1, "a"), (4, "abcd"), (5, "abcde"), (9, "abcde")]
)
def test_a_cut_beside_a_tie_needs_no_policy(places, chosen):
    found = selected(FIVE, places)

    assert (found.state, names(found.chosen), found.tied) == (DECIDED, chosen, ())


@pytest.mark.parametrize("policies", [(), None, UNK])
def test_a_cut_inside_a_tie_chooses_nobody_where_the_rule_is_silent(policies):
    found = selected(FIVE, 3, ties=Ties(policies), reserve=3)

    assert (found.state, found.chosen, found.reserve) == (TIE_NEEDS_POLICY, (), ())
    assert (names(found.certain), names(found.tied)) == ("a", "bcd")


@pytest.mark.parametrize(
    ("ties", "chosen", "over"),
    [
        (Ties((INCLUDE_ALL,)), "abcd", 1),
        (Ties((EXCLUDE_ALL,)), "a", 0),
        (Ties((SENIOR_BODY,), senior=("d", "b", "c")), "abd", 0),
        (Ties((TIE_BREAK, INCLUDE_ALL), keys=(TieBreak("cases"),)), "abcd", 1),
    ],
)
def test_a_policy_settles_the_tie_and_is_told(ties, chosen, over):
    found = selected(TIED, 3, ties=ties)

    assert (found.state, names(found.chosen), found.over) == (DECIDED, chosen, over)
    assert (names(found.tied), found.policies) == ("bcd", ties.policies)


def test_places_left_by_excluding_all_go_to_nobody_ranked_lower():
    found = selected(FIVE, 3, ties=Ties((EXCLUDE_ALL,)), reserve=1)

    assert (names(found.chosen), names(found.reserve)) == ("a", "bcd")


def test_a_tie_break_that_parts_the_tied_decides_and_one_that_does_not_leaves_it_open():
    keys = (TieBreak("cases"),)

    two = selected(TIED, 2, ties=Ties((TIE_BREAK,), keys))
    three = selected(TIED, 3, ties=Ties((TIE_BREAK,), keys))

    assert (two.state, names(two.chosen)) == (DECIDED, "ac")
    assert (three.state, three.chosen) == (TIE_NEEDS_POLICY, ())
    assert (names(three.certain), names(three.tied)) == ("ac", "bd")


def test_a_lot_is_drawn_from_its_seed_and_can_be_drawn_again():
    drawn = [selected(FIVE, 3, ties=Ties((LOT,), seed=seed)) for seed in (1, 1, *range(2, 20))]

    assert drawn[0] == drawn[1]
    assert drawn[0].seed == 1
    assert {len(found.chosen) for found in drawn} == {3}
    assert {names(found.chosen) for found in drawn} == {"abc", "abd", "acd"}


def test_a_lot_that_was_not_needed_records_no_seed():
    assert selected(FIVE, 4, ties=Ties((LOT,), seed=1)).seed is None


@pytest.mark.parametrize(
    ("ties", "state"),
    [
        (Ties((LOT,)), TIE_NEEDS_SEED),
        (Ties((SENIOR_BODY,)), TIE_NEEDS_SENIOR_BODY),
        (Ties((SENIOR_BODY,), senior=("b", "c")), TIE_NEEDS_SENIOR_BODY),
    ],
)
def test_a_lot_not_drawn_and_a_body_that_has_not_spoken_choose_nobody(ties, state):
    found = selected(FIVE, 3, ties=ties)

    assert (found.state, found.chosen, names(found.tied)) == (state, (), "bcd")


def test_a_policy_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="toss"):
        selected(FIVE, 5, ties=Ties(("toss",)))


def test_fewer_than_no_places_are_refused():
    with pytest.raises(ValueError, match="no places"):
        selected(FIVE, -1)


@pytest.mark.parametrize(
    ("reserve", "names_of"), [(0, ""), (1, "bcd"), (3, "bcd"), (4, "bcde"), (9, "bcde")]
)
def test_the_reserve_is_in_order_and_keeps_equals_together(reserve, names_of):
    assert names(selected(FIVE, 1, reserve=reserve).reserve) == names_of


def test_a_district_has_its_minimum_before_the_rest_goes_by_rank():
    lines = people(("a", 9, "x"), ("b", 8, "x"), ("c", 7, "x"), ("d", 2, "y"), ("e", 1, "y"))

    assert names(selected(lines, 3).chosen) == "abc"
    assert names(selected(lines, 3, coverage={"x": 1, "y": 1}).chosen) == "abd"
    assert names(selected(lines, 3, coverage={"y": 2}).chosen) == "ade"


def test_a_district_without_enough_people_is_reported_and_blocks_no_place():
    lines = people(("a", 9, "x"), ("b", 8, "x"), ("c", 2, "y"))
    found = selected(lines, 3, coverage={"y": 2, "z": 1})

    assert (names(found.chosen), found.uncovered) == ("abc", {"y": 1, "z": 1})


def test_coverage_above_the_quota_chooses_nobody():
    lines = people(("a", 9, "x"), ("b", 8, "y"))
    found = selected(lines, 1, coverage={"x": 1, "y": 1})

    assert (found.state, found.chosen) == (COVERAGE_ABOVE_QUOTA, ())


def test_a_tie_for_a_districts_place_is_none_if_all_get_in_by_rank():
    lines = people(("a", 9, "x"), ("b", 9, "x"), ("c", 8, "y"), ("d", 7, "y"))

    assert names(selected(lines, 3, coverage={"x": 1}).chosen) == "abc"


def test_a_tie_for_a_districts_last_place_needs_a_policy_of_its_own():
    lines = people(("a", 9, "x"), ("b", 8, "x"), ("c", 2, "y"), ("d", 2, "y"), ("e", 1, "y"))
    silent = selected(lines, 2, coverage={"y": 1})
    none = selected(lines, 2, coverage={"y": 1}, ties=Ties((EXCLUDE_ALL,)))
    more = selected(lines, 2, coverage={"y": 1}, ties=Ties((INCLUDE_ALL,)))

    assert (silent.state, names(silent.certain), names(silent.tied)) == (
        TIE_NEEDS_POLICY,
        "a",
        "cd",
    )
    assert (names(none.chosen), none.uncovered) == ("a", {"y": 1})
    assert (names(more.chosen), more.over) == ("acd", 1)


LIMITED = people(("a", 9, "", "A"), ("b", 8, "", "A"), ("c", 7, "", "A"), ("d", 6, "", "B"))


@pytest.mark.parametrize(
    ("limit", "chosen", "is_above"),
    [
        (ShareLimit("A", number=2), "abd", False),
        (ShareLimit("A", share=Fraction(2, 3)), "abd", False),
        (ShareLimit("A", share=Decimal("0.66")), "ad", False),
        (ShareLimit("A", share=Decimal("0.66"), is_hard=False), "abc", True),
        (ShareLimit("A", is_hard=False), "abc", False),
    ],
)
def test_a_hard_limit_passes_people_over_and_an_advisory_one_only_tells(limit, chosen, is_above):
    found = selected(LIMITED, 3, limits=[limit])

    assert names(found.chosen) == chosen
    assert [report.is_above for report in found.limits] == [is_above]


def test_a_hard_limit_names_a_number():
    with pytest.raises(ValueError, match="without a number: A"):
        selected(LIMITED, 3, limits=[ShareLimit("A")])


@pytest.mark.parametrize("places", [2, 3])
def test_a_tie_at_a_limit_is_a_tie_at_a_cut(places):
    lines = people(("a", 9, "", "A"), ("b", 9, "", "A"), ("c", 9, "", "B"), ("d", 1, "", "A"))
    limit = [ShareLimit("A", number=1)]

    silent = selected(lines, places, limits=limit)
    none = selected(lines, places, limits=limit, ties=Ties((EXCLUDE_ALL,)))
    more = selected(lines, places, limits=limit, ties=Ties((INCLUDE_ALL,)))
    body = selected(lines, places, limits=limit, ties=Ties((SENIOR_BODY,), senior=("b", "a")))

    assert (silent.state, names(silent.tied)) == (TIE_NEEDS_POLICY, "ab")
    assert names(none.chosen) == "c"
    assert (names(more.chosen), more.limits[0].is_above) == ("abc", True)
    assert names(body.chosen) == "bc"


@st.composite
def cuts(draw, most=7, *, limited=True):
    """Draw a ranking and what is asked of it."""
    number = draw(st.integers(0, most))
    lines = ranked(
        [
            Entry(
                str(one),
                Decimal(draw(st.integers(0, 2))),
                category=draw(st.sampled_from("AB")),
                district=draw(st.sampled_from("xyz")),
            )
            for one in range(number)
        ]
    )
    limits = st.lists(st.integers(0, 3), max_size=2) if limited else st.just([])
    return lines, {
        "places": draw(st.integers(0, most)),
        "coverage": draw(st.dictionaries(st.sampled_from("xyz"), st.integers(0, 2))),
        "limits": [
            ShareLimit(category, number)
            for category, number in zip("AB", draw(limits), strict=False)
        ],
    }


@given(cuts(), st.lists(st.sampled_from(POLICIES), max_size=3), st.integers(0, 9))
def test_nobody_goes_above_the_quota_but_by_including_all_and_that_is_told(cut, policies, seed):
    lines, asked = cut
    senior = [line.person for line in lines][::-1]

    found = selected(lines, ties=Ties(tuple(policies), seed=seed, senior=senior), **asked)

    assert found.over == max(0, len(found.chosen) - asked["places"])
    assert found.over == 0 or INCLUDE_ALL in found.policies
    assert found.state == DECIDED or found.chosen == ()
    above = [report for report in found.limits if report.is_above]
    assert not above or INCLUDE_ALL in found.policies


@given(cuts(), st.sampled_from([LOT, SENIOR_BODY]))
def test_a_policy_that_orders_everybody_always_decides(cut, policy):
    lines, asked = cut
    senior = [line.person for line in lines]

    found = selected(lines, ties=Ties((policy,), seed=1, senior=senior), **asked)

    assert found.state in {DECIDED, COVERAGE_ABOVE_QUOTA}


def refinements(lines):
    """Yield every order without ties that the ranking allows, as rankings."""
    for orders in product(*(permutations(group) for group in by_rank(lines))):
        flat = [line for order in orders for line in order]
        yield [Line(line.entry, rank, rank) for rank, line in enumerate(flat, 1)]


def outcomes(lines, asked):
    return {
        frozenset(line.person for line in selected(order, **asked).chosen)
        for order in refinements(lines)
    }


@settings(max_examples=60, deadline=None)
@given(cuts(most=5))
def test_what_is_decided_without_a_policy_does_not_hang_on_the_order_of_equals(cut):
    lines, asked = cut
    found = selected(lines, **asked)

    if found.state == DECIDED:
        assert outcomes(lines, asked) == {frozenset(line.person for line in found.chosen)}


@settings(max_examples=60, deadline=None)
@given(cuts(most=5, limited=False))
def test_a_policy_is_asked_for_only_if_the_order_of_equals_makes_a_difference(cut):
    lines, asked = cut
    found = selected(lines, **asked)

    if found.state == TIE_NEEDS_POLICY:
        chosen = outcomes(lines, asked)
        tied = {line.person for line in found.tied}
        assert len(chosen) > 1
        assert all({line.person for line in found.certain} <= one for one in chosen)
        assert all(any(person in one for one in chosen) for person in tied)
        assert not any(tied <= one for one in chosen)


@given(cuts(limited=False))
def test_coverage_first_then_rank_is_what_a_plain_reading_gives(cut):
    lines, asked = cut
    order = next(refinements(lines))
    best, counts = [], Counter()
    for line in order:
        counts[line.entry.district] += 1
        if counts[line.entry.district] <= asked["coverage"].get(line.entry.district, 0):
            best.append(line.person)
    rest = [line.person for line in order if line.person not in best]

    found = selected(order, **asked)

    if len(best) > asked["places"]:
        assert found.state == COVERAGE_ABOVE_QUOTA
    else:
        expected = {*best, *rest[: asked["places"] - len(best)]}
        assert {line.person for line in found.chosen} == expected


def test_three_thousand_equals_are_cut_at_once():
    lines = people(*((str(number), 80, str(number % 6), "A") for number in range(3000)))
    drawn = selected(lines, 300, ties=Ties((LOT,), seed=1), coverage={str(n): 5 for n in range(6)})

    assert len(drawn.chosen) == 300
    assert len(drawn.tied) == 3000


# --- Limits by several properties ---------------------------------------------------------------


def known(*rows):
    """Return lines of (person, score, employment, {property: value})."""
    return ranked([Entry(one, Decimal(score), {}, job, "", more) for one, score, job, more in rows])


WOMAN, MAN = {"sex": "female"}, {"sex": "male"}
MIXED = known(
    ("a", 9, "full_time", MAN), ("b", 8, "full_time", MAN), ("c", 7, "part_time", MAN),
    ("d", 6, "part_time", WOMAN), ("e", 5, "full_time", WOMAN),
)  # fmt: skip


@pytest.mark.parametrize(
    ("limits", "chosen"),
    [
        ([ShareLimit("male", number=1, by="sex")], "ade"),
        ([ShareLimit("male", number=2, by="sex")], "abd"),
        ([ShareLimit("full_time", number=1), ShareLimit("male", number=2, by="sex")], "acd"),
        ([ShareLimit("full_time", number=1), ShareLimit("male", number=1, by="sex")], "ad"),
        # Of two limits of one value the lower holds.
        ([ShareLimit("male", number=2, by="sex"), ShareLimit("male", number=1, by="sex")], "ade"),
    ],
)
def test_every_property_is_limited_by_itself(limits, chosen):
    found = selected(MIXED, 3, limits=limits)
    assert (found.state, names(found.chosen)) == (DECIDED, chosen)


def test_equals_of_whom_a_limit_admits_some_wait_for_a_policy():
    lines = known(("a", 9, "", MAN), ("b", 9, "", MAN), ("c", 9, "", WOMAN))
    found = selected(lines, 3, limits=[ShareLimit("male", number=1, by="sex")])
    assert (found.state, names(found.tied)) == (TIE_NEEDS_POLICY, "ab")
    settled = selected(
        lines, 3, ties=Ties((SENIOR_BODY,), senior=("b", "a")),
        limits=[ShareLimit("male", number=1, by="sex")],
    )  # fmt: skip
    assert names(settled.chosen) == "bc"


@given(
    st.lists(
        st.tuples(
            st.integers(1, 4), st.sampled_from(["x", "y"]), st.sampled_from(["male", "female"])
        ),
        max_size=8,
    ),
    st.integers(0, 5),
    st.integers(0, 3),
    st.integers(0, 3),
)
@settings(max_examples=60, deadline=None)
def test_no_limit_of_any_property_is_ever_exceeded(people, places, jobs, sexes):
    lines = known(
        *((place, score, job, {"sex": sex}) for place, (score, job, sex) in enumerate(people))
    )
    limits = [ShareLimit("x", number=jobs), ShareLimit("male", number=sexes, by="sex")]
    order = tuple(line.person for line in lines)
    found = selected(lines, places, ties=Ties((SENIOR_BODY,), senior=order), limits=limits)
    assert found.state == DECIDED
    assert len(found.chosen) <= places
    assert not any(report.is_above for report in found.limits)
