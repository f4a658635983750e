"""From a file to outcomes, some thousand rows at a time; the file is never held as objects."""

from itertools import islice

from casework.imports.cells import Reader
from casework.imports.columns import COLUMNS, LIMITS
from casework.imports.judging import Judge
from casework.imports.lines import CHUNK
from casework.imports.reach import Reach
from office.sheets.reading import open_sheet
from registry.imports.headings import settled
from registry.imports.reading import chosen, headings_of, sample

__all__ = ["chosen", "headings_of", "judged_chunks", "opened", "sample"]


def opened(source):
    """Open a file and settle its headings: ``(sheet, mapping)``. Close the sheet.

    :raises UnreadableSheet: when the file as a whole cannot be taken.
    """
    sheet = open_sheet(source, COLUMNS, limits=LIMITS)
    return sheet, settled(sheet.mapping, sample(sheet), COLUMNS)


def judged_chunks(sheet, mapping, batch, *, today):
    """Yield lists of outcomes, one for each row of data in the order of the file."""
    reader, positions = Reader(), mapping.positions
    judge = Judge(Reach(batch.division, batch.organization), today=today)
    rows = enumerate(sheet.rows(), start=1)
    while some := list(islice(rows, CHUNK)):
        yield judge.judge(
            [reader.draft(number, row.number, row.pick(positions)) for number, row in some]
        )
