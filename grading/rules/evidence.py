"""Facts as they are stored with a decision, and facts made of them again, alike to the digit."""

import hashlib
import json
from datetime import date
from decimal import Decimal
from fractions import Fraction

from grading.rules.facts import Facts

# JSON knows neither days nor exact numbers: they are written as one name with a text.
DAY, NUMBER, SHARE = "$day", "$number", "$share"


def stored(facts):
    """Return ``Facts`` as plain values for a database."""
    return _plain(facts.values)


def facts_from(evidence, *, answers=None, ruled=None, waived=()):
    """Return the ``Facts`` of stored evidence, with what officers said of it since.

    :param answers: ``{question: yes or no}``; they stand for flags that no register tells as well.
    :param ruled: ``{path of a condition: pass or fail}``.
    :param waived: the ids of conditions whose waiver was granted.
    """
    values = _exact(evidence)
    answers = answers or {}
    # What the register tells goes before what anybody says.
    values["flags"] = {**answers, **values.get("flags", {})}
    values["attest"] = {**values.get("attest", {}), **answers}
    return Facts({**values, "ruled": ruled or {}, "waived": list(waived)})


def digest_of(content):
    """Return the SHA-256 of stored content, whatever the order of its names."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value):
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return {DAY: value.isoformat()}
    if isinstance(value, Decimal):
        return {NUMBER: str(value)}
    if isinstance(value, Fraction):
        return {SHARE: f"{value.numerator}/{value.denominator}"}
    return value


def _exact(value):
    # A person's evidence has hundreds of values, and most of them are no names and no lists.
    if isinstance(value, list):
        return [_exact(one) if isinstance(one, NESTED) else one for one in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        ((name, text),) = value.items()
        if name in READERS:
            return READERS[name](text)
    return {name: _exact(one) if isinstance(one, NESTED) else one for name, one in value.items()}


NESTED = (dict, list)
READERS = {DAY: date.fromisoformat, NUMBER: Decimal, SHARE: Fraction}
