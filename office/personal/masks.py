"""How personal data is shown to those who need to recognise it, not to know it.

A mask never fails: what does not have the expected shape is hidden altogether.
"""

import re

from office.identity import is_mobile

LANDLINE = re.compile(r"(0[0-9]{2,3}-)([0-9]{3,4})([0-9]{4})((?:-[0-9]+)?)")


def _hidden(text):
    return "*" * len(text)


def _ends(text, head, tail):
    return text[:head] + _hidden(text[head : len(text) - tail]) + text[len(text) - tail :]


def mask_phone(number):
    """Return ``138****1234``, ``0575-****3456``; an extension is hidden."""
    if is_mobile(number):
        return _ends(number, 3, 4)
    landline = LANDLINE.fullmatch(number)
    if landline is None:
        return _hidden(number)
    area, middle, last, extension = landline.groups()
    return area + _hidden(middle) + last + ("-" if extension else "") + _hidden(extension[1:])


def mask_resident_id(number):
    """Return ``35*************123``: the province and the last three characters."""
    return _ends(number, 2, 3) if len(number) == 18 else _hidden(number)


def mask_certificate(number):
    """Return a certificate number with at most a quarter shown at either end, four at most."""
    shown = min(4, len(number) // 4)
    return _ends(number, shown, shown)


def mask_name(name):
    """Return ``张*``, ``张**``: the first character, and one or two marks for the rest."""
    return name[:1] + "*" * min(2, max(1, len(name) - 1)) if name else ""
