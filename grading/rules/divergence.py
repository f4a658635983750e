"""Readers who are too far apart: who they are, that ranking waits, and what a third read settles.

Equal to the limit is not above it. An application whose readers are apart has no score until one
more reading is in and the rule says what follows from it; until then it blocks the ranking.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from grading.rules.rounding import exactly
from grading.rules.scoring import MEAN, Combining, combined
from grading.rules.unknown import UNK

NEAREST_TWO, MEAN_OF_ALL, THIRD_DECIDES = "nearest_two", "mean_of_all", "third_decides"
THIRD_READ_RULES = (NEAREST_TWO, MEAN_OF_ALL, THIRD_DECIDES)

TOO_FEW, AGREED, NEEDS_THIRD, NEEDS_RULE, SETTLED = (
    "too_few",
    "agreed",
    "needs_third",
    "needs_rule",
    "settled",
)


@dataclass(frozen=True)
class Limit:
    """How far readers may be apart: in points, as a share of the full mark, or both.

    A pair that is above either is apart.
    """

    points: Decimal | None = None
    share: Fraction | None = None

    def __post_init__(self):
        if self.points is None and self.share is None:
            raise ValueError("A limit is a number of points, a share of the full mark, or both.")

    def is_passed(self, gap, full_mark):
        """Whether a gap is above the limit."""
        above_points = self.points is not None and exactly(gap) > exactly(self.points)
        return above_points or (
            self.share is not None and exactly(gap) > exactly(self.share) * exactly(full_mark)
        )


@dataclass(frozen=True)
class Pair:
    """Two readers and how far they are apart."""

    members: tuple
    gap: Decimal


@dataclass(frozen=True)
class Settlement:
    """What the readings of an application come to.

    ``score`` is None as long as the application blocks the ranking. ``used`` are the members whose
    totals it rests on, ``apart`` the pairs above the limit among all who have read: after a third
    reading they are kept for all to see, and block nothing any more.
    """

    state: str
    score: Decimal | None = None
    used: tuple = ()
    apart: tuple = ()
    why: str = ""

    @property
    def blocks_ranking(self):
        """Whether the ranking has to wait for this application."""
        return self.score is None


def pairs_apart(totals, limit, *, full_mark):
    """Return the pairs of {member: total} that are above the limit, the widest first."""
    pairs = [
        Pair((one, other), abs(totals[one] - totals[other]))
        for one, other in combinations(sorted(totals), 2)
    ]
    found = [pair for pair in pairs if limit.is_passed(pair.gap, full_mark)]
    return tuple(sorted(found, key=lambda pair: (-pair.gap, str(pair.members))))


def settlement(totals, limit, *, full_mark, rule=UNK, third=None, how=Combining()):  # noqa: B008
    """Return what the first readings {member: total} come to, with a third one if it is there.

    ``third`` is {member: total} of the further reader, empty until the reading is in; it only
    counts where the first readings are apart. ``rule`` says what follows from it. ``how`` combines
    first readings that agree, and gives the rounding of all scores.

    :raises ValueError: if there is more than one further reading, or it is by a first reader.
    """
    third = third or {}
    if len(third) > 1 or third.keys() & totals.keys():
        raise ValueError("The further reading is one, by somebody who has not read yet.")
    apart = pairs_apart(totals, limit, full_mark=full_mark)
    if not apart:
        one = combined(totals, how)
        state = TOO_FEW if one.score is None else AGREED
        return Settlement(state, one.score, one.used, why=one.why)
    if not third:
        return Settlement(NEEDS_THIRD, apart=apart)
    everything = totals | third
    still_apart = pairs_apart(everything, limit, full_mark=full_mark)
    if rule not in THIRD_READ_RULES:
        return Settlement(NEEDS_RULE, apart=still_apart)
    used = _used(everything, third, rule)
    plain = Combining(MEAN, how.places, how.rounding)
    score = combined({member: everything[member] for member in used}, plain).score
    return Settlement(SETTLED, score, used, still_apart)


def blocking(settlements):
    """Return the applications of {application: Settlement} for which the ranking waits."""
    return tuple(sorted(one for one, found in settlements.items() if found.blocks_ranking))


def _used(totals, third, rule):
    """Return the members whose totals count after a third reading.

    If two pairs are equally near, as when the third is exactly between the first two, none of them
    comes before the other, and all of these members count.
    """
    if rule == THIRD_DECIDES:
        return tuple(third)
    if rule == MEAN_OF_ALL:
        return tuple(sorted(totals))
    gaps = {pair: abs(totals[pair[0]] - totals[pair[1]]) for pair in combinations(totals, 2)}
    nearest = min(gaps.values())
    return tuple(
        sorted({member for pair, gap in gaps.items() if gap == nearest for member in pair})
    )
