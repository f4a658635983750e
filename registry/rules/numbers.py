"""Numbers: those nobody may publish, and the patterns of those this register gives."""

import re
import unicodedata

from office.identity import is_mobile, resident_id_check_character

# Runs of digits as people write them, with blanks, dots or dashes between groups; X ends an ID.
RUNS = re.compile(
    r"(?<![0-9A-Za-z])[0-9](?:[ .·‐-―−-]{0,2}[0-9]){9,59}(?:[ -]?[Xx])?(?![0-9A-Za-z])"
)
GROUPS = re.compile(r"[0-9]+[Xx]?|[Xx]")
LONGEST = 19


ID_NUMBER, PHONE, CARD = "id_number", "phone", "card"


def personal_numbers(text):
    """Return (kind, number as written) of each ID number, mobile phone or bank card in a text.

    A text is published as it stands, so that a number in it is found before and not after.
    """
    text = unicodedata.normalize("NFKC", text)
    return [(kind, text[start:end]) for kind, start, end in number_spans(text)]


def number_spans(text):
    """Return (kind, start, end) of each personal number in a text of half-width characters.

    Numbers that stand side by side are told apart at the marks between their groups.
    """
    return [span for run in RUNS.finditer(text) for span in _spans_of(run)]


def _spans_of(run):
    groups = [(run.start() + g.start(), run.start() + g.end()) for g in GROUPS.finditer(run[0])]
    at = 0
    while at < len(groups):
        found = _longest_from(groups, at, run)
        if found is None:
            at += 1
            continue
        kind, last = found
        yield kind, groups[at][0], groups[last][1]
        at = last + 1


def _longest_from(groups, at, run):
    """Return (kind, last group) of the longest number that begins with a group, None for none."""
    found, digits = None, ""
    for last in range(at, len(groups)):
        start, end = groups[last]
        digits += run.string[start:end]
        if len(digits) > LONGEST:
            break
        if kind := _kind_of(digits):
            found = kind, last
    return found


def _kind_of(digits):
    digits = digits.upper()
    if len(digits) == 18 and resident_id_check_character(digits[:17]) == digits[17]:
        return ID_NUMBER
    if is_mobile(digits) or is_mobile(digits.removeprefix("86")):
        return PHONE
    is_card = digits.isdecimal() and 16 <= len(digits) <= 19 and _has_check_digit(digits)
    return CARD if is_card else ""


def _has_check_digit(digits):
    """Whether the last digit is the check digit of bank cards (ISO/IEC 7812, Luhn)."""
    doubled = [int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits))]
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


# No rule sets the form of these numbers; each is a pattern a bureau may want otherwise.
REGISTER_NUMBER = "{county}{year}{serial:04d}"


LETTER_NUMBER = "调解备函〔{year}〕{serial}号"
