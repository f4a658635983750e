"""Equals at the cut on whom a panel votes: for whom each member is, and what follows by the rule.

Each member present votes for as many of the equals as there are places, or for fewer, or abstains
with a reason. Who gets a place has to be carried by the vote of the rule, and nobody without one
may have as many votes.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from grading.rules import spelling
from grading.rules.seats import OF_ALL, OF_PRESENT
from grading.rules.unknown import UNK, is_known
from grading.rules.voting import (
    ABSTAIN,
    CARRIED,
    CHAIR_DECIDES,
    HIGHER_BODY,
    MAJORITY,
    NO,
    NOT_QUORATE,
    REJECTED,
    REVOTE,
    TWO_THIRDS,
    YES,
    Vote,
    VoteRule,
    counted,
    vote_faults,
)

AT = "committee.vote"
KINDS = {
    "majority": (MAJORITY, OF_PRESENT), "majority_present": (MAJORITY, OF_PRESENT),
    "过半数": (MAJORITY, OF_PRESENT), "majority_all": (MAJORITY, OF_ALL),
    "two_thirds": (TWO_THIRDS, OF_PRESENT), "two_thirds_present": (TWO_THIRDS, OF_PRESENT),
    "三分之二以上": (TWO_THIRDS, OF_PRESENT), "two_thirds_all": (TWO_THIRDS, OF_ALL),
}  # fmt: skip
TIES = {
    "chair": CHAIR_DECIDES, CHAIR_DECIDES: CHAIR_DECIDES, REJECTED: REJECTED, REVOTE: REVOTE,
    HIGHER_BODY: HIGHER_BODY,
}  # fmt: skip


@dataclass(frozen=True)
class Ballot:
    """What one member voted on equals: for whom, or for nobody with the reason of abstaining."""

    member: object
    choices: frozenset = frozenset()
    reason: str = ""
    abstains: bool = False


@dataclass(frozen=True)
class Result:
    """The order of the equals by their votes, the ``Count`` of each, and why it is not settled."""

    order: tuple = ()
    counts: dict = None
    faults: tuple = ()


def vote_rule(scheme):
    """Return the ``VoteRule`` of the committee; UNK if the rule does not say how it votes.

    :raises SchemeFault: if its words are not understood.
    """
    section = scheme.section("committee")
    written = section.get("vote")
    if not is_known(written):
        return UNK
    if str(written) not in KINDS:
        raise spelling.fault(AT, _("“%s” is no way to vote.") % written)
    kind, of = KINDS[str(written)]
    tie = spelling.said("committee", section, "tie", "tie_rule")
    return VoteRule(kind, of, TIES.get(str(tie), UNK) if is_known(tie) else UNK)


def by_vote(ballots, tied, rule, sitting, winners_of):
    """Return the ``Result`` of a vote on equals.

    :param winners_of: a function that returns who of an order of the equals gets a place.
    """
    votes = {one: [_vote(ballot, one) for ballot in ballots] for one in tied}
    places = len(winners_of(tuple(tied)))
    if faults := _faults(ballots, tied, votes, rule, sitting, places=places):
        return Result(faults=tuple(faults))
    counts = {one: counted(votes[one], rule, sitting) for one in tied}
    chair = next((one.choices for one in ballots if one.member == sitting.chair), frozenset())
    keys = {one: _key(one, counts, chair, rule) for one in tied}
    order = tuple(sorted(tied, key=lambda one: (keys[one], one)))
    winners = winners_of(order)
    losing = {keys[one] for one in tied if one not in winners}
    if any(counts[one].result == NOT_QUORATE for one in tied):
        return Result(order, counts, (_("Too few members were present to vote."),))
    if any(counts[one].result != CARRIED for one in winners):
        found = _("Fewer than the places to be given have the votes that the rule asks for.")
        return Result(order, counts, (found, _("The vote settles nothing: vote again.")))
    if losing & {keys[one] for one in winners}:
        found = _("Equals have as many votes.")
        return Result(order, counts, (found, _("The vote settles nothing: vote again.")))
    return Result(order, counts)


def _vote(ballot, person):
    if ballot.abstains:
        return Vote(ballot.member, ABSTAIN, ballot.reason)
    return Vote(ballot.member, YES if person in ballot.choices else NO, ballot.reason)


def _faults(ballots, tied, votes, rule, sitting, *, places):
    found = list(vote_faults(next(iter(votes.values()), []), rule, sitting))
    for ballot in ballots:
        said = {"member": ballot.member, "places": places}
        if ballot.choices - set(tied):
            found.append(_("%(member)s voted for somebody whom the tie does not concern.") % said)
        if len(ballot.choices) > places:
            found.append(_("%(member)s voted for more than there are places: %(places)d.") % said)
        if ballot.abstains and ballot.choices:
            found.append(_("%(member)s abstained and voted.") % said)
    return found


def _key(person, counts, chair, rule):
    decides = rule.tie == CHAIR_DECIDES and person in chair
    return -counts[person].yes, 0 if decides else 1
