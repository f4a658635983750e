from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grading.rules.cuts import topn
from grading.rules.scheme import SchemeFault
from tests.grading.rules.make_rules import rule

SCORES = {"a": 90, "b": 88, "c": 88, "d": Decimal("88.0"), "e": 70}


def of(text):
    return rule(f"{{selection: {{{text}}}}}")


@pytest.mark.parametrize(
    ("number", "found"),
    [
        (0, ""),
        (1, "a"),
        (2, "tie_needs_policy"),
        (3, "tie_needs_policy"),
        (4, "abcd"),
        (5, "abcde"),
        (9, "abcde"),
    ],
)
@pytest.mark.parametrize("tie", ["", ", tie_at_cut: UNK", ", tie: lot"])
def test_only_a_cut_within_equals_needs_a_policy(number, found, tie):
    answer = topn(of(f"top: {{final: {{number: {number}{tie}}}}}"), "final", SCORES)

    assert answer == (found if "_" in found else list(found))


@pytest.mark.parametrize(
    "text",
    [
        "{selection: {top: {final: 1}}}",
        "{selection: {topn: {final: {n: 1}}}}",
        "{selection: {top_n: [{stage: final, number: 1}]}}",
        "{selection: {cuts: [{id: final, top: 1}]}}",
        "{selection: {top: {final: 20%}}}",
        "{selection: {top_n: 1}}",
        "{selection: {final: {n: 1}}}",
        "{selection: {top: {final: {percent: 39}}}}",
        "{stages: [{id: final, actor: panel, top: 1}]}",
        "{stages: [{id: final, actor: panel, take: {number: 1}}]}",
    ],
)
@pytest.mark.parametrize(
    "scores",
    [
        {"a": 90, "b": "88.5"},
        [("b", "88.5"), ("a", 90)],
        [{"id": "a", "score": 90}, {"name": "b", "score": Decimal("88.5")}],
        {"a": {"score": 90}, "b": {"score": 80}},
    ],
)
def test_a_cut_is_the_same_however_it_is_written(text, scores):
    scores = {**scores, "z": 1, "y": 1, "x": 1} if isinstance(scores, dict) else scores
    scores = scores if isinstance(scores, dict) else [*scores, ("z", 1), ("y", 1), ("x", 1)]

    assert topn(rule(text), "final", scores) == ["a"]


@pytest.mark.parametrize(("policy", "found"), [("include_all", "abcd"), ("exclude_all", "a")])
@pytest.mark.parametrize(
    "text",
    ["top: {{final: {{number: 2, tie_at_cut: {}}}}}", "top: {{final: 2}}, tie_at_cut: {}"],
)
def test_equals_at_the_cut_all_come_through_or_none(text, policy, found):
    assert topn(of(text.format(policy)), "final", SCORES) == list(found)


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ("[exam]", ["a", "c"]),
        ("[-age]", ["a", "b"]),
        ("[{key: age, order: lowest}]", ["a", "b"]),
        ("[years, exam]", ["a", "c"]),
        ("[years]", "tie_needs_policy"),
        ("[merit]", "tie_needs_policy"),
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        "tie_at_cut: {}",
        "tie_at_cut: {{by: {}}}",
        "tie_break: {}",
        "tie_at_cut: tie_break, tie_break: {}",
    ],
)
def test_named_keys_tell_equals_apart_or_leave_the_tie(text, keys, found):
    rows = [
        {"id": "a", "score": 90, "exam": 1, "age": 60, "years": 1},
        {"id": "b", "score": 88, "exam": 70, "age": 40, "years": 3},
        {"id": "c", "score": 88, "exam": 80, "age": 50, "years": 3},
    ]

    assert topn(of(f"top: {{final: 2}}, {text.format(keys)}"), "final", rows) == found


def test_an_unknown_number_has_no_list():
    assert topn(of("top: {final: UNK}"), "final", SCORES) == "UNK"
    assert topn(of("top: {final: {tie: include_all}}"), "final", SCORES) == "UNK"


@pytest.mark.parametrize(
    ("text", "stage", "scores"),
    [
        ("top: {final: 2}", "other", SCORES),
        ("top: {final: 2}", "final", {"a": None}),
        ("top: {final: 2}", "final", {"a": "high"}),
        ("top: {final: {number: 1, tie: quarrel}}", "final", SCORES),
        ("top: {final: {number: 1.5}}", "final", SCORES),
        ("top: {final: {best: 1}}", "final", SCORES),
    ],
)
def test_a_cut_that_is_not_understood_is_a_fault(text, stage, scores):
    with pytest.raises(SchemeFault):
        topn(of(text), stage, scores)


@settings(deadline=None)
@given(st.lists(st.integers(0, 5), max_size=12), st.integers(0, 12))
def test_all_equals_or_none_of_them_come_through(scores, number):
    given_scores = dict(enumerate(scores))

    more = topn(of(f"top: {{final: {number}}}, tie: include_all"), "final", given_scores)
    fewer = topn(of(f"top: {{final: {number}}}, tie: exclude_all"), "final", given_scores)

    assert fewer == more[: len(fewer)]
    assert len(fewer) <= number
    assert len(more) >= min(number, len(scores))
    assert not {scores[one] for one in fewer} & {
        scores[one] for one in set(given_scores) - set(fewer)
    }
