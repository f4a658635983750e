"""The bare cells of a file: a sheet of a workbook, or a CSV text. No meaning yet, only rows."""

import codecs
import csv
import re
from io import StringIO
from itertools import islice

import python_calamine
from django.utils.translation import gettext_lazy as _

from office.sheets.errors import UnreadableSheet
from office.sheets.streams import StreamedGrid, large_sheets
from office.sheets.vetting import (
    CHUNK,
    DAMAGED,
    NOT_A_SHEET,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    refuse,
    survey,
)

ENCODINGS = ("utf-8-sig", "gb18030")
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
NO_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1b\x1d-\x1f\x7f\ufffe\uffff]")
DELIMITERS = (",", ";", "\t")
SAMPLE = 1 << 16
GUARD = re.compile(r"'+[=+\-@＝＋－＠\t\r\n]")
UNDECODABLE = _("The text cannot be read in UTF-8 or GB18030. Save the table as .xlsx and retry.")
BAD_QUOTES = _("Row %(row)d has a quotation mark that is not closed or stands in the wrong place.")


class XlsxGrid:
    """One sheet of a workbook."""

    def __init__(self, name, sheet, formulas):
        self.name, self.merges = name, sheet.merged_cell_ranges or []
        self._sheet, self._formulas = sheet, formulas

    def rows(self):
        """Yield lists of raw cells from row 1 on; a formula without a result is given as text."""
        formulas = self._formulas
        rows_with_formulas = {row for row, _column in formulas}
        for number, cells in enumerate(self._sheet.iter_rows()):
            if number not in rows_with_formulas:
                yield cells
            else:
                yield [cell or formulas.get((number, at), cell) for at, cell in enumerate(cells)]

    def close(self):
        """Give the sheet's memory back."""
        self._sheet = None


def xlsx_grids(file, limits):
    """Yield the visible sheets of a workbook, one at a time.

    :raises UnreadableSheet: when the file is damaged or holds too much.
    """
    formulas = survey(file, limits)
    if limits.streamed_size is not None and (large := large_sheets(file, limits.streamed_size)):
        for name, part in large:
            yield StreamedGrid(name, file, part, formulas.get(name, {}))
        return
    file.seek(0)
    workbook = _guarded(python_calamine.CalamineWorkbook.from_filelike, file)
    for sheet in _guarded(lambda: workbook.sheets_metadata):
        if sheet.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        if sheet.visible != python_calamine.SheetVisibleEnum.Visible:
            continue
        cells = _guarded(workbook.get_sheet_by_name, sheet.name)
        if cells.total_height > limits.rows:
            refuse(TOO_MANY_ROWS, "too_many_rows", rows=limits.rows)
        if cells.start is not None:
            yield XlsxGrid(sheet.name, cells, formulas.get(sheet.name, {}))


def _guarded(call, *args):
    """Call the workbook reader; whatever it stumbles over is a damaged file."""
    try:
        return call(*args)
    except python_calamine.PasswordError as error:
        message = _("The file is protected by a password. Save it without one.")
        raise UnreadableSheet(message, code="password") from error
    except (python_calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise UnreadableSheet(DAMAGED, code="damaged") from error
    except BaseException as error:
        # A panic of the reader, which is compiled code, does not derive from Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableSheet(DAMAGED, code="damaged") from error


class CsvGrid:
    """A CSV text in the encoding and with the delimiter it was found to have."""

    merges = ()
    name = ""

    def __init__(self, file, encoding, delimiter):
        self._file, self._encoding, self.delimiter = file, encoding, delimiter

    def rows(self):
        """Yield lists of texts; the apostrophe our own export puts before formulas is taken off."""
        for cells in csv.reader(self._text(), delimiter=self.delimiter, strict=True):
            yield [cell[1:] if cell[:1] == "'" and GUARD.match(cell) else cell for cell in cells]

    def _text(self):
        """Yield the lines, each run from the start, without ever closing the caller's file."""
        self._file.seek(0)
        decoder = codecs.getincrementaldecoder(self._encoding)()
        rest = ""
        while chunk := self._file.read(CHUNK):
            lines = list(StringIO(rest + decoder.decode(chunk), newline=""))
            # A carriage return at the end may be half of a line end: it waits for the next chunk.
            rest = "" if not lines or lines[-1].endswith("\n") else lines.pop()
            yield from lines
        yield from StringIO(rest + decoder.decode(b"", final=True), newline="")

    def close(self):
        """Nothing to give back."""


def csv_grid(file, limits):
    """Yield the one grid of a CSV file after reading it through once.

    :raises UnreadableSheet: for what is no text, in no known encoding, badly quoted or too big.
    """
    encoding = _encoding(file)
    file.seek(0)
    sample = codecs.getincrementaldecoder(encoding)().decode(file.read(SAMPLE))
    grid = CsvGrid(file, encoding, _delimiter(sample))
    _read_through(grid, limits)
    yield grid


def _encoding(file):
    file.seek(0)
    encodings = ("utf-16",) if file.read(2) in UTF_16 else ENCODINGS
    for encoding in encodings:
        if _decodes(file, encoding):
            return encoding
    return refuse(UNDECODABLE, "encoding")


def _decodes(file, encoding):
    """Whether all of it is text in this encoding.

    :raises UnreadableSheet: when it decodes to characters no text has.
    """
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := file.read(CHUNK):
            if NO_TEXT.search(decoder.decode(chunk)):
                refuse(NOT_A_SHEET, "wrong_type")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(sample):
    lines = list(StringIO(sample, newline=""))
    return max(DELIMITERS, key=lambda delimiter: _cells(lines, delimiter))


def _cells(lines, delimiter):
    try:
        return sum(len(row) for row in islice(csv.reader(lines, delimiter=delimiter), 200))
    except csv.Error:
        return 0


def _read_through(grid, limits):
    number = 0
    try:
        for number, cells in enumerate(grid.rows(), start=1):
            if number > limits.rows:
                refuse(TOO_MANY_ROWS, "too_many_rows", rows=limits.rows)
            if len(cells) > limits.columns and any(cells[limits.columns :]):
                refuse(TOO_MANY_COLUMNS, "too_many_columns", columns=limits.columns)
    except csv.Error as error:
        raise UnreadableSheet(BAD_QUOTES, code="quotes", params={"row": number + 1}) from error
