"""Money divided to the cent, so that the parts are always exactly the whole."""

from decimal import Decimal
from fractions import Fraction

CENT = Decimal("0.01")


def split(amount, weights):
    """Divide an amount by weights, by the largest remainder; the parts in the order of the weights.

    Of equal remainders the heavier is served first, then the earlier. A weight of 0 gets nothing.

    :raises ValueError: if the amount is negative or finer than a cent, or no weight is positive.

    >>> split(Decimal("100.00"), [1, 1, 1])
    [Decimal('33.34'), Decimal('33.33'), Decimal('33.33')]
    """
    cents = in_cents(amount)
    exact = [Fraction(weight) for weight in weights]
    total = sum(exact)
    if total <= 0 or min(exact) < 0:
        raise ValueError("Weights are not negative, and one at least is positive.")
    quotas = [cents * weight / total for weight in exact]
    parts = [int(quota) for quota in quotas]
    by_remainder = sorted(range(len(parts)), key=lambda n: (parts[n] - quotas[n], -exact[n], n))
    for number in by_remainder[: cents - sum(parts)]:
        parts[number] += 1
    return [part * CENT for part in parts]


def fund(amount, shares):
    """Divide an amount among funds, given as (name, percent); returns (name, amount) in order."""
    parts = split(amount, [percent for _name, percent in shares])
    return [(name, part) for (name, _percent), part in zip(shares, parts, strict=True)]


def in_cents(amount):
    """Return an amount in cents. :raises ValueError: if it is negative or finer than a cent."""
    cents = Fraction(amount) * 100
    if cents < 0 or cents.denominator != 1:
        raise ValueError("An amount is not negative and no finer than a cent.")
    return int(cents)
