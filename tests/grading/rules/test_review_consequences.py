"""What follows from a band and from bad years running: proposals, never acts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading.rules.blockers import blockers
from grading.rules.review_consequences import consequences_for, consequences_of, run_of
from grading.rules.review_shape import review_faults
from grading.rules.unknown import UNK
from tests.grading.rules.make_reviews import review_rule

BAD = {"bands": ["不称职"], "years": 2, "excused": "passes", "consequence": ["no_renewal", "talk"]}
bands = st.none() | st.sampled_from(["优秀", "称职", "不称职"])
pasts = st.dictionaries(st.integers(2015, 2030), bands)


def rule(**changed):
    return review_rule(consecutive={**BAD, **changed})


def kinds(run):
    return None if run is None else [one.kind for one in run.consequences]


def test_a_band_has_its_consequences_each_by_itself():
    scheme = review_rule(
        consequences={
            "优秀": ["award", {"renewal": True, "clause": "第十条"}, {"pay": {"factor": "1.2"}}],
            "不称职": [{"pay": {"amount": -100}, "note": "每月"}, "no_renewal"],
            "称职": "renewal",
        }
    )
    award, renewal, pay = consequences_for(scheme, "优秀")

    assert (award.kind, renewal.kind, renewal.clause) == ("award", "renewal", "第十条")
    assert (str(pay.factor), pay.amount) == ("1.2", None)
    assert [(one.kind, one.amount, one.note) for one in consequences_for(scheme, "不称职")] == [
        ("pay", -100, "每月"), ("no_renewal", None, ""),
    ]  # fmt: skip
    assert consequences_for(scheme, "基本称职") == ()
    assert consequences_for(review_rule(), "优秀") == ()


def test_what_the_rule_does_not_know_follows_for_nobody_and_blocks():
    scheme = review_rule(consequences={"优秀": UNK, "称职": [{"pay": UNK}]})

    assert consequences_for(scheme, "优秀") is UNK
    assert consequences_for(scheme, "称职")[0].factor is UNK
    assert [path for path, _sentence in blockers(scheme)] == [
        "review.consequences.优秀", "review.consequences.称职[0].pay",
    ]  # fmt: skip
    assert consequences_of(review_rule(consequences=UNK)) is UNK


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ({"良好": ["award"]}, "良好"),
        ({"优秀": ["promotion"]}, "优秀[0]"),
        ({"优秀": [{"award": True, "talk": True}]}, "优秀[0]"),
        ({"优秀": [{"award": "gold"}]}, "优秀[0].award"),
        ({"优秀": ["award", "award"]}, "优秀"),
        ({"优秀": ["renewal", "no_renewal"]}, "优秀"),
        ({"优秀": [{"pay": {"factor": 1, "amount": 2}}]}, "优秀[0].pay"),
        ({"优秀": [{"pay": {"factor": -1}}]}, "优秀[0].pay.factor"),
        ({"优秀": [{"pay": {"bonus": 1}}]}, "优秀[0].pay"),
        ({"优秀": [3]}, "优秀[0]"),
    ],
)
def test_a_consequence_that_is_none_is_a_fault_with_its_path(written, path):
    faults = review_faults(review_rule(consequences=written))

    assert [at for at, _sentence in faults] == [f"review.consequences.{path}"]


@pytest.mark.parametrize(
    ("past", "excused", "years"),
    [
        ({2024: "不称职", 2025: "不称职"}, (), (2025, 2024)),
        ({2023: "不称职", 2024: "称职", 2025: "不称职"}, (), None),
        ({2023: "不称职", 2024: None, 2025: "不称职"}, (), (2025, 2023)),
        ({2023: "不称职", 2025: "不称职"}, (), (2025, 2023)),
        ({2023: "不称职", 2024: "不称职", 2025: "不称职"}, (2024,), (2025, 2023)),
        ({2024: "不称职", 2025: "不称职"}, (2025,), None),
        ({2024: "不称职", 2025: "不称职", 2026: "称职"}, (), None),
        ({2024: "不称职", 2025: "不称职", 2026: None}, (), (2025, 2024)),
        ({2025: "不称职"}, (), None),
        ({}, (), None),
    ],
)
def test_bad_years_running_pass_over_years_without_review_and_excused_ones(past, excused, years):
    found = run_of(rule(), past, excused=excused)

    assert (found and found.years) == years
    assert kinds(found) == (years and ["no_renewal", "talk"])


@pytest.mark.parametrize(
    ("word", "past", "is_reached"),
    [
        ("breaks", {2023: "不称职", 2024: None, 2025: "不称职"}, False),
        ("counts", {2024: None, 2025: "不称职"}, True),
        ("passes", {2024: None, 2025: "不称职"}, False),
    ],
)
def test_the_rule_may_say_otherwise_of_years_without_review(word, past, is_reached):
    assert (run_of(rule(not_reviewed=word), past) is not None) is is_reached


@pytest.mark.parametrize(("word", "is_reached"), [("breaks", False), ("counts", True)])
def test_the_rule_may_say_otherwise_of_excuses(word, is_reached):
    past = {2024: "不称职", 2025: "不称职"}

    assert (run_of(rule(excused=word), past, excused={2024}) is not None) is is_reached


@given(pasts, st.integers(2, 5))
def test_a_run_has_only_bad_years_and_nothing_good_between_them(past, years):
    found = run_of(rule(years=years), past)
    bad = {year for year, band in past.items() if band == "不称职"}

    if found:
        assert len(found.years) >= years
        assert set(found.years) <= bad
        between = [past.get(year) for year in range(min(found.years), max(past) + 1)]
        assert set(between) <= {"不称职", None}
    else:
        last_good = max((year for year, band in past.items() if band not in ("不称职", None)),
                        default=0)  # fmt: skip
        assert len([year for year in bad if year > last_good]) < years


@given(pasts)
def test_a_good_year_ends_every_run(past):
    latest = max(past, default=2030) + 1

    assert run_of(rule(), {**past, latest: "称职"}) is None


@pytest.mark.parametrize("name", ["bands", "years", "excused", "consequence"])
def test_an_unknown_is_answered_with_one_and_blocks(name):
    scheme = rule(**{name: UNK})

    assert run_of(scheme, {2025: "不称职"}) is UNK
    assert [path for path, _ in blockers(scheme)] == [f"review.consecutive.{name}"]


def test_without_a_rule_nothing_runs():
    assert run_of(review_rule(), {2024: "不称职", 2025: "不称职"}) is None
    assert run_of(review_rule(consecutive=UNK), {}) is UNK


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"bands": ["差"]}, "review.consecutive.bands"),
        ({"years": 1}, "review.consecutive.years"),
        ({"excused": "sometimes"}, "review.consecutive.excused"),
        ({"not_reviewed": "zero"}, "review.consecutive.not_reviewed"),
        ({"consequence": "fired"}, "review.consecutive.consequence[0]"),
        ({"year": 2}, "review.consecutive"),
    ],
)
def test_a_run_that_is_none_is_a_fault_with_its_path(changed, path):
    assert [at for at, _sentence in review_faults(rule(**changed))] == [path]
