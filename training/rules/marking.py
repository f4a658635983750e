"""What two or three markers make of one answer together: pure arithmetic over their marks.

How far two may lie apart and how many of three count are figures of the exam; no law sets them.
"""

from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

MARKERS, WITH_A_THIRD = 2, 3
CENT = Decimal("0.01")


def are_apart(one, other, *, full, most_apart):
    """Whether two marks differ by more than ``most_apart`` percent of the question's marks."""
    return abs(one - other) * 100 > full * most_apart


def settled(marks, *, full, most_apart, counting):
    """Return the mark an answer gets, or None while another marker has to look at it.

    ``marks`` are those given so far, in the order of the rounds. Two that lie near each other give
    their mean. After a third, ``counting`` says how many count: with 1 the third decides alone,
    with 2 the two nearest to each other (of equally near ones those that give more), with 3 all.
    """
    if len(marks) < MARKERS:
        return None
    if len(marks) == MARKERS:
        return None if are_apart(*marks, full=full, most_apart=most_apart) else mean(marks)
    if counting == 1:
        return marks[-1]
    return mean(marks if counting >= WITH_A_THIRD else nearest(marks))


def nearest(marks):
    """Return the two marks nearest to each other; of equally near ones the higher two."""
    return min(combinations(sorted(marks), 2), key=lambda two: (two[1] - two[0], -two[1]))


def mean(marks):
    """Return the mean, rounded half up to hundredths."""
    return (sum(marks) / len(marks)).quantize(CENT, rounding=ROUND_HALF_UP)


def worth(points, guide, full):
    """Return the marks for what was given point by point.

    ``guide`` are the most marks of each point. Where they do not come to the question's marks in
    this exam, the share counts. Without a guide there is one point, worth all.
    """
    most = sum(guide) or full
    return (sum(points) * full / most).quantize(CENT, rounding=ROUND_HALF_UP)
