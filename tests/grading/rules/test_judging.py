"""Conditions with three answers, vetoes, waivers, windows: each at its boundary."""

from datetime import date
from decimal import Decimal

import pytest

from grading.rules.facts import Facts
from grading.rules.judging import grade, population
from grading.rules.predicates import Judge
from grading.rules.reading import read
from grading.rules.scheme import Scheme, SchemeFault
from grading.rules.unknown import UNK

DAY = date(2024, 6, 1)
T, F, N = {"flag": "yes"}, {"flag": "no"}, {"flag": "nobody_knows"}
LEVELS = [{"code": "L1", "label": "一级", "rank": 1}, {"code": "L2", "label": "二级", "rank": 2}]


def scheme(**sections):
    return Scheme({"id": "x", "levels": LEVELS, "req": {"L1": {}, "L2": {}}, **sections})


def facts(**values):
    return Facts({"as_of": DAY, "flags": {"yes": True, "no": False}, **values})


def judged(node, rule=None, **values):
    return Judge(rule or scheme(), facts(**values)).judge(node).result


@pytest.mark.parametrize(
    ("node", "result"),
    [
        ({}, "pass"),
        (UNK, "unknown"),
        ({"all": [T, T]}, "pass"),
        ({"all": [T, N]}, "pending"),
        ({"all": [N, F]}, "fail"),
        ({"any": [F, N]}, "pending"),
        ({"any": [N, T]}, "pass"),
        ({"any": [F, F]}, "fail"),
        ({"not": T}, "fail"),
        ({"not": N}, "pending"),
        ({"k_of": {"k": 2, "of": [T, T, F]}}, "pass"),
        ({"k_of": {"k": 2, "of": [T, N, F]}}, "pending"),
        ({"k_of": {"k": 2, "of": [T, F, F]}}, "fail"),
        ({"k_of": {"k": 2, "of": [N, F, F]}}, "fail"),
        ({**N, "on_missing": "fail"}, "fail"),
        ({"all": [T, UNK]}, "unknown"),
        ({"any": [T, UNK]}, "unknown"),
        ({"cmp": ["found.n", "between", [1, 3]]}, "pass"),
        ({"cmp": ["found.n", "between", [1, 2]]}, "fail"),
        ({"cmp": ["found.n", "in", [1, 3]]}, "pass"),
        ({"cmp": ["found.word", "in", ["a", "b"]]}, "pass"),
        ({"cmp": ["found.word", "=", "b"]}, "fail"),
        ({"cmp": ["found.word", ">", 1]}, "pending"),
        ({"cmp": ["found.nothing", ">", 1]}, "pending"),
        ({"cmp": ["found.nothing", "exists", True]}, "fail"),
        ({"cmp": ["found.n", "exists", True]}, "pass"),
        ({"cmp": ["found.day", "<=", date(2024, 1, 1)]}, "pass"),
        ({"cmp": ["found.day", "<", date(2024, 1, 1)]}, "fail"),
    ],
)
def test_conditions_follow_what_is_known(node, result):
    found = {"n": 3, "word": "a", "day": date(2024, 1, 1)}
    assert judged(node, found=found) == result


@pytest.mark.parametrize(
    ("word", "at_bound"),
    [("以上", "pass"), ("不低于", "pass"), ("满", "pass"), ("不超过", "pass"), ("超过", "fail"),
     ("不满", "fail"), ("以下", "pass")],
)  # fmt: skip
def test_words_count_the_number_in_as_the_civil_code_says(word, at_bound):
    assert judged({"cmp": ["n", word, 3]}, n=3) == at_bound


def test_a_rule_set_may_bind_a_word_otherwise():
    assert judged({"cmp": ["n", "以下", 3]}, scheme(words={"以下": "<"}), n=3) == "fail"
    assert judged({"cmp": ["n", "以下", 3]}, scheme(words={"以下": UNK}), n=3) == "unknown"


def test_shares_are_exact():
    rule = scheme(metrics={"share": {"ratio": ["a", "b"]}})
    node = {"cmp": ["share", ">=", Decimal("0.29")]}
    assert judged(node, rule, a=29, b=100) == "pass"
    assert judged(node, rule, a=28999999, b=100000000) == "fail"
    assert judged(node, rule, a=0, b=0) == "pending"


@pytest.mark.parametrize(
    ("window", "counted"),
    [
        (None, 5),
        ({"last_years": 1}, 3),
        ({"last_months": 1}, 2),
        ({"complete_years": 1}, 1),
        ("current_year", 3),
        ({"since": "graded_on"}, 3),
        ({"from": date(2023, 1, 1), "until": date(2024, 1, 1)}, 1),
    ],
)
def test_windows_end_with_the_day_and_take_in_their_first(window, counted):
    days = ["2020-01-01", "2023-01-01", "2024-01-01", "2024-05-02", "2024-06-01", "2024-06-02"]
    rows = [{"on": date.fromisoformat(day)} for day in days]
    spec = {"of": "rows", **({"window": window} if window else {})}
    rule = scheme(metrics={"n": {"count": spec}})
    values = {"rows": rows, "graded_on": date(2024, 1, 1)}
    assert judged({"cmp": ["n", "=", counted]}, rule, **values) == "pass"


def test_a_window_from_a_day_nobody_knows_is_pending():
    rule = scheme(metrics={"n": {"count": {"of": "rows", "window": {"since": "graded_on"}}}})
    assert judged({"cmp": ["n", ">=", 0]}, rule, rows=[]) == "pending"


def test_every_year_of_several_has_to_hold():
    node = {"each_year": {"metric": "by_year", "last": 2, "op": ">=", "value": 3}}
    years = {2022: 3, 2023: 3, 2024: 0}
    assert judged(node, by_year=years) == "pass"
    assert judged(node, by_year={**years, 2023: 2}) == "fail"
    assert judged(node, by_year={2023: 3}) == "pending"


@pytest.mark.parametrize(
    ("effect", "flag", "results"),
    [
        ("reject", "yes", ("vetoed", "vetoed")),
        ("reject", "no", ("pass", "pass")),
        ("reject", "nobody_knows", ("pending", "pending")),
        ({"cap": "L2"}, "yes", ("vetoed", "pass")),
        ({"cap": "L2"}, "nobody_knows", ("pending", "pass")),
        ({"bar_months": 12}, "yes", ("vetoed", "vetoed")),
        ("ruling", "yes", ("pending", "pending")),
    ],
)
def test_vetoes_do_what_their_effect_says(effect, flag, results):
    rule = scheme(vetoes=[{"id": "v", "when": {"flag": flag}, "effect": effect}])
    assert tuple(grade(rule, level, facts()).result for level in ("L1", "L2")) == results


def test_a_veto_goes_before_what_fails_and_what_waits():
    rule = scheme(vetoes=[{"id": "v", "when": T}], req={"L1": F, "L2": N})
    assert {grade(rule, level, facts()).result for level in ("L1", "L2")} == {"vetoed"}


@pytest.mark.parametrize(("months", "result"), [(12, "vetoed"), (11, "pass")])
def test_a_fact_with_days_counts_inside_the_window_of_the_veto(months, result):
    when = {"id": "v", "when": {"flag": "warned"}, "window": {"last_months": months}}
    values = {"flags": {"warned": [date(2023, 6, 2)]}}
    assert grade(scheme(vetoes=[when]), "L1", facts(**values)).result == result


def test_a_waiver_lifts_only_what_it_names_and_shows():
    node = {"all": [{**F, "id": "exam"}, {**T, "id": "years"}]}
    waivers = [{"nodes": ["exam"], "when": T, "approver": "city"}]
    rule = scheme(req={"L1": node, "L2": {"all": [{**F, "id": "years"}]}}, waivers=waivers)
    assert grade(rule, "L1", facts()).result == "fail"
    agreed = facts(waived={"exam": {"by": "city", "reason": "年满六十"}})
    judgment = grade(rule, "L1", agreed)
    assert judgment.result == "pass"
    (lifted, _years) = judgment.parts[-1].of
    assert (lifted.kind, lifted.result, lifted.of[0].result) == ("waived", "pass", "fail")
    assert grade(rule, "L2", agreed).result == "fail"


def test_nobody_is_judged_by_a_rule_that_does_not_say():
    rule = scheme(req={"L1": UNK, "L2": {}})
    blocked = grade(rule, "L1", facts())
    assert (blocked.result, blocked.blockers) == ("blocked_rule", ("req.L1",))
    assert grade(rule, "L2", facts()).result == "pass"
    assert population(scheme(population=UNK), facts()) == "blocked_rule"


def test_a_level_that_is_not_open_is_not_judged():
    rule = scheme(open_levels=["L2"], req={"L1": UNK, "L2": {}})
    assert grade(rule, "L1", facts()).result == "level_not_open"
    with pytest.raises(SchemeFault):
        grade(rule, "L9", facts())


def test_the_explanation_gives_numbers_threshold_and_clause():
    rule = scheme(
        metrics={"share": {"ratio": ["a", "b"]}},
        req={"L1": {"cmp": ["share", ">=", Decimal("0.85")], "clause": "四级3"}, "L2": {}},
    )
    (leaf,) = [one for one in grade(rule, "L1", facts(a=42, b=50)).leaves() if one.kind == "cmp"]
    assert (leaf.result, leaf.clause, leaf.part, leaf.whole) == ("fail", "四级3", 42, 50)
    assert (leaf.found, leaf.op, leaf.bound) == (Decimal("0.84"), ">=", Decimal("0.85"))


@pytest.mark.parametrize(
    "node",
    ["{flag: a, attest: b}", "{all: {flag: a}}", "[1]", "{cmp: [n, 大约, 1]}", "{use: nothing}"],
)
def test_what_is_no_condition_is_a_fault_and_not_a_crash(node):
    with pytest.raises(SchemeFault):
        judged(read(f"a: {node}")[0]["a"], n=1)


def test_if_nobody_knows_which_levels_are_open_nobody_is_judged():
    blocked = grade(scheme(open_levels=UNK), "L1", facts())
    assert (blocked.result, blocked.blockers) == ("blocked_rule", ("open_levels",))
