import pytest

from grading.rules.committees import committee, seats_valid
from grading.rules.scheme import SchemeFault
from tests.grading.rules.make_rules import open_rules, rule

SEVEN = "seats: {bureau: 3, lawyer: 2, mediator: 2}, quorum: two_thirds, vote: majority"


def of(text):
    return rule(f"{{committee: {{{text}}}}}")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (f"size: 7, {SEVEN}", "ok"),
        (f"size: 7, {SEVEN}, tie: UNK", "ok"),
        (SEVEN, "ok"),
        (f"size: 8, {SEVEN}", "even_needs_tie_rule"),
        (f"size: 8, {SEVEN}, tie: chair", "incomplete"),
        (f"size: UNK, {SEVEN}", "incomplete"),
        ("size: 7, quorum: 5, vote: majority", "incomplete"),
        ("size: 7, seats: UNK, quorum: 5, vote: majority", "incomplete"),
        ("size: 7, seats: {bureau: 3, lawyer: UNK}, quorum: 5, vote: majority", "incomplete"),
        ("size: 7, seats: {bureau: 7}, quorum: UNK, vote: majority", "incomplete"),
        ("size: 7, seats: {bureau: 7}, quorum: 5, vote: UNK", "incomplete"),
        ("size: 6, seats: {bureau: 6}, quorum: 5, vote: majority, tie: chair", "ok"),
        ("size: 6, seats: {bureau: 6}, quorum: UNK, vote: UNK, tie: chair", "incomplete"),
        ("size: 5-9, seats: {bureau: [3, 9]}, quorum: 5, vote: majority", "even_needs_tie_rule"),
        ("size: {min: 5, max: 9, odd: true}, seats: {bureau: [3, 9]}, quorum: 5, vote: m", "ok"),
    ],
)
def test_a_committee_is_whole_or_says_what_it_lacks(text, answer):
    assert committee(of(text)) == answer


def test_six_seats_need_a_tie_rule_before_anything_else():
    chaoan = open_rules()["O3-guangdong-chaoan"]

    assert committee(chaoan) == "even_needs_tie_rule"


@pytest.mark.parametrize("text", ["{}", "{committee: UNK}"])
def test_a_rule_without_a_committee_is_incomplete(text):
    assert committee(rule(text)) == "incomplete"
    assert seats_valid(rule(text), {"bureau": 1}) == "invalid"


@pytest.mark.parametrize(
    ("seated", "answer"),
    [
        ({"bureau": 3, "lawyer": 2, "mediator": 2}, "valid"),
        ({"bureau": 4, "lawyer": 1, "mediator": 2}, "invalid"),
        ({"bureau": 3, "lawyer": 2, "mediator": 1}, "invalid"),
        ({"bureau": 3, "lawyer": 2, "judge": 2}, "invalid"),
        ({}, "invalid"),
    ],
)
@pytest.mark.parametrize(
    "seats",
    [
        "{bureau: 3, lawyer: 2, mediator: 2}",
        "[{seat: bureau, count: 3}, {id: lawyer, size: 2}, {category: mediator, number: 2}]",
        "{bureau: {min: 3, max: 3}, lawyer: [2, 2], mediator: 2-2}",
    ],
)
def test_seats_are_typed_and_not_only_counted(seats, seated, answer):
    assert seats_valid(of(f"size: 7, seats: {seats}"), seated) == answer


def test_seats_may_have_bounds_and_shares():
    scheme = of(
        "size: 5-7, seats: {bureau: {max: 3}, expert: {min_share: 1/2}, chair: {chair: true}}"
    )

    assert seats_valid(scheme, {"bureau": 2, "expert": 3, "chair": 1}) == "valid"
    assert seats_valid(scheme, {"bureau": 3, "expert": 3, "chair": 1}) == "invalid"
    assert seats_valid(scheme, {"bureau": 2, "expert": 3}) == "invalid"


@pytest.mark.parametrize(
    "text",
    ["seats: {a: {most: 3}}", "seats: [3, 4]", "seats: {a: [3, 1]}", "seats: {a: 1.5}", "seats: 7"],
)
def test_seats_that_are_not_understood_are_a_fault(text):
    with pytest.raises(SchemeFault):
        committee(of(text))
