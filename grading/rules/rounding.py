"""Exact numbers, and the places a rule rounds them to. No float comes in and none goes out."""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

KEPT = 4_096
HALF_UP, HALF_EVEN, DOWN, UP = "half_up", "half_even", "down", "up"
ROUNDINGS = (HALF_UP, HALF_EVEN, DOWN, UP)


def exactly(value):
    """Return a whole number, a decimal, a fraction or its text as a fraction.

    :raises TypeError: for a float and for true or false, which are no exact numbers.
    :raises ValueError: for a text that is no number, and for the decimals that are none.

    >>> exactly(Decimal("0.30"))
    Fraction(3, 10)
    """
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction | str):
        raise TypeError(f"{value!r} is no exact number.")
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError(f"{value} is no number.")
    try:
        return value if type(value) is Fraction else _fraction(value)
    except ZeroDivisionError:
        raise ValueError(f"{value!r} is no number.") from None


@lru_cache(maxsize=KEPT, typed=True)
def _fraction(value):
    """A ranking reads the same few scores thousands of times."""
    return Fraction(value)


def rounded(value, places, rounding=HALF_UP):
    """Return a number as a decimal with so many places, rounded once and from the exact value.

    ``half_up`` and ``up`` go away from nought, ``down`` goes towards it.

    :raises ValueError: for a rounding that does not exist.

    >>> rounded(Fraction(2, 3), 2)
    Decimal('0.67')
    """
    if rounding not in ROUNDINGS:
        raise ValueError(f"{rounding!r} is no rounding.")
    value = exactly(value)
    scaled = abs(value) * 10**places
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    whole += _goes_up(whole, Fraction(rest, scaled.denominator), rounding)
    return Decimal((int(value < 0 and whole > 0), tuple(map(int, str(whole))), -places))


def _goes_up(whole, rest, rounding):
    if rounding in {UP, DOWN}:
        return rounding == UP and rest > 0
    half = Fraction(1, 2)
    return rest > half or (rest == half and (rounding == HALF_UP or whole % 2 == 1))


def mean(values):
    """Return the exact mean of numbers, as a fraction. :raises ValueError: if there are none."""
    values = [exactly(value) for value in values]
    if not values:
        raise ValueError("Of nothing there is no mean.")
    return sum(values, Fraction(0)) / len(values)
