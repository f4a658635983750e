"""The several ways in which the same thing may be written in a rule.

Whoever types a published rule writes ``30%`` or ``{percent: 30}``, a table by name or rows with
names. All are read here as one value; what fits none of them is a fault and never guessed at.
"""

import re
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from grading.rules.rounding import DOWN, HALF_EVEN, HALF_UP, UP
from grading.rules.scheme import SchemeFault, exact
from grading.rules.unknown import UNK, is_known

# What may stand beside any node for the reader and changes no answer.
PROSE = {"id", "code", "name", "label", "title", "text", "note", "clause", "evidence", "source",
         "unit", "why", "confirm_by"}  # fmt: skip
ROUNDINGS = {
    "down": DOWN, "floor": DOWN, "舍去": DOWN, "up": UP, "ceil": UP, "ceiling": UP, "进一": UP,
    "half_up": HALF_UP, "四舍五入": HALF_UP, "half_even": HALF_EVEN,
}  # fmt: skip
FRACTION = re.compile(r"^([0-9]+)/([1-9][0-9]*)$")


def fault(at, sentence):
    """Return the fault of a document whose place is ``at``, to be raised."""
    return SchemeFault([(at, sentence)])


def said(at, settings, *names):
    """Return what stands under one of several names for the same thing, None if under none.

    :raises SchemeFault: if it is said twice.
    """
    found = [name for name in names if name in settings]
    if len(found) > 1:
        raise fault(at, _("“%s” say the same thing twice.") % ", ".join(found))
    return settings[found[0]] if found else None


def only(at, settings, *names):
    """Refuse a mapping that says more than is understood: leaving it out could change the answer.

    :raises SchemeFault: if there are other names than these and those of prose.
    """
    if not isinstance(settings, dict):
        raise fault(at, _("Names with values are needed here."))
    strange = [str(name) for name in settings if name not in PROSE and name not in names]
    if strange:
        raise fault(at, _("“%s” is not understood here.") % ", ".join(strange))


def named(at, written, *names):
    """Return pairs of a name and its settings: of a mapping, of rows that have a name, of words.

    :raises SchemeFault: if a row has no name or two have the same.
    """
    if not is_known(written):
        return []
    if isinstance(written, dict):
        return [(str(name), settings) for name, settings in written.items()]
    if not isinstance(written, list):
        raise fault(at, _("A table by name or a list of rows is expected here."))
    pairs = [_named(f"{at}[{place}]", row, names) for place, row in enumerate(written)]
    twice = {name for name, _row in pairs if [one for one, _row in pairs].count(name) > 1}
    if twice:
        raise fault(at, _("“%s” stands here twice.") % ", ".join(sorted(twice)))
    return pairs


def _named(at, row, names):
    if isinstance(row, str):
        return row, {}
    if isinstance(row, dict):
        for name in (*names, "id", "code", "name"):
            if name in row and is_known(row[name]):
                return str(row[name]), {key: row[key] for key in row if key != name}
    raise fault(at, _("This row has no name."))


def words(written):
    """Return one word or a list of words as a list of words."""
    if not is_known(written):
        return []
    return [str(one) for one in written] if isinstance(written, list) else [str(written)]


def number(scheme, at, written):
    """Return an exact number, UNK if the rule does not say it.

    :raises SchemeFault: if what stands there is no number.
    """
    found = scheme.value(written)
    if not is_known(found):
        return UNK
    if exact(found) is None:
        raise fault(at, _("“%s” is no number.") % found)
    return exact(found)


def whole(scheme, at, written):
    """Return a whole number that is not negative, UNK if the rule does not say it.

    :raises SchemeFault: if what stands there is no such number.
    """
    found = number(scheme, at, written)
    if found is UNK:
        return UNK
    if found < 0 or found != int(found):
        raise fault(at, _("“%s” is no whole number.") % found)
    return int(found)


def share(scheme, at, written):
    """Return a part of the whole as a fraction: ``30%``, ``0.3``, ``1/3``, ``{percent: 30}``.

    :raises SchemeFault: if it is none, or could be read in two ways.
    """
    if isinstance(written, dict):
        only(at, written, "percent", "pct", "share", "ratio")
        if (part := said(at, written, "share", "ratio")) is not None:
            return share(scheme, at, part)
        return percent(scheme, at, said(at, written, "percent", "pct"))
    found = scheme.value(written)
    if isinstance(found, str) and (parts := FRACTION.match(found)):
        part = Fraction(int(parts[1]), int(parts[2]))
    else:
        found = number(scheme, at, found)
        if found is UNK:
            return UNK
        part = Fraction(found)
    if not 0 <= part <= 1:
        raise fault(at, _("“%s” is no share: write 30%% or 0.3.") % written)
    return part


def percent(scheme, at, written):
    """Return a share whose name already says percent: ``30`` is ``30%``.

    :raises SchemeFault: if it is between 0 and 1, which may be either.
    """
    found = scheme.value(written)
    if isinstance(found, str) and found.endswith("%"):
        return share(scheme, at, found)
    found = number(scheme, at, found)
    if found is UNK:
        return UNK
    if 0 < found < 1 or not 0 <= found <= 100:
        raise fault(at, _("“%s” is no share: write 30%% or 0.3.") % written)
    return Fraction(found) / 100


def rounding(at, word):
    """Return the way of rounding that a word names; up is away from nought, down towards it.

    :raises SchemeFault: if it names none.
    """
    if not isinstance(word, str) or word not in ROUNDINGS:
        raise fault(at, _("“%s” is no way of rounding.") % word)
    return ROUNDINGS[word]


def day(at, written):
    """Return a day, UNK if the rule does not say it.

    :raises SchemeFault: if what stands there is no day.
    """
    if not is_known(written):
        return UNK
    if type(written) is date:
        return written
    try:
        return date.fromisoformat(written)
    except (TypeError, ValueError):
        raise fault(at, _("“%s” is no day.") % written) from None


def level_of(scheme, code, scale=None):
    """Return a level by its code.

    :raises SchemeFault: if the scale has no such level.
    """
    try:
        return scheme.level(code, scale)
    except KeyError:
        raise fault("levels", _("There is no level “%s”.") % code) from None
