"""From which level to which: the first application, promotion, years to be served (P17)."""

from django.utils.translation import gettext as _

from grading.rules import spelling
from grading.rules.unknown import UNK, is_known

ALLOWED, REFUSED = "allowed", "refused"


def path(scheme, current, apply, years_in_level=None, skip=None):
    """Return whether somebody may apply for a level: ``allowed`` or ``refused``.

    What the rule does not know it refuses, and so it does a level that is not open and one that is
    not above the present one.

    :param current: the code of the present level, None if there is none.
    :param years_in_level: full years in the present level; None if that is not asked.
    :param skip: whether the condition for skipping a level holds; None if that is not known.
    """
    level = spelling.level_of(scheme, apply)
    if level.code not in scheme.open_levels:
        return REFUSED
    if current is None:
        return ALLOWED if _may_begin(scheme, level) else REFUSED
    present = spelling.level_of(scheme, current)
    served = years_in_level is None or _has_served(scheme, present, years_in_level)
    return ALLOWED if served and _may_rise(scheme, present, level, skip) else REFUSED


def skip_condition(scheme):
    """Return the condition under which a level may be skipped, UNK if the rule has or says none."""
    promotion = _promotion(scheme)
    if isinstance(promotion, dict):
        return promotion["skip_if"]
    section = scheme.section("path")
    found = spelling.said("path", section, "skip_if", "skip_when")
    return found if is_known(found) else UNK


def _may_begin(scheme, level):
    first = scheme.section("path").get("first")
    if isinstance(first, dict):
        spelling.only("path.first", first, "levels", "level")
        first = spelling.said("path.first", first, "levels", "level")
    named = spelling.words(first)
    if named == ["any"]:
        return True
    if named in (["lowest"], ["lowest_only"]):
        return level == scheme.levels[-1]
    return level in [spelling.level_of(scheme, code) for code in named]


def _may_rise(scheme, present, level, skip):
    codes = [one.code for one in scheme.levels]
    steps = codes.index(present.code) - codes.index(level.code)
    promotion = _promotion(scheme)
    if steps < 1 or promotion is UNK:
        return False
    if promotion == "any" or steps == 1:
        return True
    return promotion != "next" and skip is True


def _promotion(scheme):
    written = scheme.section("path").get("promotion")
    if not is_known(written):
        return UNK
    if written in ("next", "any", "skip_if") or (
        isinstance(written, dict) and "skip_if" in written
    ):
        return written
    raise spelling.fault("path.promotion", _("One of %s is needed here.") % "next, any, skip_if")


def _has_served(scheme, present, years):
    """Return whether the years are enough; a rule that does not mention any asks for none."""
    written = scheme.section("path").get("min_years_in_level")
    if isinstance(written, dict):
        written = written.get(present.code)
    if written is None:
        return True
    least = spelling.number(scheme, "path.min_years_in_level", written)
    return least is not UNK and years >= least
