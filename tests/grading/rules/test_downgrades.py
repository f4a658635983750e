import pytest

from grading.rules.downgrades import Effect, consecutive, effects_of
from grading.rules.scheme import SchemeFault
from grading.rules.unknown import UNK
from tests.grading.rules.make_rules import rule

TWO = [
    "[{consecutive: 2, effect: down_1}]",
    "[{when: {consecutive: {n: 2, bad: fail}}, effect: down_1}]",
    "[{when: {running: {years: 2, value: [fail]}}, effect: down_1, bar_months: 12}]",
    "[{when: {each_year: {metric: review, last: 2, op: '=', value: fail}}, effect: down_1}]",
    "[{when: {all: [{each_year: {metric: review, last: 2, op: in, value: [fail]}},"
    " {not: {flag: good_reason}}]}, effect: down_1}]",
]


def of(text):
    return rule(f"{{downgrade: {text}}}")


@pytest.mark.parametrize("text", TWO)
@pytest.mark.parametrize(
    ("series", "answer"),
    [
        (["pass", "fail", "fail"], "down_1"),
        (["fail", "pass", "fail"], "keep"),
        (["fail", "fail", "pass"], "keep"),
        (["fail"], "keep"),
        ([], "keep"),
        ({2023: "fail", 2022: "fail"}, "down_1"),
        ([{"year": 2022, "result": "fail"}, {"year": 2023, "result": "fail"}], "down_1"),
    ],
)
def test_bad_years_running_up_to_now_have_their_effect(text, series, answer):
    assert consecutive(of(text), series) == answer


@pytest.mark.parametrize(
    ("reason", "answer"),
    [
        (False, "down_1"),
        (True, "keep"),
        (None, "down_1"),
        ([], "down_1"),
        ([1], "down_1"),
        ([2022], "down_1"),
        ([2021, 2022], "keep"),
        ([False, True, False], "down_1"),
        ([False, True, True], "keep"),
    ],
)
def test_an_excused_bad_year_counts_as_nothing_and_breaks_no_run(reason, answer):
    series = {2021: "fail", 2022: "fail", 2023: "fail"}
    reason = [2022] if reason == [1] else reason

    assert consecutive(of(TWO[0]), series, reason) == answer


def test_places_of_a_series_without_years_count_from_nought():
    assert consecutive(of(TWO[0]), ["fail", "fail", "fail"], [1]) == "down_1"
    assert consecutive(of(TWO[0]), ["fail", "fail"], [0]) == "keep"


def test_a_good_year_breaks_the_run_even_if_somebody_excused_it():
    assert consecutive(of(TWO[0]), ["fail", "pass", "fail"], [1]) == "keep"


def test_a_rule_may_admit_no_excuse():
    scheme = of("[{consecutive: 2, effect: revoke, unless: false}]")

    assert consecutive(scheme, ["fail", "fail"], True) == "revoke"  # noqa: FBT003


def test_of_several_rules_the_longest_run_counts():
    scheme = of("[{consecutive: 2, effect: down_1}, {consecutive: 3, effect: revoke}]")

    assert consecutive(scheme, ["fail"] * 2) == "down_1"
    assert consecutive(scheme, ["fail"] * 4) == "revoke"


@pytest.mark.parametrize(("series", "answer"), [([9, 9], "revoke"), ([9, 10], "keep")])
def test_a_year_may_be_bad_by_its_figure(series, answer):
    by_year = "{metric: cases, last: 2, op: 不满, value: $p.cases}"
    scheme = of(f"[{{when: {{each_year: {by_year}}}, effect: revoke}}], params: {{cases: 10}}")

    assert consecutive(scheme, series) == answer


@pytest.mark.parametrize(
    ("text", "series", "answer"),
    [
        ("UNK", ["pass"], "UNK"),
        ("[{consecutive: UNK, effect: revoke}]", ["fail"], "UNK"),
        ("[{consecutive: UNK, effect: revoke}]", ["pass"], "keep"),
        ("[{consecutive: 1, effect: UNK}]", ["fail"], "UNK"),
        ("[{consecutive: {n: 1, bad: UNK}, effect: revoke}]", ["fail"], "UNK"),
        ("[{when: {flag: misconduct}, effect: revoke}]", ["fail"], "keep"),
        ("[{when: UNK, effect: revoke}]", ["fail"], "keep"),
    ],
)
def test_what_the_rule_does_not_know_is_not_held_against_anybody(text, series, answer):
    assert consecutive(of(text), series) == answer


@pytest.mark.parametrize(
    ("text", "series"),
    [
        (TWO[0], [True, True]),
        (TWO[0], ["so-so"]),
        ("[{consecutive: {n: 2, grade: bad}, effect: revoke}]", ["fail"]),
        ("[{when: {all: [{consecutive: 2}, {flag: x}]}, effect: revoke}]", ["fail"]),
        ("[{when: {each_year: {last: 1, op: '<', value: 5}}, effect: revoke}]", ["many"]),
    ],
)
def test_a_year_or_rule_that_is_not_understood_is_a_fault(text, series):
    with pytest.raises(SchemeFault):
        consecutive(of(text), series)


def test_effects_are_certain_only_when_their_condition_holds():
    scheme = of(
        "[{when: {flag: left}, effect: revoke, bar_months: 12},"
        " {when: {flag: court}, effect: down_1}, {when: {flag: fine}, effect: revoke},"
        " {when: UNK, effect: UNK}]"
    )
    known = {"left": True, "court": None, "fine": False}

    found = effects_of(scheme, lambda predicate, facts: facts[predicate["flag"]], known)

    assert found == [
        Effect("revoke", 12),
        Effect("down_1", certain=False),
        Effect(UNK, certain=False),
    ]
