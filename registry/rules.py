"""What the register holds to be so: pure statements, nothing is asked of the database here."""

import re
import unicodedata
from calendar import monthrange
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.identity import is_mobile, resident_id_check_character
from office.roles import Role


class Likeness(models.TextChoices):
    """How sure it is that two entries are one person. The same ID number cannot stand twice.

    Certain: the same name and the same phone; or the same name, sex and date of birth. Neither if
    both entries have an ID number: these differ, and two numbers are two people unless one of them
    is mistyped, so such a pair is only possible.
    Possible: the same name and month of birth; or the same phone.
    No law sets this; it is the practice of this register.
    """

    NONE = "none", _("no duplicate")
    POSSIBLE = "possible", _("possible duplicate")
    CERTAIN = "certain", _("certain duplicate")


# Who gives which posts. Source: the table of rights, row "users, posts".
MAY_GRANT = {
    Role.COUNTY_BUREAU: (Role.CLERK, Role.JUSTICE_OFFICE),
    Role.CITY_BUREAU: (Role.COUNTY_BUREAU, Role.PANEL, Role.HANDLER, Role.TRAINER),
}


def grantable(roles):
    """Return the roles that an officer with these roles may give to others."""
    allowed = {granted for role in roles for granted in MAY_GRANT.get(role, ())}
    return [role for role in Role if role in allowed]


DIVISION_DIGITS = (2, 4, 6, 9, 12)


def enclosing(number):
    """Return the numbers of the divisions a division lies in, itself last.

    >>> enclosing(330681003000)
    [330000000000, 330600000000, 330681000000, 330681003000]
    """
    code = f"{number:012d}"
    return list(dict.fromkeys(int(code[:digits].ljust(12, "0")) for digits in DIVISION_DIGITS))


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


def months_before(day, months):
    """Return the same day so many months earlier, or the last day of a shorter month.

    >>> months_before(date(2026, 3, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
