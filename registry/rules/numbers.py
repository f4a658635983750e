"""Numbers: those nobody may publish, and the patterns of those this register gives."""

import re
import unicodedata

from office.identity import is_mobile, resident_id_check_character

# Runs of digits as people write them: with blanks or dashes between groups, X as last of an ID.
NUMBERS = re.compile(r"(?<![0-9A-Za-z])[0-9](?:[ -]?[0-9]){9,18}(?:[ -]?[Xx])?(?![0-9A-Za-z])")


def personal_numbers(text):
    """Return what looks like an ID number, a mobile phone or a bank card in a text.

    A text is published as it stands, so that a number in it is found before and not after.
    """
    text = unicodedata.normalize("NFKC", text)
    return [found for found in NUMBERS.findall(text) if _is_personal(found)]


def _is_personal(found):
    digits = re.sub(r"[ -]", "", found).upper()
    if len(digits) == 18 and resident_id_check_character(digits[:17]) == digits[17]:
        return True
    if is_mobile(digits) or is_mobile(digits.removeprefix("86")):
        return True
    return digits.isdecimal() and 16 <= len(digits) <= 19 and _has_check_digit(digits)


def _has_check_digit(digits):
    """Whether the last digit is the Luhn check digit that bank cards end with."""
    doubled = [int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits))]
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


# No rule sets the form of these numbers; each is a pattern a bureau may want otherwise.
REGISTER_NUMBER = "{county}{year}{serial:04d}"


LETTER_NUMBER = "调解备函〔{year}〕{serial}号"
