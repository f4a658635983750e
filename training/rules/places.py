"""Which divisions enclose a division: a matter of its number alone."""

DIGITS = 12
LENGTHS = (2, 4, 6, 9, 12)


def enclosing(number):
    """Return the numbers of the divisions that hold this one, itself among them, widest first.

    >>> enclosing(330681109000)
    [330000000000, 330600000000, 330681000000, 330681109000]
    """
    found = {number - number % 10 ** (DIGITS - length) for length in LENGTHS}
    return sorted(found)
