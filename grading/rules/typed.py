"""Values of a rule set as people type them: "" leaves a name out, “未知” or ``UNK`` is unknown."""

import re
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from grading.rules.parts import DAY, LIST, NUMBER, YES_NO
from grading.rules.scheme import exact
from grading.rules.unknown import UNK

UNKNOWN_WORDS = {"UNK", "未知", "不明", "unknown", "？", "?"}
YES, NO = {"是", "yes", "true"}, {"否", "no", "false"}
FULL_WIDTH = str.maketrans("０１２３４５６７８９．％－", "0123456789.%-")
BETWEEN = re.compile(r"[、,，;；\n]+")


class NotTyped(ValueError):
    """What was typed is no value of the kind; the message says which is needed."""


def typed(text, kind):
    """Return the value that was typed; None if nothing was.

    :raises NotTyped: if it is no value of this kind.
    """
    text = text.strip()
    if not text:
        return None
    if text in UNKNOWN_WORDS:
        return UNK
    return READERS.get(kind, _text)(text)


def shown(value):
    """Return a value as it would be typed."""
    if value is None:
        return ""
    if value is UNK:
        return "未知"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(shown(one) for one in value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def guessed(text):
    """Return what was typed where any value may stand: a number, a day, yes or no, else words."""
    for kind in (NUMBER, DAY, YES_NO):
        try:
            return typed(text, kind)
        except NotTyped:
            continue
    return typed(text, None)


def _text(text):
    return text


def _number(text):
    if text.startswith("$p."):
        return text
    plain = text.translate(FULL_WIDTH).replace(" ", "")
    if exact(plain) is None:
        raise NotTyped(_("A number is needed here."))
    if plain.endswith("%"):
        return plain
    return int(plain) if re.fullmatch(r"-?(0|[1-9][0-9]*)", plain) else Decimal(plain)


def _day(text):
    found = re.fullmatch(r"(\d{4})[-年/.](\d{1,2})[-月/.](\d{1,2})日?", text.translate(FULL_WIDTH))
    try:
        return date(*map(int, found.groups()))
    except (AttributeError, ValueError):
        raise NotTyped(_("A day is needed here, as 2026-11-26.")) from None


def _yes_no(text):
    if text.lower() in YES | NO:
        return text.lower() in YES
    raise NotTyped(_("Yes or no is needed here."))


def _list(text):
    if text == "any":
        return text
    return [one.strip() for one in BETWEEN.split(text) if one.strip()]


READERS = {NUMBER: _number, DAY: _day, YES_NO: _yes_no, LIST: _list}
