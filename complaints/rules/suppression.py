"""Small numbers in statistics: hidden, and others with them, so that no sum gives them away.

A table is shown with the sums of its rows, of its columns and of all. A number below the least that
may be shown is small and hidden; nought is small, too. Where the numbers shown leave only one value
for a small one, further numbers are withheld.

A small number is safe if there is another table that would look the same - all shown numbers equal,
small ones small, withheld ones not - in which it has another value. The other table looked for is
one step away: four numbers at the corners of a rectangle, two of them one more, two one less. Sums
are a row and a column of their own, entered with the other sign: then every row and every column
of the whole adds up to nought, and the corners may be sums.
"""

from dataclasses import dataclass
from itertools import product

SMALL, WITHHELD = "small", "withheld"


@dataclass(frozen=True)
class Cell:
    """A number of a table: ``shown`` is the number, or None; ``why`` it is not shown."""

    shown: int | None
    why: str = ""


def suppressed(rows, least, *, sums_stay=False):
    """Return the table with its sums, as rows of ``Cell``: the last row and column are the sums.

    ``rows`` are lists of counts of equal length. If nothing less helps, all is withheld.

    With ``sums_stay`` the last row is shown as it is, or nothing at all: several tables of the same
    complaints have it in common, and what one of them withholds another would tell.
    """
    whole = _with_sums(rows)
    hidden = {place: SMALL for place, value in _places(whole) if value < least > 1}
    if sums_stay and any(row == len(rows) for row, _column in hidden):
        return _nothing_of(whole)
    for place in sorted(hidden, key=lambda place: whole[place[0]][place[1]]):
        corners = _cheapest(whole, place, hidden, least, len(rows) + (not sums_stay))
        if corners is None:
            return _nothing_of(whole)
        for corner in corners:
            hidden.setdefault(corner, WITHHELD)
    return [
        [
            Cell(None, hidden[row, column]) if (row, column) in hidden else Cell(value)
            for column, value in enumerate(values)
        ]
        for row, values in enumerate(whole)
    ]


def _nothing_of(whole):
    return [[Cell(None, WITHHELD) for _value in row] for row in whole]


def suppressed_row(counts, least):
    """Return the cells of one row of counts, and of its sum."""
    return suppressed([counts], least)[0]


def share_is_shown(numerator, denominator, least):
    """Whether a share may be shown: it would tell both of its parts."""
    return least <= 1 or min(numerator, denominator - numerator) >= least


def _with_sums(rows):
    sums = [sum(column) for column in zip(*rows, strict=True)]
    return [[*row, sum(row)] for row in [*rows, sums]]


def _places(whole):
    for row, values in enumerate(whole):
        for column, value in enumerate(values):
            yield (row, column), value


def _cheapest(whole, place, hidden, least, rows):
    """Return the corners that make a number safe and cost least: few sums, few numbers.

    The corners lie in the first ``rows`` rows.
    """
    found = [
        (_cost(whole, corners, hidden), corners)
        for corners in _rectangles(whole, place, rows)
        if any(_looks_the_same(whole, corners, hidden, least, step) for step in (1, -1))
    ]
    return min(found)[1] if found else None


def _rectangles(whole, place, rows):
    """Yield the corners of every rectangle with one here; this and its opposite come first."""
    row, column = place
    others = [number for number in range(rows) if number != row]
    besides = [number for number in range(len(whole[0])) if number != column]
    for other, beside in product(others, besides):
        yield (row, column), (other, beside), (row, beside), (other, column)


def _looks_the_same(whole, corners, hidden, least, step):
    """Whether a table that differs at the corners only is another one, and shown alike."""
    for number, place in enumerate(corners):
        value = whole[place[0]][place[1]]
        moved = value + _sign(whole, place) * (step if number < 2 else -step)
        is_small = hidden.get(place) == SMALL
        if moved < 0 or (moved < least) is not is_small:
            return False
    return True


def _sign(whole, place):
    """A sum is entered with the other sign, the sum of all sums twice so."""
    row, column = place
    return -1 if (row == len(whole) - 1) is not (column == len(whole[0]) - 1) else 1


def _cost(whole, corners, hidden):
    new = [place for place in corners if place not in hidden]
    sums = sum((row == len(whole) - 1) + (column == len(whole[0]) - 1) for row, column in new)
    return sums, len(new), sum(whole[row][column] for row, column in new)
