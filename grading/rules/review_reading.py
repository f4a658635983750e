"""What the readers of a review's sections share: the section itself, closed words, all faults."""

from django.utils.translation import gettext as _

from grading.rules import spelling
from grading.rules.scheme import SchemeFault
from grading.rules.unknown import UNK, is_known

AT = "review"
NEEDS_RULE = "needs_rule"
DAY_KINDS = ("working", "calendar")


def said(scheme, name):
    """Return a section of the review, None if the rule leaves it out, UNK if it is unknown."""
    return scheme.section(AT).get(name)


def every(readings):
    """Return what each reading gives, in order.

    :raises SchemeFault: with the faults of all of them.
    """
    made, faults = [], []
    for reading in readings:
        try:
            made.append(reading())
        except SchemeFault as fault:
            faults += fault.faults
    if faults:
        raise SchemeFault(faults)
    return made


def settings_of(at, written, needed, others=()):
    """Return a mapping that has all names that are needed and none that is not understood.

    :raises SchemeFault: naming each one that is missing.
    """
    spelling.only(at, written, *needed, *others)
    missing = [name for name in needed if name not in written]
    if missing:
        raise SchemeFault([(f"{at}.{name}", _("This has to be said.")) for name in missing])
    return written


def word(at, written, known):
    """Return one of some words, UNK if the rule does not say it.

    :raises SchemeFault: if it is another one.
    """
    if not is_known(written):
        return UNK
    if written not in known:
        raise spelling.fault(at, _("One of %s is needed here.") % ", ".join(known))
    return written


def several(at, written, known):
    """Return a list of different words of a closed list, UNK if the rule does not say them.

    :raises SchemeFault: if one is another word, or stands twice.
    """
    if not is_known(written):
        return UNK
    found = [word(at, one, known) for one in spelling.words(written)]
    for one in found:
        if found.count(one) > 1:
            raise spelling.fault(at, _("“%s” stands here twice.") % one)
    return tuple(found)


def at_least(scheme, at, written, least):
    """Return a whole number, UNK if the rule does not say it.

    :raises SchemeFault: if it is below the least there can be.
    """
    found = spelling.whole(scheme, at, written)
    if found is not UNK and found < least:
        raise spelling.fault(at, _("At least %s is needed here.") % least)
    return found


def rows(at, written):
    """Return the rows of a list, each with its place; none where nothing is known.

    :raises SchemeFault: if it is no list of rows.
    """
    if not is_known(written):
        return []
    if not isinstance(written, list):
        raise spelling.fault(at, _("A list is needed here."))
    return [(f"{at}[{place}]", row) for place, row in enumerate(written)]
