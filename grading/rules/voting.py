"""The vote of a panel: for, against, abstained; what is counted is kept as the evidence.

A majority is more than half, two thirds are reached at exactly two thirds (民法典 art. 1259: 以上
includes the number, 过 does not). Both are counted of those present, abstentions with them, or of
all places of the panel, the vacant ones with them.

Under a majority rule a vote is tied if as many are for as against and one more vote for it would
have carried it. What follows from a tie is for the rule to say; where the rule is silent, or leaves
it to somebody else, the vote stays tied and decides nothing.
"""

from collections import Counter
from dataclasses import dataclass
from math import ceil

from django.utils.translation import gettext as _

from grading.rules.rounding import exactly
from grading.rules.seats import OF_ALL, OF_PRESENT
from grading.rules.unknown import UNK

YES, NO, ABSTAIN = "yes", "no", "abstain"
CHOICES = (YES, NO, ABSTAIN)

MAJORITY, TWO_THIRDS = "majority", "two_thirds"
CHAIR_DECIDES, REJECTED, REVOTE, HIGHER_BODY = "chair_decides", "rejected", "revote", "higher_body"
TIE_RULES = (CHAIR_DECIDES, REJECTED, REVOTE, HIGHER_BODY)

CARRIED, LOST, TIED, NOT_QUORATE = "carried", "lost", "tied", "not_quorate"


@dataclass(frozen=True)
class Vote:
    """What a member voted, and why."""

    member: object
    choice: str
    reason: str = ""


@dataclass(frozen=True)
class VoteRule:
    """How votes are counted; ``reasons_for`` are the choices that need a reason."""

    kind: str = MAJORITY
    of: str = OF_PRESENT
    tie: object = UNK
    reasons_for: frozenset = frozenset({ABSTAIN})

    def needed(self, base):
        """Return how many votes for it carry, of so many."""
        if self.kind == TWO_THIRDS:
            return max(1, ceil(exactly(2) * base / 3))
        return base // 2 + 1


@dataclass(frozen=True)
class Count:
    """The result with the figures it rests on.

    ``silent`` are those present who did not vote, ``base`` is what the share was taken of,
    ``needed`` what would carry. ``tie`` is the rule by which a tie was settled, or by which it goes
    on (``revote``, ``higher_body``); empty if no tie rule was applied.
    """

    result: str
    yes: int = 0
    no: int = 0
    abstained: int = 0
    silent: int = 0
    base: int = 0
    needed: int = 0
    tie: str = ""


def vote_faults(votes, rule, sitting):
    """Return every reason why the votes cannot be counted; none means that they can."""
    found = [
        _("%(member)s has voted more than once.") % {"member": member}
        for member, times in Counter(vote.member for vote in votes).items()
        if times > 1
    ]
    for vote in votes:
        said = {"member": vote.member}
        if vote.member not in sitting.present:
            found.append(_("%(member)s does not sit in this matter and has no vote.") % said)
        if vote.choice not in CHOICES:
            found.append(_("%(member)s voted neither for nor against nor abstained.") % said)
        if vote.choice in rule.reasons_for and not vote.reason.strip():
            found.append(_("The vote of %(member)s needs a reason.") % said)
    return found


def counted(votes, rule, sitting):
    """Return the ``Count`` of the votes of a ``Sitting``.

    :raises ValueError: naming every fault, if a vote must not be counted. None is left out.
    """
    faults = vote_faults(votes, rule, sitting)
    if faults:
        raise ValueError(" ".join(faults))
    cast = Counter(vote.choice for vote in votes)
    base = sitting.places if rule.of == OF_ALL else len(sitting.present)
    result, tie = _result(votes, cast, rule, sitting, base)
    return Count(
        result=result,
        yes=cast[YES],
        no=cast[NO],
        abstained=cast[ABSTAIN],
        silent=len(sitting.present) - len(votes),
        base=base,
        needed=rule.needed(base),
        tie=tie,
    )


def _result(votes, cast, rule, sitting, base):
    if not sitting.quorate:
        return NOT_QUORATE, ""
    if cast[YES] >= rule.needed(base):
        return CARRIED, ""
    if _is_tied(cast, rule, base):
        return _settled(votes, rule, sitting)
    return LOST, ""


def _is_tied(cast, rule, base):
    return (
        rule.kind == MAJORITY and cast[YES] == cast[NO] > 0 and cast[YES] + 1 >= rule.needed(base)
    )


def _settled(votes, rule, sitting):
    if rule.tie == CHAIR_DECIDES:
        choice = {vote.member: vote.choice for vote in votes}.get(sitting.chair)
        return {YES: CARRIED, NO: LOST}.get(choice, TIED), CHAIR_DECIDES
    if rule.tie == REJECTED:
        return LOST, REJECTED
    return TIED, rule.tie if rule.tie in TIE_RULES else ""
