"""Dates as people write them in spreadsheets, with the precision they really have."""

import datetime as dt
import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

YEARS = range(1900, 2101)
EXCEL_EPOCH = dt.date(1899, 12, 30)  # day 0 of the serial numbers, for all days after 1900-02-28
SERIALS = range(10_000, 73_416)  # 1927-05-18 to 2100-12-31; smaller numbers are years or slips
WRITTEN = re.compile(
    r"(\d{4})\s*(?:[-./、年]\s*(\d{1,2})\s*(?:[-./、月]\s*(\d{1,2})\s*[日号]?|月)?|年)?"
    r"(?:(?<=\d)[T ]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?",
    re.ASCII,
)
DASHES = re.compile("[‐‑‒–—―−－／．。]")
LIKENESS = {"／": "/", "．": ".", "。": "."}

NOT_A_DATE = _("This is not a date. Write it like 1975-03-08 or 1975-03.")
IMPOSSIBLE = _("There is no such day. Check year, month and day.")
JANUARY_OR_OCTOBER = _(
    "This date is stored as a number: January and October cannot be told apart. Write it as text."
)


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date that may be known to the month or the year only; ``date`` is then the first day of it.

    ``precision`` is "day", "month" or "year".
    """

    date: dt.date
    precision: str = "day"

    def __str__(self):
        """Return ISO 8601, as long as the precision reaches."""
        return self.date.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.precision]]


def read_date(raw):
    """Return the ``PartialDate`` of a cell's text, number or date.

    :raises ValidationError: with the sentence that says why it is none.
    """
    if isinstance(raw, dt.datetime):
        return _checked(raw.year, raw.month, raw.day)
    if isinstance(raw, dt.date):
        return _checked(raw.year, raw.month, raw.day)
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _from_number(raw)
    if isinstance(raw, str):
        return _from_text(raw)
    raise ValidationError(NOT_A_DATE, code="date")


def _checked(year, month=None, day=None):
    precision = "day" if day is not None else "month" if month is not None else "year"
    try:
        found = dt.date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise ValidationError(IMPOSSIBLE, code="date") from None
    if found.year not in YEARS:
        raise ValidationError(IMPOSSIBLE, code="date")
    return PartialDate(found, precision)


def _from_text(text):
    plain = DASHES.sub(lambda dash: LIKENESS.get(dash[0], "-"), text.strip())
    if plain.isascii() and plain.isdigit() and len(plain) != 4:
        return _from_digits(plain)
    found = WRITTEN.fullmatch(plain)
    if not found:
        raise ValidationError(NOT_A_DATE, code="date")
    return _checked(*(int(part) for part in found.groups() if part is not None))


def _from_digits(digits):
    if len(digits) == 8:
        return _checked(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    if len(digits) == 6:
        return _checked(int(digits[:4]), int(digits[4:]))
    if len(digits) == 5 and int(digits) in SERIALS:
        return PartialDate(EXCEL_EPOCH + dt.timedelta(days=int(digits)))
    raise ValidationError(NOT_A_DATE, code="date")


def _from_number(number):
    """Read a number cell: 19750308, 197503, 1975, 1975.03, or the serial number of a day."""
    if not 0 < number < 1e9:
        raise ValidationError(NOT_A_DATE, code="date")
    whole = int(number)
    if whole in SERIALS:
        return PartialDate(EXCEL_EPOCH + dt.timedelta(days=whole))
    if number == whole:
        return _from_text(str(whole))
    text = repr(float(number))
    if re.fullmatch(r"\d{4}\.1", text):
        raise ValidationError(JANUARY_OR_OCTOBER, code="date")
    return _from_text(text)
