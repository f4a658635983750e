"""Read a roster as a bureau sends it: one table out of an .xlsx or CSV file, row by row.

The file is checked whole before the first row is given: what comes after the first row is only
what the rows themselves say. Rows are made one at a time; 200,000 rows never stand in memory as
Python objects.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext_lazy as _

from office.sheets.grids import csv_grid, xlsx_grids
from office.sheets.heads import SEARCHED_ROWS, RowKind, find_head, row_kind
from office.sheets.vetting import Limits, kind_of, refuse

NO_HEAD = _("No row with known headings was found. The table needs headings such as: %(headings)s.")
NO_ROWS = _("The table has headings but no rows under them.")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of data: its number as the spreadsheet program shows it, and its raw cells."""

    number: int
    cells: list

    def pick(self, positions):
        """Return {column name: raw cell} for {column name: position}; beyond the end is ""."""
        return {
            name: self.cells[position] if position < len(self.cells) else ""
            for name, position in positions.items()
        }


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no data: its number and what it is taken for."""

    number: int
    kind: RowKind


class Sheet:
    """The one table of a file: where its head is, what its headings mean, and its rows.

    ``head`` and ``mapping`` are there at once; ``skipped`` lists the totals, notes and repeated
    heads that the last complete run over ``rows()`` left out. Use it in a ``with`` statement.
    """

    def __init__(self, grid, head, close):
        self.name, self.head, self.mapping = grid.name, head, head.mapping
        self.skipped = []
        self._grid, self._close = grid, close

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self._grid.close()
        self._close()

    def rows(self) -> Iterator[Row]:
        """Yield the rows of data; a cell merged over several rows is repeated in each of them."""
        self.skipped = []
        downward = _Downward(self._grid.merges)
        across = {top: left for (top, left), (_bottom, right) in self._grid.merges if right > left}
        for number, cells in enumerate(self._grid.rows(), start=1):
            if number <= self.head.last:
                continue
            kind = row_kind(
                cells,
                self.head,
                below=number == self.head.last + 1,
                merged=_starts_at(cells, across.get(number - 1)),
            )
            if kind == RowKind.DATA:
                yield Row(number, downward.filled(number - 1, cells))
            elif kind != RowKind.EMPTY:
                self.skipped.append(Skipped(number, kind))


def _starts_at(cells, position):
    """Whether nothing stands before this position in the row."""
    return position is not None and not any(cell not in ("", None) for cell in cells[:position])


class _Downward:
    """Repeats the value of a cell merged over several rows in the rows it covers."""

    def __init__(self, merges):
        self.starts = {}
        for (top, left), (bottom, _right) in merges:
            if bottom > top:
                self.starts.setdefault(top, []).append((left, bottom))
        self.open = {}

    def filled(self, row, cells):
        if not self.starts:
            return cells
        for position, (value, bottom) in list(self.open.items()):
            if row > bottom:
                del self.open[position]
            elif position < len(cells) and cells[position] in ("", None):
                cells[position] = value
        for position, bottom in self.starts.get(row, ()):
            if position < len(cells):
                self.open[position] = (cells[position], bottom)
        return cells


def open_sheet(source, columns, *, limits=None):
    """Open a path or a binary file object and find the table with these columns in it.

    Of several sheets the one whose head recognises most is taken; hidden ones are passed over.

    :raises UnreadableSheet: with one sentence, when the file as a whole cannot be taken.
    """
    limits = limits or Limits()
    is_path = isinstance(source, str | os.PathLike)
    file = open(source, "rb") if is_path else source  # noqa: SIM115 - closed by Sheet or below
    close = file.close if is_path else _nothing
    try:
        return _found(file, columns, limits, close)
    except BaseException:
        close()
        raise


def _nothing():
    """Leave a file object open that the caller opened."""


def _found(file, columns, limits, close):
    grids = xlsx_grids(file, limits) if kind_of(file, limits) == "xlsx" else csv_grid(file, limits)
    best = None
    for grid in grids:
        head = find_head(_first_rows(grid), grid.merges, columns)
        if head and (best is None or head.score > best.head.score):
            best = Sheet(grid, head, close)
    if best is None:
        wanted = [column for column in columns if column.required] or columns
        refuse(NO_HEAD, "no_head", headings="、".join(str(column.label) for column in wanted))
    if next(best.rows(), None) is None:
        refuse(NO_ROWS, "no_rows")
    return best


def _first_rows(grid):
    return list(islice(grid.rows(), SEARCHED_ROWS))
