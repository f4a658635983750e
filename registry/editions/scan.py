"""A look for personal data in the very file that would be published."""

import io
import re

from django.core.exceptions import ValidationError
from python_calamine import CalamineWorkbook

from office.identity import check_resident_id
from registry.editions.content import HEAD

DIGITS = re.compile(r"(?<!\d)\d{15,19}[Xx]?|(?<!\d)\d{17}[Xx](?!\d)")
MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
# The telephone of an organisation is public even where it is a mobile one.
PUBLIC_PHONE = "调解组织电话"
MOST = 50


def findings(data):
    """Return what of a workbook (bytes) looks like personal data, at most :data:`MOST`.

    Each finding names row and column as Excel numbers them, and the kind; never the number itself.
    """
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    found = [
        {"row": number, "column": HEAD[at], "kind": kind}
        for number, row in enumerate(rows, 1)
        for at, cell in enumerate(row)
        if (kind := kind_of(str(cell), HEAD[at]))
    ]
    return found[:MOST]


def kind_of(text, column):
    """Return what kind of personal number stands in a text, "" for none."""
    for digits in DIGITS.findall(text):
        if is_resident_id(digits):
            return "id_number"
        if len(digits) >= 16 and is_card(digits):
            return "card"
    return "phone" if column != PUBLIC_PHONE and MOBILE.search(text) else ""


def is_resident_id(digits):
    try:
        check_resident_id(digits)
    except ValidationError:
        return False
    return True


def is_card(digits):
    """Tell whether digits carry the check digit of a bank card (ISO/IEC 7812, Luhn).

    >>> is_card("6222020000000000000"), is_card("6222020000000000001")
    (True, False)
    """
    if not digits.isdigit():
        return False
    values = [int(digit) * (2 if at % 2 else 1) for at, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in values) % 10 == 0
