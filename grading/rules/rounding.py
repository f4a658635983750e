"""Rounding as a rule states it; what is stated nowhere is never rounded."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from grading.rules.spelling import fault

WAYS = {
    "floor": ROUND_FLOOR, "down": ROUND_FLOOR, "舍去": ROUND_FLOOR,
    "ceil": ROUND_CEILING, "ceiling": ROUND_CEILING, "up": ROUND_CEILING, "进一": ROUND_CEILING,
    "half_up": ROUND_HALF_UP, "四舍五入": ROUND_HALF_UP,
    "half_even": ROUND_HALF_EVEN,
}  # fmt: skip


def way(at, word):
    """Return the way of rounding that a word names.

    :raises SchemeFault: if it names none.
    """
    try:
        return WAYS[word]
    except (KeyError, TypeError):
        raise fault(at, _("“%s” is no way of rounding.") % word) from None


def rounded(part, how, places=0):
    """Return an exact fraction as a number of so many decimal places."""
    # Half way between two numbers must be seen as exactly that, so nothing is divided before.
    down, rest = divmod(abs(part) * 10**places, 1)
    up = {
        ROUND_FLOOR: 0 if part >= 0 else rest > 0,
        ROUND_CEILING: rest > 0 if part >= 0 else 0,
        ROUND_HALF_UP: rest >= Fraction(1, 2),
        ROUND_HALF_EVEN: rest > Fraction(1, 2) or (rest == Fraction(1, 2) and down % 2),
    }[how]
    size = Decimal(int(down) + bool(up)).scaleb(-places)
    return size if part >= 0 else -size


def exactly(part):
    """Return a fraction as a decimal number, None if it has no end."""
    found = Decimal(part.numerator) / Decimal(part.denominator)
    return found if Fraction(found) == part else None
