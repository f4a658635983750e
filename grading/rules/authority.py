"""Which body does what for whom: a matrix, of which the first row that fits holds (P22, P23)."""

from django.utils.translation import gettext as _

from grading.rules import spelling
from grading.rules.unknown import UNK, is_known

FORWARD_ONLY, UNRESOLVED, UNKNOWN = "forward_only", "unresolved", "UNK"
LEVEL = ("level", "levels")
# The body that decides is the one that confirms; where nobody confirms, the one that evaluates.
DECIDING = ("confirm", "evaluate")


def authority(scheme, level, org, field=None, **more):
    """Return the body that does something for this level and organisation.

    :param org: what is known of the organisation: one word (its kind or tier) or names with words.
    :param field: ``first_review``, ``evaluate``, ``publish`` ...; without it the deciding body, or
        ``forward_only`` where the rule only recommends to a body outside.
    :param more: further facts that rows may ask for: ``scale="stars"``.
    :return: the body's code; ``UNK`` if the rule does not know it, ``unresolved`` if no row fits.
    """
    for place, row in enumerate(scheme.rows("authority")):
        fits = _fits(f"authority[{place}]", row, level, org, more)
        if fits is UNK:
            return UNKNOWN
        if fits:
            return _body(row, field)
    known = isinstance(scheme.document.get("authority"), list)
    return UNRESOLVED if known else UNKNOWN


def unresolved(scheme, kinds, field=None, **more):
    """Return the pairs of an open level and a kind of organisation for which no row says a body."""
    return [
        (level, kind)
        for level in scheme.open_levels
        for kind in kinds
        if authority(scheme, level, kind, field, **more) == UNRESOLVED
    ]


def _fits(at, row, level, org, more):
    if not isinstance(row, dict):
        raise spelling.fault(at, _("Names with values are needed here."))
    when = row.get("when")
    if when is UNK:
        return UNK
    if when is not None and not isinstance(when, dict):
        raise spelling.fault(f"{at}.when", _("Names with values are needed here."))
    answers = [_holds(name, wanted, level, org, more) for name, wanted in (when or {}).items()]
    return False if False in answers else UNK if UNK in answers else True


def _holds(name, wanted, level, org, more):
    if wanted is UNK:
        return UNK
    wanted = spelling.words(wanted)
    if wanted == ["any"]:
        return True
    return any(str(fact) in wanted for fact in _facts(name, level, org, more))


def _facts(name, level, org, more):
    if name in LEVEL:
        return [level]
    if name in more:
        return [more[name]]
    if isinstance(org, dict):
        return spelling.words(org.get(name))
    # Whatever else a rule asks for is a property of the organisation, of which one word is known.
    return [] if org is None else [org]


def _body(row, field):
    if field is None:
        return _deciding(row)
    return _code(row[field]) if row.get(field) is not None else UNRESOLVED


def _deciding(row):
    if row.get("forward_only") is True:
        return FORWARD_ONLY
    for field in DECIDING:
        if row.get(field) is not None:
            return _code(row[field])
    if row.get("forward_to") is None:
        return UNRESOLVED
    return FORWARD_ONLY if is_known(row["forward_to"]) else UNKNOWN


def _code(written):
    if written is UNK:
        return UNKNOWN
    return written.get("body", UNKNOWN) if isinstance(written, dict) else written
