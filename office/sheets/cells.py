"""One cell, made fit to be stored: what it says, whether it was repaired, or why it is refused.

Only what a person cannot see or did not mean is changed. Whether an ID number or a phone number is
a possible one is judged elsewhere.
"""

import datetime as dt
import re
import unicodedata
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from office.sheets.dates import read_date

LOST_DIGITS = _(
    "This number was stored as a numeric value and has lost its last digits. Format the column as "
    "text and type it again."
)
NOT_AN_ANSWER = _("“%(answer)s” is not one of: %(answers)s.")
MOST_DIGITS = 10**15  # a number cell keeps 15 digits and turns the others into zeros
SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
DOTS = "\u2022\u2027\u30fb\uff65\u22c5\u2219\u2024\u0387\u16eb\u2e31"  # all drawn like "·"
DASHES = re.compile("[‐‑‒–—―−－]")
DOTTED = str.maketrans(dict.fromkeys(DOTS, "·"))
CROSSES = str.maketrans(dict.fromkeys("x×хХχΧⅹ✕✖╳", "X"))
HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
BLANK_IN_NAME = re.compile(rf"(?<=[{HAN}·]) +(?=[{HAN}·])|(?<=·) +| +(?=·)")
DOT_IN_NAME = re.compile(rf"(?<=[{HAN}])[.．。](?=[{HAN}])")
# Eight characters that GB 18030-2005 still wrote in the private area; the 2022 edition names these.
PRIVATE = {
    0xE81E: "龴",
    0xE826: "龵",
    0xE82B: "龶",
    0xE82C: "龷",
    0xE832: "龸",
    0xE843: "龹",
    0xE854: "龺",
    0xE864: "龻",
}


class Cleaned(NamedTuple):
    """A cell's value, whether it was repaired, and the reason if it cannot be taken."""

    value: object = None
    repaired: bool = False
    reason: str = ""


def _plain_characters():
    """Map each look-alike to the plain character, invisible ones to nothing, blanks to a space."""
    table = {0xA0: " ", 0x85: " ", 0x2028: " ", 0x2029: " ", 0x9: " ", 0xA: " ", 0xD: " "}
    full_width = [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]
    # Kangxi radicals and compatibility ideographs come out of PDF files in place of the character.
    ideographs = [*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20)]
    for code in [*full_width, *ideographs, 0x2E9F, 0x2EF3]:
        table[code] = unicodedata.normalize("NFKC", chr(code))
    invisible = [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), 0x34F, 0x115F, 0x1160, 0x3164]
    table.update(dict.fromkeys(invisible, ""))
    for code in [*range(0x20000), *range(0xE0000, 0xE0200)]:
        category = unicodedata.category(chr(code))
        if category == "Zs":
            table[code] = " "
        elif category in ("Cf", "Cc", "Cs"):
            table.setdefault(code, "")
    return table | PRIVATE


def _ranges(codes):
    """Return a pattern of these characters as few ranges, which searches fast."""
    codes, ranges = sorted(codes), []
    for code in codes:
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)


PLAIN = _plain_characters()
# What makes a text need repair at all; most cells pass here, which is why imports are fast.
ODD = re.compile(f"[{_ranges(PLAIN.keys() - {32})}]|  |^ | $")


def text_of(raw):
    """Return what a cell shows, as text: 3.0 is "3", a date is ISO, an empty cell is ""."""
    if raw is None:
        return ""
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < MOST_DIGITS:
        return str(int(raw))
    if isinstance(raw, dt.datetime):
        return raw.isoformat(sep=" ")
    if isinstance(raw, dt.date | dt.time):
        return raw.isoformat()
    return str(raw)


def clean_text(raw):
    """Return the text on one line, digits and letters half-width, without invisible characters."""
    typed = text_of(raw)
    if not ODD.search(typed):
        return Cleaned(typed)
    plain = re.sub(" {2,}", " ", typed.translate(PLAIN)).strip(" ")
    return Cleaned(plain, repaired=bool(plain) and plain != typed)


def clean_name(raw):
    """Return a person's name: no blanks between Chinese characters, "·" between foreign parts."""
    text = clean_text(raw)
    name = text.value.translate(DOTTED)
    name = DOT_IN_NAME.sub("·", name)
    return _mended(text, BLANK_IN_NAME.sub("", name))


def clean_id(raw):
    """Return an ID or certificate number: no blanks, a capital X at the end of an ID number."""
    if _has_lost_digits(raw):
        return Cleaned(reason=str(LOST_DIGITS))
    text = clean_text(raw)
    number = text.value.lstrip("'’‘`").replace(" ", "")
    if re.fullmatch(r"\d{14,17}[\dA-Za-z×хХχΧⅹ✕✖╳]", number, re.ASCII):
        number = number.translate(CROSSES)
    return _mended(text, number)


def clean_phone(raw):
    """Return a phone number without blanks; a mobile number also without dashes and +86."""
    if _has_lost_digits(raw):
        return Cleaned(reason=str(LOST_DIGITS))
    text = clean_text(raw)
    number = DASHES.sub("-", text.value).lstrip("'’‘`").replace(" ", "").replace("＋", "+")
    mobile = re.fullmatch(r"(?:\+?86-?|0086-?)?(1\d{10})", number.replace("-", ""), re.ASCII)
    return _mended(text, mobile[1] if mobile else number)


def clean_date(raw):
    """Return the ``PartialDate`` of a cell, None of an empty one, or the reason why it is none."""
    if isinstance(raw, str):
        text = clean_text(raw)
        raw, repaired = text.value, text.repaired
    else:
        repaired = False
    if raw is None or raw == "":
        return Cleaned()
    try:
        return Cleaned(read_date(raw), repaired=repaired)
    except ValidationError as refusal:
        return Cleaned(reason=refusal.messages[0])


def clean_choice(raw, answers):
    """Return the value an answer stands for; blanks and width do not matter, None if empty."""
    text = clean_text(raw)
    if not text.value:
        return Cleaned()
    wanted = _answer_key(text.value)
    for answer, value in answers.items():
        if _answer_key(str(answer)) == wanted:
            return Cleaned(value, repaired=text.repaired)
    params = {"answer": text.value, "answers": "、".join(str(answer) for answer in answers)}
    return Cleaned(reason=NOT_AN_ANSWER % params)


def clean(kind, raw, *, answers=None):
    """Return the ``Cleaned`` cell of a column of this kind."""
    if kind == "choice":
        return clean_choice(raw, answers or {})
    return CLEANERS[kind](raw)


CLEANERS = {
    "text": clean_text,
    "name": clean_name,
    "id": clean_id,
    "phone": clean_phone,
    "date": clean_date,
}


def _answer_key(text):
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def _mended(text, value):
    return Cleaned(value, repaired=text.repaired or (bool(value) and value != text.value))


def _has_lost_digits(raw):
    if isinstance(raw, str):
        return SCIENTIFIC.fullmatch(raw.strip()) is not None
    return isinstance(raw, int | float) and not abs(raw) < MOST_DIGITS
