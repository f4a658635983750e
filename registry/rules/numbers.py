"""Numbers: those nobody may publish, and the patterns of those this register gives."""

import re
import unicodedata

from office.identity import is_mobile, resident_id_check_character

# Runs of digits as people write them: with blanks or dashes between groups, X as last of an ID.
NUMBERS = re.compile(r"(?<![0-9A-Za-z])[0-9](?:[ -]?[0-9]){9,18}(?:[ -]?[Xx])?(?![0-9A-Za-z])")


ID_NUMBER, PHONE, CARD = "id_number", "phone", "card"


def personal_numbers(text):
    """Return (kind, number as written) of each ID number, mobile phone or bank card in a text.

    A text is published as it stands, so that a number in it is found before and not after.
    """
    text = unicodedata.normalize("NFKC", text)
    kinds = ((_kind_of(found), found) for found in NUMBERS.findall(text))
    return [(kind, found) for kind, found in kinds if kind]


def _kind_of(found):
    digits = re.sub(r"[ -]", "", found).upper()
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
