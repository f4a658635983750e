"""Levels beside each other, levels that were won, and levels of other scales (P3, P4, P35)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from grading.rules import spelling
from grading.rules.scheme import SCALE
from grading.rules.unknown import UNK, is_known

HIGHER, LOWER, SAME = "higher", "lower", "same"
NOT_PARTICIPATED, WITHHELD = "not_participated", "withheld"
# What a mapping answers that nobody decided.
UNKNOWN = "UNK"


def order(scheme, a, b, scale=None):
    """Return whether the first level is ``higher`` than the second, ``lower``, or the ``same``.

    The rank decides, 1 is the highest; never a label or a code.
    """
    first, second = (spelling.level_of(scheme, code, scale).rank for code in (a, b))
    return SAME if first == second else HIGHER if first < second else LOWER


def outcome(scheme, took_part, granted, scale=None, *, withheld=False):
    """Return what is told of somebody after a round.

    That is the label of the level, the label for whoever took part and got none, ``withheld``
    while the decision waits, or ``not_participated``; ``UNK`` if the rule has no word for it.
    """
    if not took_part:
        return NOT_PARTICIPATED
    if withheld:
        return WITHHELD
    if granted is not None:
        return spelling.level_of(scheme, granted, scale).label
    return _ungraded(scheme, scale)


def _ungraded(scheme, scale):
    written = scheme.document.get("ungraded", {"label": ""})
    if isinstance(written, dict) and scale in written:
        written = written[scale]
    label = written.get("label") if isinstance(written, dict) else written
    return str(label) if is_known(label) else "UNK"


@dataclass(frozen=True)
class Foreign:
    """A level of another scale that the rule itself maps to its own on a day.

    ``counts_as`` is a code of the own scale, None for nothing, ``UNK`` if the rule does not know.
    """

    scale: str
    code: str
    label: str
    counts_as: object


def foreign_levels(scheme, on):
    """Return the levels of other scales that mappings in force on a day say something of."""
    scales = {scales[0] for day, scales, _table in _mappings(scheme)
              if scales[1] == SCALE and scales[0] not in (None, SCALE) and day <= on}  # fmt: skip
    return [
        Foreign(scale, one.code, one.label, mapped(scheme, one.code, scale, SCALE, on))
        for scale in sorted(scales)
        for one in scheme.levels_of(scale)
    ]


def foreign_level(scheme, scale, code, on):
    """Return one of the ``foreign_levels``, None if it is none."""
    found = (one for one in foreign_levels(scheme, on) if (one.scale, one.code) == (scale, code))
    return next(found, None)


def mapped(scheme, level, from_scale, to_scale, on):
    """Return what a level of one scale counts as in another on a day.

    Only an explicit decision maps: one that names its day and who took it. Without one that is in
    force the answer is ``UNK``; a level that the decision leaves out counts as nothing (None).
    """
    code = spelling.level_of(scheme, level, from_scale).code
    decisions = [
        (day, table)
        for day, scales, table in _mappings(scheme)
        if scales == (from_scale, to_scale) and day <= on
    ]
    if not decisions:
        return UNKNOWN
    _day, table = max(decisions, key=lambda decision: decision[0])
    found = table.get(code)
    if found is None:
        return None
    return UNKNOWN if found is UNK else spelling.level_of(scheme, found, to_scale).code


def _mappings(scheme):
    """Yield the day, the two scales and the table of every decision that was really taken."""
    for place, row in enumerate(scheme.rows("mappings")):
        at = f"mappings[{place}]"
        spelling.only(at, row, "from", "to", "on", "date", "by", "authority", "table", "levels")
        day = spelling.day(f"{at}.on", spelling.said(at, row, "on", "date"))
        by = spelling.said(at, row, "by", "authority")
        table = spelling.said(at, row, "table", "levels")
        if UNK in (day, by, table) or by is None:
            continue
        if not isinstance(table, dict):
            raise spelling.fault(f"{at}.table", _("Names with values are needed here."))
        yield day, (row.get("from"), row.get("to")), {str(old): new for old, new in table.items()}
