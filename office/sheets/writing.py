"""Write spreadsheets in which nothing anybody typed can ever become a formula.

A guarded workbook (XLSX), a guarded CSV, and the empty form that our own reader takes back.
"""

import csv
import datetime as dt
import math
import os
import re
from dataclasses import dataclass
from decimal import Decimal

import xlsxwriter
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

MOST_ROWS = 1_048_575  # of a sheet, without its head
LONGEST_TEXT = 32_767  # characters Excel keeps in a cell
MOST_DIGITS = 15  # digits Excel keeps of a number
LONGEST_CHOICE = 255  # characters Excel takes for a list of answers
FILLABLE_ROWS = 5_000  # rows of an empty form in which the lists of answers are offered
RISKY = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
BOM = b"\xef\xbb\xbf"
SAFE = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True)
class ExportColumn:
    """A column to be written: its label, its width in characters and, for numbers, a format."""

    label: str
    width: int = 0
    number_format: str = ""

    @property
    def shown_width(self):
        """The width asked for, or one in which the label can be read (a character takes two)."""
        return self.width or max(10, 2 * len(str(self.label)) + 4)


def write_xlsx(target, title, columns, rows):
    """Write a workbook with one sheet to a path or a binary file object, row by row.

    ``columns`` are ``ExportColumn`` or plain labels; ``rows`` any iterable of sequences of None,
    text, bool, int, float, ``Decimal``, date or datetime; all else is written as its text.

    :raises ValidationError: when there are more rows than a sheet can hold.
    """
    columns = [_column(column) for column in columns]
    with xlsxwriter.Workbook(_target(target), SAFE) as workbook:
        workbook.set_properties({"title": str(title)})
        cells = _Cells(workbook)
        sheet = workbook.add_worksheet(_sheet_name(title))
        _write_head(sheet, cells, columns)
        last = 0
        for last, row in enumerate(rows, start=1):
            if last > MOST_ROWS:
                raise ValidationError(_("There are more rows than a sheet holds. Use filters."))
            for position, value in enumerate(row):
                cells.write(sheet, last, position, value, columns[position].number_format)
        sheet.autofilter(0, 0, last, len(columns) - 1)


def csv_lines(columns, rows):
    """Yield the lines of a guarded CSV as bytes: UTF-8 with BOM, everything quoted.

    A text that a spreadsheet program would take for a formula gets an apostrophe before it; our own
    reader takes it off again.
    """
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)
    labels = [str(_column(column).label) for column in columns]
    yield BOM + writer.writerow([_guarded(label) for label in labels]).encode()
    for row in rows:
        yield writer.writerow([_guarded(value) for value in row]).encode()


def write_csv(target, columns, rows):
    """Write a guarded CSV to a path or a binary file object."""
    if isinstance(target, str | os.PathLike):
        with open(target, "wb") as file:
            file.writelines(csv_lines(columns, rows))
    else:
        for line in csv_lines(columns, rows):
            target.write(line)


def write_template(target, columns, examples=()):
    """Write the empty form for these ``Column``s: required ones are marked with a star.

    Numbers and dates are typed as text, so that no digit is lost; choices offer their answers.
    ``examples`` are rows for a second sheet, which is not read when the form comes back.
    """
    heads = [
        ExportColumn(f"{column.label}*" if column.required else column.label) for column in columns
    ]
    with xlsxwriter.Workbook(_target(target), SAFE) as workbook:
        cells = _Cells(workbook)
        form = workbook.add_worksheet(_sheet_name(_("Form")))
        _write_head(form, cells, heads, body=cells.format(num_format="@"))
        for position, column in enumerate(columns):
            _offer_answers(form, position, [str(answer) for answer in column.answers])
        if examples:
            shown = workbook.add_worksheet(_sheet_name(_("Examples")))
            _write_head(shown, cells, heads)
            for number, row in enumerate(examples, start=1):
                for position, value in enumerate(row):
                    cells.write(shown, number, position, value)


def _column(column):
    return column if isinstance(column, ExportColumn) else ExportColumn(column)


def _target(target):
    return os.fspath(target) if isinstance(target, os.PathLike) else target


def _sheet_name(title):
    """Return the title as Excel takes it for a sheet: 31 characters, no brackets or slashes."""
    name = UNWRITABLE.sub("", re.sub(r"[\[\]:*?/\\']", " ", str(title)))
    return " ".join(name.split())[:31].strip() or "Sheet"


def _write_head(sheet, cells, columns, body=None):
    for position, column in enumerate(columns):
        sheet.set_column(position, position, column.shown_width, body)
        sheet.write_string(0, position, _text(column.label), cells.format(**HEAD))
    sheet.freeze_panes(1, 0)


HEAD = {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1, "num_format": "@"}


def _offer_answers(sheet, position, answers):
    if answers and len(",".join(answers)) <= LONGEST_CHOICE:
        rule = {"validate": "list", "source": answers, "error_type": "warning"}
        sheet.data_validation(1, position, FILLABLE_ROWS, position, rule)


class _Cells:
    """Writes values into cells and keeps the formats they need, each made once."""

    def __init__(self, workbook):
        self._workbook, self._formats = workbook, {}

    def format(self, **properties):
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format(properties)
        return self._formats[key]

    def write(self, sheet, row, position, value, number_format=""):
        shown = _shown(value)
        if isinstance(shown, str):
            self._write_text(sheet, row, position, shown)
        elif isinstance(shown, dt.date):
            pattern = "yyyy-mm-dd hh:mm:ss" if isinstance(shown, dt.datetime) else "yyyy-mm-dd"
            look = self.format(num_format=number_format or pattern)
            sheet.write_datetime(row, position, shown, look)
        elif shown is not None:
            pattern = number_format or _decimals(shown)
            sheet.write_number(row, position, shown, pattern and self.format(num_format=pattern))

    def _write_text(self, sheet, row, position, text):
        # The mark keeps the text a text when somebody opens the cell for editing and leaves it.
        look = self.format(quote_prefix=True) if RISKY.match(text) else None
        sheet.write_string(row, position, text, look)


def _shown(value):
    """Return a value as it may stand in a cell: text, an exact number, a plain date, or None."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, int | float | Decimal):
        return value if _is_exact(value) else str(value)
    if isinstance(value, dt.datetime):
        plain = timezone.make_naive(value) if timezone.is_aware(value) else value
        return plain if plain.year >= 1900 else plain.isoformat(sep=" ")
    if isinstance(value, dt.date):
        return value if value.year >= 1900 else value.isoformat()
    return _text(value)


def _is_exact(number):
    """Whether Excel keeps every digit of the number."""
    if isinstance(number, float):
        return math.isfinite(number)
    if isinstance(number, int):
        return len(str(abs(number))) <= MOST_DIGITS
    return number.is_finite() and len(number.as_tuple().digits) <= MOST_DIGITS


def _decimals(number):
    """Return the format that shows a ``Decimal`` with the places it has."""
    places = -number.as_tuple().exponent if isinstance(number, Decimal) else 0
    return "0." + "0" * places if 0 < places <= MOST_DIGITS else None


def _text(value):
    text = UNWRITABLE.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n"))
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


class _Echo:
    """Hands every line straight back to whoever writes it."""

    def write(self, line):
        return line


def _guarded(value):
    shown = _shown(value)
    if not isinstance(shown, str):
        return "" if shown is None else str(shown)
    return "'" + shown if RISKY.match(shown) else shown
