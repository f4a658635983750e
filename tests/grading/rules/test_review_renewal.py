"""What a rule recommends when a term ends: with reasons, and never on what nobody knows."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading.rules.blockers import blockers
from grading.rules.review_renewal import recommended, renewal_facts
from grading.rules.review_shape import review_faults
from grading.rules.unknown import UNK
from tests.grading.rules.make_reviews import review_rule

DAY = date(2026, 6, 30)
BAD_YEARS = {"cmp": ["reviews.bands.不称职", ">=", 2], "clause": "第十二条"}
COMPLAINTS = {"cmp": ["complaints.founded", ">=", 3]}
RULE = {
    "recommend": {
        "all": [
            {"cmp": ["reviews.latest", "in", ["优秀", "称职"]], "clause": "第十一条"},
            {"cmp": ["reviews.without", "=", 0]},
        ],
        "clause": "第三章",
    },
    "against": {"any": [BAD_YEARS, COMPLAINTS]},
}
terms = st.dictionaries(
    st.sampled_from([2023, 2024, 2025]), st.none() | st.sampled_from(["优秀", "称职", "不称职"])
)


def recommendation(bands, rule=RULE, founded=0):
    scheme = review_rule(renewal=rule)
    known = {} if founded is None else {"complaints": {"founded": founded}}
    return recommended(scheme, renewal_facts(scheme, DAY, bands, **known))


def told(reasons):
    return [(one.clause, one.verdict.name, one.verdict.result) for one in reasons]


@pytest.mark.parametrize(
    ("bands", "founded", "result"),
    [
        ({2023: "称职", 2024: "不称职", 2025: "优秀"}, 0, "renew"),
        ({2023: "不称职", 2024: "不称职", 2025: "优秀"}, 0, "not_renew"),
        ({2023: "称职", 2024: "称职", 2025: "优秀"}, 3, "not_renew"),
        ({2023: "称职", 2024: "称职", 2025: "优秀"}, 2, "renew"),
        ({2023: "称职", 2024: "称职", 2025: "不称职"}, 0, "unclear"),
        ({2023: "称职", 2024: None, 2025: "优秀"}, 0, "unclear"),
        ({2023: "称职", 2024: "称职", 2025: "优秀"}, None, "unclear"),
        ({2023: "不称职", 2024: "不称职"}, None, "not_renew"),
        ({}, 0, "unclear"),
    ],
)
def test_a_term_is_recommended_advised_against_or_left_to_a_person(bands, founded, result):
    assert recommendation(bands, founded=founded).result == result


def test_only_what_decided_is_told_with_its_clause():
    made = recommendation({2023: "不称职", 2024: "不称职", 2025: "优秀"})

    assert told(made.reasons) == [("第十二条", "reviews.bands.不称职", "pass")]
    assert (made.reasons[0].verdict.found, made.reasons[0].verdict.bound) == (2, 2)
    good = recommendation({2025: "优秀"})
    assert told(good.reasons) == [
        ("第十一条", "reviews.latest", "pass"), ("第三章", "reviews.without", "pass"),
    ]  # fmt: skip


def test_what_is_missing_is_told_and_held_against_nobody():
    made = recommendation({2025: "优秀"}, founded=None)

    assert (made.result, made.reasons) == ("unclear", ())
    assert told(made.waiting) == [("", "complaints.founded", "pending")]


def test_a_year_whose_figures_were_missing_is_reviewed_and_is_no_band():
    found = recommendation({2024: "称职", 2025: ""})
    assert (found.result, found.waiting) == ("renew", ())
    alone = recommendation({2025: ""})
    assert (alone.result, told(alone.waiting)) == (
        "unclear", [("第十一条", "reviews.latest", "pending")]
    )  # fmt: skip


def test_where_nothing_speaks_for_it_the_failing_conditions_are_told():
    made = recommendation({2024: "优秀", 2025: "不称职"})

    assert told(made.reasons) == [("第十一条", "reviews.latest", "fail")]


def test_a_condition_turned_round_tells_what_is_inside():
    rule = {"against": {"not": {"cmp": ["reviews.count", ">=", 1]}, "clause": "第五条"}}

    assert told(recommendation({2025: None}, rule).reasons) == [("第五条", "reviews.count", "fail")]


@given(terms, st.none() | st.integers(0, 5))
def test_nobody_is_advised_against_on_what_nobody_knows(bands, founded):
    made = recommendation(bands, founded=founded)
    bad = [*bands.values()].count("不称职")

    assert (made.result == "not_renew") is (bad >= 2 or (founded or 0) >= 3)
    assert not (made.result == "renew" and founded is None)
    assert bool(made.reasons or made.waiting)


@given(terms)
def test_years_are_reviewed_or_without_review(bands):
    scheme = review_rule(renewal=RULE)
    reviews = renewal_facts(scheme, DAY, bands).find("reviews")

    assert reviews["count"] + reviews["without"] == len(bands)
    assert sum(reviews["bands"].values()) == reviews["count"]
    assert ("latest" in reviews) is (reviews["count"] > 0)


@pytest.mark.parametrize(
    ("rule", "paths"),
    [
        (UNK, ["review.renewal"]),
        ({"recommend": UNK}, ["review.renewal.recommend"]),
        ({"against": {"cmp": ["x", ">=", UNK]}}, ["review.renewal.against.cmp[2]"]),
        ({}, []),
        (None, []),
    ],
)
def test_a_rule_that_does_not_know_leaves_it_to_a_person(rule, paths):
    found = [path for path, _sentence in blockers(review_rule(renewal=rule))]

    assert found[: len(paths)] == paths
    assert bool(found) is bool(paths)
    assert recommendation({2025: "优秀"}, rule).result == "unclear"


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        ({"recomend": {}}, "review.renewal"),
        ({"against": {"cmp": ["a", ">="]}}, "review.renewal.against.cmp"),
        ({"recommend": {"any": []}}, "review.renewal.recommend.any"),
        ({"recommend": {"cmp": ["a", "near", 3]}}, "review.renewal.recommend.cmp"),
    ],
)
def test_a_rule_that_is_none_is_a_fault_with_its_path(rule, path):
    assert [at for at, _ in review_faults(review_rule(renewal=rule))] == [path]
