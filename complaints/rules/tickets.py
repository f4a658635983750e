"""The number of a ticket or letter, written in one way, so that it is known again."""

import re

from office.sheets.cells import clean_id

LONGEST = 64
# Letters, digits, Chinese characters and the marks official numbers are written with.
NUMBER = re.compile(r"[0-9A-Z一-鿿〔〕()\[\]_/.\-]{3,64}")


def ticket_number(raw):
    """Return a number as it is kept: no blanks, capitals, half width; "" if it can be none.

    A number cell that lost its last digits is none.
    """
    cleaned = clean_id(raw)
    number = (cleaned.value or "").upper().replace("（", "(").replace("）", ")")
    number = number.replace("－", "-").replace("／", "/")
    is_one = NUMBER.fullmatch(number) and any(sign.isdigit() for sign in number)
    return number if is_one and not cleaned.reason else ""
