"""Equals on whom a panel votes: carried by the rule, no equals beside, or nothing is settled."""

import pytest

from grading.rules.scheme import Scheme, SchemeFault
from grading.rules.seats import OF_ALL, OF_PRESENT, Place, Sitting
from grading.rules.ties import Ballot, by_vote, vote_rule
from grading.rules.unknown import UNK
from grading.rules.voting import CHAIR_DECIDES, MAJORITY, TWO_THIRDS, VoteRule

pytestmark = pytest.mark.usefixtures("in_english")
PLAIN = VoteRule()
AGAIN = "The vote settles nothing: vote again."
TOO_FEW = "Fewer than the places to be given have the votes that the rule asks for."
AS_MANY = "Equals have as many votes."


def committee(**section):
    levels = [{"code": "l4", "label": "四级", "rank": 4}]
    return Scheme({"id": "X", "levels": levels, "committee": section})


def sitting(members="abcde", *, needed=3, chair="a", places=5):
    seated = tuple(Place("m", one) for one in members)
    return Sitting(places, seated, present=frozenset(members), chair=chair, needed=needed)


def voted(votes, *, tied=("x", "y"), rule=PLAIN, number=1, **given):
    ballots = [
        Ballot(member, frozenset(choices), abstains=not choices, reason="" if choices else "近亲属")
        for member, choices in votes.items()
    ]
    bench = sitting("".join(votes), **given)
    return by_vote(ballots, tied, rule, bench, lambda order: set(order[:number]))


def test_who_has_the_majority_comes_first():
    found = voted({"a": "y", "b": "y", "c": "y", "d": "x", "e": ""})
    assert (found.order, found.faults) == (("y", "x"), ())
    one = found.counts["y"]
    assert (one.yes, one.no, one.abstained, one.needed) == (3, 1, 1, 3)


def test_more_votes_than_another_are_no_majority():
    assert voted({"a": "y", "b": "y", "c": "x", "d": "", "e": ""}).faults == (TOO_FEW, AGAIN)


def test_two_thirds_are_more_than_a_majority():
    votes = {"a": "y", "b": "y", "c": "y", "d": "x", "e": "x"}
    assert voted(votes).faults == ()
    assert voted(votes, rule=VoteRule(TWO_THIRDS)).faults == (TOO_FEW, AGAIN)


def test_of_all_places_is_more_than_of_those_present():
    votes = {"a": "y", "b": "y", "c": "x"}
    assert voted(votes, rule=VoteRule(MAJORITY, OF_PRESENT)).faults == ()
    assert voted(votes, rule=VoteRule(MAJORITY, OF_ALL)).faults == (TOO_FEW, AGAIN)


def test_for_two_places_each_votes_for_two():
    votes = {"a": "xy", "b": "xz", "c": "xy"}
    found = voted(votes, tied=("x", "y", "z"), number=2)
    assert (found.order, found.faults) == (("x", "y", "z"), ())
    assert voted(votes, tied=("x", "y", "z")).faults == (
        "a voted for more than there are places: 1.",
        "b voted for more than there are places: 1.",
        "c voted for more than there are places: 1.",
    )


def test_equals_at_the_last_place_settle_nothing():
    votes = {"a": "xy", "b": "xz", "c": "yz", "d": "x", "e": "yz"}
    found = voted(votes, tied=("x", "y", "z"), number=2)
    assert found.faults == (AS_MANY, AGAIN)


@pytest.mark.parametrize(("tie", "faults"), [(UNK, (TOO_FEW, AGAIN)), (CHAIR_DECIDES, ())])
def test_the_chair_decides_where_the_rule_says_so(tie, faults):
    votes = {"a": "y", "b": "y", "c": "x", "d": "x"}
    found = voted(votes, rule=VoteRule(tie=tie))
    assert found.faults == faults
    assert found.order[0] == ("y" if not faults else "x")


@pytest.mark.parametrize("needed", [4, None])
def test_too_few_decide_nothing(needed):
    found = voted({"a": "y", "b": "y", "c": "y"}, needed=needed)
    assert found.faults == ("Too few members were present to vote.",)


def test_who_does_not_sit_has_no_vote():
    ballots = [Ballot("a", frozenset("y")), Ballot("q", frozenset("y"))]
    found = by_vote(ballots, ("x", "y"), PLAIN, sitting("abc"), lambda order: set(order[:1]))
    assert found.faults == ("q does not sit in this matter and has no vote.",)


def test_votes_for_others_and_abstaining_with_a_vote_are_named():
    ballots = [
        Ballot("a", frozenset("q")),
        Ballot("b", frozenset("x"), "近亲属", abstains=True),
        Ballot("c", abstains=True),
    ]
    found = by_vote(ballots, ("x", "y"), PLAIN, sitting("abc"), lambda order: set(order[:1]))
    assert found.faults == (
        "The vote of c needs a reason.",
        "a voted for somebody whom the tie does not concern.",
        "b abstained and voted.",
    )


@pytest.mark.parametrize(
    ("vote", "tie", "rule"),
    [
        ("majority_present", "chair", VoteRule(MAJORITY, OF_PRESENT, CHAIR_DECIDES)),
        ("majority_all", UNK, VoteRule(MAJORITY, OF_ALL, UNK)),
        ("三分之二以上", "rejected", VoteRule(TWO_THIRDS, OF_PRESENT, "rejected")),
        (UNK, "chair", UNK),
    ],
)
def test_the_rule_says_how_it_votes(vote, tie, rule):
    assert vote_rule(committee(vote=vote, tie=tie)) == rule


def test_a_word_that_is_no_way_to_vote_is_a_fault():
    with pytest.raises(SchemeFault, match="is no way to vote"):
        vote_rule(committee(vote="loudest"))
