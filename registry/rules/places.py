"""Divisions by their number, and what villages are called."""

DIVISION_DIGITS = (2, 4, 6, 9, 12)
NUMBER_DIGITS = 12
# How far the rows of a table lie below the division it is of: digits of their codes.
DIGITS_BELOW = {2: 4, 4: 6, 6: 9, 9: 9, 12: 12}


def enclosing(number):
    """Return the numbers of the divisions a division lies in, itself last.

    >>> enclosing(330681003000)
    [330000000000, 330600000000, 330681000000, 330681003000]
    """
    code = f"{number:012d}"
    return list(dict.fromkeys(int(code[:digits].ljust(12, "0")) for digits in DIVISION_DIGITS))


# Endings by which the list of divisions tells a village's own committee from the village.
PLACE_ENDINGS = (
    "社区居民委员会", "居民委员会", "村民委员会", "居委会", "村委会", "委员会",
)  # fmt: skip


def stem_of_place(name):
    """Return the name of a village without the words for its own committee.

    >>> stem_of_place("枫源村村委会")
    '枫源村'
    """
    ending = next((ending for ending in PLACE_ENDINGS if name.endswith(ending)), "")
    return name.removesuffix(ending)


COUNTY_DIGITS = 6


def county_code(number):
    """Return the six digits of the county a division (its number) lies in.

    >>> county_code(330681109000)
    '330681'
    """
    return f"{number:012d}"[:COUNTY_DIGITS]
