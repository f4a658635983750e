"""What must be there before an application is looked at (P6)."""

import hashlib
import re

from django.utils.translation import gettext as _

from grading.rules import spelling
from grading.rules.unknown import UNK, is_known

FOR_ALL = ("all", "fields", "documents")
COMPLETE, MISSING = "complete", "missing"
# What the store of papers takes as a kind; another name is known there by its hash.
KIND = re.compile(r"\A[A-Za-z0-9_-]{1,30}\Z")


def missing(scheme, have, level=None):
    """Return the names of what is missing, in the order of the rule.

    :param have: the names of what is there, or names with values, of which empty ones do not count.
    :param level: also ask for what the rule wants for this level alone.
    """
    there = _there(have)
    return [
        " | ".join(names)
        for names, levels in required(scheme)
        if (levels is None or str(level) in levels) and not there.intersection(names)
    ]


def paper_kind(name):
    """Return the code under which papers of a name are kept.

    >>> paper_kind("form"), paper_kind("申请表")
    ('form', 'p-66c61ca882156811')
    """
    if KIND.match(name):
        return name
    return f"p-{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def complete(scheme, have, level=None):
    """Return ``complete`` or ``missing``; what the rule itself does not know is missing."""
    return MISSING if missing(scheme, have, level) else COMPLETE


def required(scheme):
    """Return what is required: names of which one is enough, and the levels, None for every one.

    :raises SchemeFault: if an entry is no name.
    """
    written = scheme.document.get("completeness", [])
    if not isinstance(written, dict):
        return _entries("completeness", written, None)
    found = []
    for key, entries in written.items():
        levels = None if key in FOR_ALL else [spelling.level_of(scheme, key).code]
        found += _entries(f"completeness.{key}", entries, levels)
    return found


def _entries(at, written, levels):
    if not is_known(written):
        return [(["UNK"], levels)]
    if not isinstance(written, list):
        raise spelling.fault(at, _("A list of names is expected here."))
    found = (_entry(f"{at}[{place}]", one, levels) for place, one in enumerate(written))
    return [entry for entry in found if entry]


def _entry(at, one, levels):
    if one is UNK or isinstance(one, str):
        return ["UNK" if one is UNK else one], levels
    names = ("field", "document", "id", "code", "name")
    spelling.only(at, one, "field", "document", "any", "any_of", "levels", "level", "required")
    if one.get("required", True) is False:
        return None
    of_levels = spelling.said(at, one, "levels", "level")
    levels = levels if of_levels is None else spelling.words(of_levels)
    if alternatives := spelling.said(at, one, "any", "any_of"):
        return spelling.words(alternatives), levels
    named = next((one[name] for name in names if name in one), None)
    if named is None:
        raise spelling.fault(at, _("This row has no name."))
    return ["UNK" if named is UNK else str(named)], levels


def _there(have):
    if isinstance(have, dict):
        return {str(name) for name, value in have.items() if value not in (None, "", False, [], {})}
    return {str(name) for name in have}
