"""Votes: majorities at their boundary, ties, what must not be counted."""

from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from grading.rules.seats import OF_ALL, Place, Sitting
from grading.rules.unknown import UNK
from grading.rules.voting import (
    ABSTAIN,
    CARRIED,
    CHAIR_DECIDES,
    HIGHER_BODY,
    LOST,
    NO,
    NOT_QUORATE,
    REJECTED,
    REVOTE,
    TIED,
    TWO_THIRDS,
    YES,
    Vote,
    VoteRule,
    counted,
    vote_faults,
)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def panel(present, *, places=None, needed=1, chair=0):
    return Sitting(
        places=places or present,
        seated=tuple(Place("member", number) for number in range(present)),
        present=frozenset(range(present)),
        chair=chair,
        needed=needed,
    )


def votes(yes=0, no=0, abstained=0):
    choices = [YES] * yes + [NO] * no + [ABSTAIN] * abstained
    return [Vote(number, choice, "because") for number, choice in enumerate(choices)]


@pytest.mark.parametrize(
    ("rule", "present", "places", "cast", "result"),
    [
        (VoteRule(), 5, 5, (3, 2), CARRIED),
        (VoteRule(), 5, 5, (2, 3), LOST),
        (VoteRule(), 6, 6, (4, 2), CARRIED),
        (VoteRule(), 6, 6, (3, 2, 1), LOST),
        (VoteRule(), 6, 6, (3, 3), TIED),
        (VoteRule(), 6, 6, (2, 2, 2), LOST),
        (VoteRule(), 5, 5, (2, 2, 1), TIED),
        (VoteRule(), 6, 6, (0, 0, 6), LOST),
        (VoteRule(of=OF_ALL), 4, 6, (3, 1), LOST),
        (VoteRule(of=OF_ALL), 4, 6, (4, 0), CARRIED),
        (VoteRule(of=OF_ALL), 4, 6, (2, 2), LOST),
        (VoteRule(TWO_THIRDS), 6, 6, (4, 2), CARRIED),
        (VoteRule(TWO_THIRDS), 6, 6, (3, 3), LOST),
        (VoteRule(TWO_THIRDS), 5, 5, (3, 2), LOST),
        (VoteRule(TWO_THIRDS), 7, 7, (5, 2), CARRIED),
        (VoteRule(TWO_THIRDS, of=OF_ALL), 5, 6, (4, 1), CARRIED),
        (VoteRule(TWO_THIRDS, of=OF_ALL), 5, 7, (4, 1), LOST),
    ],
)
def test_a_vote_is_counted_by_its_rule(rule, present, places, cast, result):
    assert counted(votes(*cast), rule, panel(present, places=places)).result == result


@pytest.mark.parametrize(
    ("tie", "result", "told"),
    [
        (UNK, TIED, ""),
        (None, TIED, ""),
        (REJECTED, LOST, REJECTED),
        (REVOTE, TIED, REVOTE),
        (HIGHER_BODY, TIED, HIGHER_BODY),
        (CHAIR_DECIDES, CARRIED, CHAIR_DECIDES),
    ],
)
def test_a_tie_goes_as_the_rule_says_and_decides_nothing_where_it_is_silent(tie, result, told):
    count = counted(votes(3, 3), VoteRule(tie=tie), panel(6))

    assert (count.result, count.tie) == (result, told)


@pytest.mark.parametrize(("chair", "result"), [(0, CARRIED), (3, LOST), (4, TIED), (None, TIED)])
def test_the_chair_decides_a_tie_by_the_vote_given_and_not_by_abstaining(chair, result):
    rule = VoteRule(tie=CHAIR_DECIDES)

    assert counted(votes(2, 2, 1), rule, panel(5, chair=chair)).result == result


def test_the_figures_are_kept_as_evidence():
    count = counted(votes(3, 1, 1), VoteRule(of=OF_ALL), panel(6, places=8))

    assert (count.yes, count.no, count.abstained, count.silent) == (3, 1, 1, 1)
    assert (count.base, count.needed, count.result) == (8, 5, LOST)


@pytest.mark.parametrize(
    ("needed", "result"), [(5, CARRIED), (6, NOT_QUORATE), (None, NOT_QUORATE)]
)
def test_too_few_decide_nothing_and_so_does_an_unknown_quorum(needed, result):
    assert counted(votes(5), VoteRule(), panel(5, needed=needed)).result == result


def test_every_vote_that_must_not_be_counted_is_named():
    cast = [Vote(0, YES), Vote(0, NO), Vote(9, YES), Vote(1, "maybe"), Vote(2, ABSTAIN, " ")]

    assert vote_faults(cast, VoteRule(), panel(3)) == [
        "0 has voted more than once.",
        "9 does not sit in this matter and has no vote.",
        "1 voted neither for nor against nor abstained.",
        "The vote of 2 needs a reason.",
    ]
    with pytest.raises(ValueError, match="more than once"):
        counted(cast, VoteRule(), panel(3))


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.sampled_from([UNK, REJECTED]))
def test_a_majority_carries_exactly_above_half_and_two_thirds_from_two_thirds(yes, no, out, tie):
    present = panel(yes + no + out)
    cast = votes(yes, no, out)
    total = len(cast)

    by_half = counted(cast, VoteRule(tie=tie), present).result
    by_thirds = counted(cast, VoteRule(TWO_THIRDS, tie=tie), present).result

    assert (by_half == CARRIED) is (total > 0 and Fraction(yes) > Fraction(total, 2))
    assert (by_thirds == CARRIED) is (total > 0 and Fraction(yes) >= Fraction(2 * total, 3))
