"""What points by hand could at least and at most come to, while nobody has given any."""

from decimal import Decimal
from fractions import Fraction

from grading.rules.indicators import DEDUCTION, indicators_of
from grading.rules.reviews import Found
from grading.rules.unknown import is_known


def given_of(scheme):
    """Return the indicators whose points are given by hand, in the order of the rule."""
    return [one for one in indicators_of(scheme) if one.is_given]


def ends_of(scheme):
    """Return ``{indicator: Found}`` of the points by hand that leave the least, and the most.

    An indicator whose ends the rule does not say is in neither.
    """
    lowest, highest = {}, {}
    for one in given_of(scheme):
        ends = sorted(_ends(one), key=lambda value, of=one: _worth(of, value))
        if ends:
            lowest[one.name], highest[one.name] = Found(ends[0]), Found(ends[-1])
    return lowest, highest


def _ends(indicator):
    if indicator.is_unknown:
        return []
    if indicator.by_hand:
        return [Fraction(0), indicator.most] if is_known(indicator.most) else []
    return [Decimal(one) for one in indicator.how.points]


def _worth(indicator, value):
    points = Fraction(indicator.points(value))
    return -abs(points) if indicator.kind == DEDUCTION else points
