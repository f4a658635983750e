"""From a file to outcomes, some thousand rows at a time; the file is never held as objects."""

from itertools import islice

from office.sheets.errors import UnreadableSheet
from office.sheets.headings import Mapping
from office.sheets.reading import open_sheet
from registry.imports.bodies import Bodies
from registry.imports.headings import SAMPLE, questions, settled
from registry.imports.people import People
from registry.models import ImportKind

CHUNK = 2_000
JUDGES = {ImportKind.MEDIATORS: People, ImportKind.ORGANIZATIONS: Bodies}


def columns_of(kind):
    """Return the columns that an import of this kind reads."""
    return JUDGES[kind].reader.columns


def opened(source, kind):
    """Open a file and settle its headings: ``(sheet, mapping)``. Close the sheet.

    :raises UnreadableSheet: when the file as a whole cannot be taken.
    """
    columns = columns_of(kind)
    sheet = open_sheet(source, columns)
    return sheet, settled(sheet.mapping, sample(sheet), columns)


def sample(sheet):
    """Return the first rows of data."""
    return list(islice(sheet.rows(), SAMPLE))


def chosen(mapping: Mapping, choices):
    """Return the mapping with an officer's choices in place; all required columns are settled.

    :raises UnreadableSheet: with every question that is still open.
    :raises ValidationError: for choices the file does not allow.
    """
    mapping = mapping.overridden(choices)
    if open_questions := questions(mapping):
        raise UnreadableSheet([UnreadableSheet(text, code="headings") for text in open_questions])
    return mapping


def judged_chunks(sheet, mapping, kind, division, *, today, lock=False):
    """Yield lists of outcomes, one for each row of data in the order of the file."""
    judge = JUDGES[kind](division, today=today, lock=lock)
    reader = judge.reader(mapping.positions, today=today)
    rows = enumerate(sheet.rows(), start=1)
    while some := list(islice(rows, CHUNK)):
        yield judge.judge([reader.draft(number, row) for number, row in some])


def headings_of(mapping):
    """Return {column name: the heading as the file has it}, for the reasons."""
    labels = {name: str(match.column.label) for name, match in mapping.matches.items()}
    found = {name: m.heading.text for name, m in mapping.matches.items() if m.heading}
    return labels | found
