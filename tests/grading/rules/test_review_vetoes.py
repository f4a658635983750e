"""Vetoes of a review: conditions as in grading, and what they do to score or band."""

from datetime import date

import pytest

from grading.rules.blockers import blockers
from grading.rules.facts import Facts
from grading.rules.review_shape import review_faults
from grading.rules.review_vetoes import answered, effects_of
from grading.rules.reviews import Found, reviewed
from grading.rules.unknown import UNK
from tests.grading.rules.make_reviews import review_rule

MISCONDUCT = {
    "id": "misconduct", "when": {"flag": "misconduct"}, "window": "current_year",
    "effect": "zero", "clause": "第九条",
}  # fmt: skip
COMPLAINTS = {
    "id": "complaints",
    "when": {"cmp": ["complaints.founded", ">=", 2]},
    "effect": {"cap": "基本称职"},
}
FULL = {"work": Found(1), "hours": Found(8), "conduct": Found(20), "publicity": Found(20)}


def rule(*vetoes):
    return review_rule(vetoes=list(vetoes))


def facts(**known):
    return Facts({"as_of": date(2026, 12, 31), "flags": {"misconduct": False}, **known})


@pytest.mark.parametrize(
    ("days", "founded", "expected"),
    [
        ([], 0, (100, "优秀")),
        ([], 1, (100, "优秀")),
        ([], 2, (100, "基本称职")),
        ([date(2026, 1, 1)], 0, (0, "不称职")),
        ([date(2026, 12, 31)], 2, (0, "不称职")),
        ([date(2025, 12, 31)], 0, (100, "优秀")),
    ],
)
def test_what_holds_on_the_last_day_of_the_year_takes_effect(days, founded, expected):
    known = facts(flags={"misconduct": days}, complaints={"founded": founded})
    scheme = rule(MISCONDUCT, COMPLAINTS)
    made = reviewed(scheme, FULL, vetoes=effects_of(answered(scheme, known)))

    assert (made.score, made.band) == expected


def test_what_nobody_knows_waits_and_takes_no_effect():
    answers = answered(rule(MISCONDUCT, COMPLAINTS), facts(flags={}))

    assert [one.waits for one in answers] == [True, True]
    assert effects_of(answers) == ()


def test_each_veto_tells_its_clause_and_what_it_rests_on():
    first, second = answered(rule(MISCONDUCT, COMPLAINTS), facts(complaints={"founded": 3}))

    assert (first.veto.clause, first.holds, first.waits) == ("第九条", False, False)
    assert (second.holds, second.verdict.found, second.verdict.bound) == (True, 3, 2)


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"when": UNK}, "review.vetoes[0].when"),
        ({"effect": UNK}, "review.vetoes[0].effect"),
        ({"effect": {"cap": UNK}}, "review.vetoes[0].effect.cap"),
        ({"when": {"cmp": ["x", ">=", "$p.most"]}}, "params.most"),
    ],
)
def test_an_unknown_blocks_and_takes_no_effect(changed, path):
    scheme = rule({**COMPLAINTS, **changed})

    assert path in [at for at, _sentence in blockers(scheme)]
    answers = answered(scheme, facts(complaints={"founded": 5}, x=5))
    assert effects_of(answers) == ()
    assert answers[0].waits


@pytest.mark.parametrize(
    ("row", "paths"),
    [
        ({**COMPLAINTS, "effect": "reject"}, ["review.vetoes[0].effect"]),
        ({**COMPLAINTS, "effect": {"cap": "优秀"}}, ["review.vetoes[0].effect.cap"]),
        ({**COMPLAINTS, "effect": {"cap": "良好"}}, ["review.vetoes[0].effect.cap"]),
        ({**COMPLAINTS, "effect": {"cpa": "称职"}}, ["review.vetoes[0].effect"]),
        ({**COMPLAINTS, "wen": {}}, ["review.vetoes[0]"]),
        ({**COMPLAINTS, "window": "current_year"}, ["review.vetoes[0].window"]),
        ({**MISCONDUCT, "window": "some_day"}, ["review.vetoes[0].window"]),
        ({"id": "x"}, ["review.vetoes[0].when", "review.vetoes[0].effect"]),
        ({**COMPLAINTS, "when": {"cmp": ["a", ">="]}}, ["review.vetoes[0].when.cmp"]),
        ({**COMPLAINTS, "when": {"cmmp": 1}}, ["review.vetoes[0].when"]),
        ({**COMPLAINTS, "when": {"flag": 3}}, ["review.vetoes[0].when.flag"]),
    ],
)
def test_a_veto_that_is_none_is_a_fault_with_its_path(row, paths):
    assert [at for at, _sentence in review_faults(rule(row))] == paths


def test_vetoes_of_a_review_stand_in_the_review():
    scheme = review_rule()
    scheme.document["vetoes"] = [{"when": {"flag": "x"}}]

    assert review_faults(scheme)[0][0] == "vetoes"
    assert [at for at, _ in review_faults(rule(COMPLAINTS, COMPLAINTS))] == ["review.vetoes"]
    assert answered(review_rule(vetoes=UNK), facts()) == ()
