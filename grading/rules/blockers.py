"""Why a rule set may not be put into force: each as a path and a sentence.

An unknown blocks only where a decision would meet it. What a rule leaves out altogether it does not
ask for; what it names and does not know, a person has to decide first.
"""

from django.utils.translation import gettext as _

from grading.rules.bands import gaps_and_overlaps
from grading.rules.committees import EVEN, INCOMPLETE, committee
from grading.rules.cuts import TIE
from grading.rules.review_blockers import blockers_of
from grading.rules.sheets import bands_of
from grading.rules.unknown import UNK
from grading.rules.unknowns import unknown_in, unknowns_of_level

# Sections whose every value a round, a panel or a grade needs. Dates of documents, sources, the
# cycle of rounds and pay are no part of a decision.
NEEDED = (
    "levels", "open_levels", "completeness", "waivers", "path", "exam", "sheet", "selection",
    "committee", "stages", "publicity", "objection", "validity", "downgrade",
)  # fmt: skip


def blockers(scheme):
    """Return all that stands against putting a rule set into force; empty if nothing does."""
    if scheme.section("review"):
        return list(dict.fromkeys(blockers_of(scheme)))
    found = [(path, _("This is not known yet.")) for path in unknown_paths(scheme)]
    for check in CHECKS:
        found += check(scheme)
    return list(dict.fromkeys(found))


def unknown_paths(scheme):
    """Return the paths of all unknowns that a decision by this rule set would meet."""
    found = [path for level in scheme.open_levels for path in unknowns_of_level(scheme, level)]
    for section in NEEDED:
        found += unknown_in(scheme, scheme.document.get(section), section)
    found += unknown_in(scheme, _rows_of_open_levels(scheme), "authority")
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


def _committee(scheme):
    if not scheme.section("committee"):
        return []
    sentence = {
        EVEN: _("The committee may be even: say what settles a tie."),
        INCOMPLETE: _("Size, seats, quorum and vote do not make a committee yet."),
    }.get(committee(scheme))
    return [("committee", sentence)] if sentence else []


def _bands(scheme):
    found = bands_of(scheme) if scheme.section("sheet").get("bands") is not None else UNK
    if found is UNK:
        return []
    sentences = {
        "gap": _("Between %(low)s and %(high)s there is no band."),
        "overlap": _("From %(low)s to %(high)s two bands hold."),
    }
    return [
        ("sheet.bands", sentences[kind] % {"low": low, "high": high})
        for kind, low, high in gaps_and_overlaps(found)
    ]


def _ties(scheme):
    section = scheme.section("selection")
    chooses = [name for name in section if name not in (*TIE, "rank_by", "coverage")]
    if not chooses or any(name in section for name in TIE):
        return []
    return [("selection.tie_at_cut", _("Say what becomes of equals at the cut."))]


def _deciding(scheme):
    rows = scheme.rows("authority")
    return [
        ("authority", _("Nobody decides about the level “%s”.") % level)
        for level in scheme.open_levels
        if rows and not any(_concerns(row, [level]) for row in rows)
    ]


CHECKS = [_committee, _bands, _ties, _deciding]
