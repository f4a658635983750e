"""What makes a certificate: its code, its number, its facts as signed, how it stands on a day."""

import hashlib
import json
import secrets
import string
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.rules import county_code

# Without vowels and without what is taken for something else, so that a code survives typing.
CODE_ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXZ"
CODE_LENGTH = 20  # about 96 bits
PLACES = {"division6", "division4", "year", "serial"}
UNFINISHED = ("applied", "examined", "declined")


def new_code():
    """Return 20 random characters that say nothing about the holder."""
    return "".join(secrets.choice(CODE_ALPHABET) for _time in range(CODE_LENGTH))


def code_of(typed):
    """Return a code as it is stored, from what somebody typed; "" if it cannot be one."""
    code = "".join(typed.split()).replace("-", "").upper()
    fits = len(code) == CODE_LENGTH and all(char in CODE_ALPHABET for char in code)
    return code if fits else ""


def spaced(code):
    """Return a code in groups of four, as it is printed."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


class Standing(models.TextChoices):
    """How a certificate stands on a day; computed, never stored."""

    NOT_ISSUED = "not_issued", _("not valid yet")
    VALID = "valid", _("valid")
    SUSPENDED = "suspended", _("suspended")
    EXPIRED = "expired", _("expired")
    SUPERSEDED = "superseded", _("superseded")
    REVOKED = "revoked", _("revoked")


@dataclass(frozen=True, slots=True)
class Life:
    """The dates of a certificate, all half-open; ``spans`` are (from, until or None)."""

    from_on: date
    until_on: date | None = None
    ended_on: date | None = None
    ended_as: str = ""
    spans: tuple = ()


def standing_on(life, day):
    """Return how a certificate stands on a day.

    What ended it outweighs its expiry, and its expiry a suspension.
    """
    if day < life.from_on:
        return Standing.NOT_ISSUED
    if life.ended_on is not None and day >= life.ended_on:
        return Standing(life.ended_as)
    if life.until_on is not None and day >= life.until_on:
        return Standing.EXPIRED
    if any(start <= day and (end is None or day < end) for start, end in life.spans):
        return Standing.SUSPENDED
    return Standing.VALID


def pattern_faults(pattern):
    """Return why a pattern cannot make numbers; an empty list if it can.

    >>> pattern_faults("{division6}{year}{serial:05d}")
    []
    """
    try:
        named = {name for _text, name, _spec, _how in string.Formatter().parse(pattern) if name}
        number_of(pattern, 330681000000, 2026, 1)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        return [_("This pattern cannot be read.")]
    faults = [_("The pattern has places that are not known.")] if named - PLACES else []
    if "serial" not in named:
        faults.append(_("A pattern needs the place {serial}."))
    return faults


def number_of(pattern, division_id, year, serial):
    """Return the number that a pattern makes.

    >>> number_of("{division6}{year}{serial:05d}", 330681109000, 2026, 7)
    '330681202600007'
    """
    county = county_code(division_id)
    return pattern.format(division6=county, division4=county[:4], year=year, serial=serial)


def series_of(pattern, division_id, year):
    """Return what a pattern counts by, as (place, year): it starts anew in each."""
    county = county_code(division_id)
    place = county if "{division6" in pattern else county[:4] if "{division4" in pattern else ""
    return place, year if "{year" in pattern else 0


def canonical(values):
    """Return plain values as the bytes that are hashed and signed: sorted, without blanks, UTF-8.

    >>> canonical({"b": "乙", "a": None})
    b'{"a":null,"b":"\\xe4\\xb9\\x99"}'
    """
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def digest_of(facts):
    """Return the SHA-256 of the facts of a certificate, in hexadecimal."""
    return hashlib.sha256(canonical(facts)).hexdigest()


def years_to_check(issued_on, today):
    """Return the years for which a certificate needs a yearly check, this one included.

    The year of issue needs none (practice: the yearly check follows the issue).
    """
    return list(range(issued_on.year + 1, today.year + 1))


def missing_years(issued_on, checked, today):
    """Return the past years whose yearly check is missing; this year's may still come."""
    return [y for y in years_to_check(issued_on, today) if y < today.year and y not in checked]
