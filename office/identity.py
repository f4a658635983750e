"""Numbers that identify people and bodies: what may be typed, what they say, how they are made.

Pure functions over text. A refusal never repeats the number: refusals end up in reports and logs.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# GB/T 2260: provinces. Codes of counties that were merged or renamed live on in the numbers of the
# people born there, so nothing below the province is looked up. 81, 82, 83: residence permits.
PROVINCES = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
# ISO 7064 MOD 11-2 as GB 11643-1999 applies it: weight 2 ** (18 - place) mod 11.
RESIDENT_ID_WEIGHTS = tuple(2**power % 11 for power in range(17, 0, -1))
RESIDENT_ID_CHECKS = "10X98765432"
# GB 32100-2015: letters that are mistaken for digits or for each other are left out.
CREDIT_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_CODE_WEIGHTS = tuple(3**power % 31 for power in range(17))
EARLIEST_BIRTH_YEAR = 1800

MOBILE = re.compile(r"1[3-9][0-9]{9}")
# Area codes of three digits (010, 02x) go with eight digits, those of four with seven or eight.
LANDLINE = re.compile(
    r"(0(?:10|2[0-9])(?=[0-9]{8}(?![0-9]))|0[3-9][0-9]{2})([2-8][0-9]{6,7})(?:X([0-9]{1,6}))?"
)
DASHES = re.compile(r"[-‐‑‒–—―−ー]")
EXTENSION_WORDS = re.compile(r"转|分机|EXT\.?|#")


class Sex(TextChoices):
    """Sex as the resident ID number and the roster state it (GB/T 2261.1)."""

    MALE = "male", gettext_lazy("Male")
    FEMALE = "female", gettext_lazy("Female")


@dataclass(frozen=True)
class ResidentId:
    """What a resident ID number says. Its ``repr`` says nothing: tracebacks are read by others."""

    number: str = field(repr=False)
    division_code: str = field(repr=False)
    born_on: date = field(repr=False)
    sex: Sex = field(repr=False)


@dataclass(frozen=True)
class CreditCode:
    """What a unified social credit code says: the code, and the place it was registered in."""

    number: str
    division_code: str


def plain(text):
    """Return the text in half-width capitals without blanks or invisible marks, as compared."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = "".join(mark for mark in text if unicodedata.category(mark) != "Cf")
    return "".join(text.upper().split())


def resident_id_check_character(body):
    """Return the eighteenth character of a resident ID number for its first seventeen digits."""
    total = sum(
        weight * int(digit) for weight, digit in zip(RESIDENT_ID_WEIGHTS, body, strict=True)
    )
    return RESIDENT_ID_CHECKS[total % 11]


def check_resident_id(text, *, today=None):
    """Read a resident ID number (GB 11643-1999); full-width characters and blanks are accepted.

    :raises ValidationError: with the one sentence that says what is wrong with it.
    """
    number = plain(text)
    _check_resident_id_shape(number)
    born_on = _birth_date(number[6:14], today)
    if resident_id_check_character(number[:17]) != number[17]:
        raise ValidationError(
            _("The check digit of the ID number is wrong: one of its characters was mistyped."),
            "checksum",
        )
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    return ResidentId(number, number[:6], born_on, sex)


def _check_resident_id_shape(number):
    if re.fullmatch(r"[0-9]{15}", number):
        raise ValidationError(
            _("This is an old 15-digit ID number; give the 18-digit number of the present card."),
            "old_number",
        )
    if len(number) != 18:
        message = _("An ID number has 18 characters; this one has %(length)d.")
        raise ValidationError(message % {"length": len(number)}, "length")
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise ValidationError(
            _("An ID number consists of 17 digits and, at the end, a digit or the letter X."),
            "characters",
        )
    if not PROVINCES.fullmatch(number[:2]):
        raise ValidationError(
            _("The first two digits of the ID number name no province."), "province"
        )


def _birth_date(digits, today):
    try:
        born_on = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        born_on = date.min
    if born_on.year < EARLIEST_BIRTH_YEAR:
        raise ValidationError(
            _("The ID number holds a birth date that does not exist."), "birth_date"
        )
    if today is not None and born_on > today:
        raise ValidationError(_("The ID number holds a birth date in the future."), "future")
    return born_on


def resident_id_for(division_code, born_on, serial):
    """Make the valid resident ID number of a place (6 digits), a birth date and a serial 0-999.

    Odd serials are men's, even ones women's.
    """
    body = f"{division_code}{born_on:%Y%m%d}{serial:03d}"
    return body + resident_id_check_character(body)


def credit_code_check_character(body):
    """Return the eighteenth character of a unified social credit code for its first seventeen."""
    values = [CREDIT_CODE_ALPHABET.index(character) for character in body]
    total = sum(weight * value for weight, value in zip(CREDIT_CODE_WEIGHTS, values, strict=True))
    return CREDIT_CODE_ALPHABET[-total % 31]


def check_credit_code(text):
    """Read a unified social credit code (GB 32100-2015).

    :raises ValidationError: with the one sentence that says what is wrong with it.
    """
    number = plain(text)
    if len(number) != 18:
        message = _("A unified social credit code has 18 characters; this one has %(length)d.")
        raise ValidationError(message % {"length": len(number)}, "length")
    if set(number) - set(CREDIT_CODE_ALPHABET):
        raise ValidationError(
            _(
                "A unified social credit code consists of digits and capital letters "
                "other than I, O, S, V and Z."
            ),
            "characters",
        )
    if not re.fullmatch(r"[0-9]{6}", number[2:8]):
        raise ValidationError(
            _("The third to eighth characters of a unified social credit code must be digits."),
            "division",
        )
    if credit_code_check_character(number[:17]) != number[17]:
        raise ValidationError(
            _(
                "The check character of the unified social credit code is wrong: "
                "one of its characters was mistyped."
            ),
            "checksum",
        )
    return CreditCode(number, number[2:8])


def credit_code_for(category, division_code, organization_code):
    """Make the valid code of a category (2 characters), a place (6) and an organisation (9)."""
    body = f"{category}{division_code}{organization_code}"
    return body + credit_code_check_character(body)


def _dialled(text):
    """Return the characters dialled inside the country, an extension set off by an X."""
    number = DASHES.sub("-", re.sub(r"[()]", "", plain(text)))
    number = EXTENSION_WORDS.sub("X", number)
    number = re.sub(r"(?<=[0-9]{7})-X?(?=[0-9]{1,6}$)", "X", number)
    abroad = re.fullmatch(r"(?:\+86|0086)-?(.+)", number)
    number = (abroad[1] if abroad else number).replace("-", "")
    return f"0{number}" if abroad and number[0] not in "01" else number


def check_phone(text):
    """Return a mainland telephone number in its one written form.

    ``13812345678`` for a mobile number; ``0575-88123456`` or ``0575-88123456-801`` for a landline
    with area code and extension. Blanks, dashes, brackets and +86 are accepted.

    :raises ValidationError: if it is neither.
    """
    number = _dialled(text)
    if MOBILE.fullmatch(number):
        return number
    if landline := LANDLINE.fullmatch(number):
        return "-".join(part for part in landline.groups() if part)
    if re.fullmatch(r"1[0-9]{5,}", number):
        raise ValidationError(
            _("A mobile number has 11 digits and begins with 13 to 19."), "mobile"
        )
    raise ValidationError(
        _("Give a mobile number of 11 digits, or a landline with its area code."), "phone"
    )


def is_mobile(number):
    """Whether a number in its written form is a mobile one."""
    return MOBILE.fullmatch(number) is not None


def birthday(born_on, years):
    """Return the day on which somebody reaches an age in full years (周岁).

    The corresponding day of the month; 29 February without one is the last day of that month
    (民法典 202).
    """
    try:
        return born_on.replace(year=born_on.year + years)
    except ValueError:
        return date(born_on.year + years, 2, 28)


def age_on(born_on, today):
    """Return the age in full years on a day; the birthday itself counts as reached."""
    years = today.year - born_on.year
    return years if today >= birthday(born_on, years) else years - 1
