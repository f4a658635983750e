"""Why a rule set may not be put into force: each as a path and a sentence.

An unknown blocks only where a decision would meet it. What a rule leaves out altogether it does not
ask for; what it names and does not know, a person has to decide first.
"""

from django.utils.translation import gettext as _

from grading.rules.unknown import UNK, is_known
from grading.rules.unknowns import unknowns_of_level

# Sections whose every value a round, a panel or a grade needs. Dates of documents, sources, the
# cycle of rounds and pay are no part of a decision.
NEEDED = (
    "levels", "open_levels", "completeness", "waivers", "path", "exam", "sheet", "selection",
    "committee", "stages", "publicity", "objection", "validity", "downgrade",
)  # fmt: skip


def blockers(scheme):
    """Return all that stands against putting a rule set into force; empty if nothing does."""
    found = [(path, _("This is not known yet.")) for path in unknown_paths(scheme)]
    for check in CHECKS:
        found += check(scheme)
    return list(dict.fromkeys(found))


def unknown_paths(scheme):
    """Return the paths of all unknowns that a decision by this rule set would meet."""
    found = [path for level in scheme.open_levels for path in unknowns_of_level(scheme, level)]
    for section in NEEDED:
        found += _unknown_in(scheme, scheme.document.get(section), section)
    found += _unknown_in(scheme, _rows_of_open_levels(scheme), "authority")
    return list(dict.fromkeys(found))


def _rows_of_open_levels(scheme):
    """Return who decides about levels that may be applied for; other rows are not asked yet."""
    if scheme.document.get("authority") is UNK:
        return UNK
    return {
        f"[{at}]": row
        for at, row in enumerate(scheme.rows("authority"))
        if _concerns(row, scheme.open_levels)
    }


def _concerns(row, levels):
    named = (row.get("when") or {}).get("level")
    named = named if isinstance(named, list) or named is None else [named]
    return named is None or any(str(one) in levels for one in named)


def _unknown_in(scheme, value, path):
    if value is UNK:
        yield path
    elif isinstance(value, dict):
        for key, one in value.items():
            name = key if str(key).startswith("[") else f".{key}"
            yield from _unknown_in(scheme, one, f"{path}{name}")
    elif isinstance(value, list):
        for at, one in enumerate(value):
            yield from _unknown_in(scheme, one, f"{path}[{at}]")
    elif isinstance(value, str) and value.startswith("$p.") and not is_known(scheme.value(value)):
        yield f"params.{value[3:]}"


def _no_level_without_conditions(scheme):
    return [
        (f"req.{level}", _("An open level needs its conditions."))
        for level in scheme.open_levels
        if not is_known(scheme.requirement(level))
    ]


CHECKS = [_no_level_without_conditions]
