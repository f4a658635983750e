"""What stands against putting a rule of the annual review into force."""

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from grading.rules import bands, spelling
from grading.rules.indicators import MAIN, indicators_of
from grading.rules.review_cycles import YEAR, Cycle, cycle_of
from grading.rules.review_reading import AT, said
from grading.rules.review_renewal import conditions_of
from grading.rules.review_steps import nobody_gives
from grading.rules.review_top import tops_of
from grading.rules.review_vetoes import vetoes_of
from grading.rules.reviews import bands_of, number_of
from grading.rules.unknown import UNK
from grading.rules.unknowns import unknown_in, unknowns_of_condition, unknowns_of_metric

LIMITS = ("base", "floor", "cap", "bonus_cap", "full_mark")
# Without these no review can be run from its opening to its decision.
NEEDED = (
    "missing",
    "decimals",
    "rounding",
    "bands",
    "cycle",
    "minimum_service",
    "notice",
    "objection",
)
SECTIONS = (
    *NEEDED, *LIMITS,
    "top", "vetoes", "prorate", "rollup", "steps", "consequences", "consecutive", "renewal",
)  # fmt: skip


def blockers_of(scheme):
    """Yield (path, sentence) for all that keeps a rule of a review from being put into force."""
    section = scheme.section(AT)
    leaves = indicators_of(scheme)
    for one in leaves:
        at = ".".join((AT, "indicators", *one.group, one.name))
        if one.is_unknown:
            yield at, _("This is not known yet.")
        elif one.metric:
            yield from _unknown(unknowns_of_metric(scheme, one.metric, at))
    for name in SECTIONS:
        if name in NEEDED and name not in section:
            yield f"{AT}.{name}", _("This is not known yet.")
        yield from _unknown(unknown_in(scheme, section.get(name), f"{AT}.{name}"))
    if not leaves:
        yield f"{AT}.indicators", _("There is no indicator.")
    yield from _of_weights(scheme, leaves)
    yield from _of_bands(scheme)
    for check in (_conditions, _rollup, _by_hand, _ties):
        yield from check(scheme)


def _unknown(paths):
    for path in paths:
        yield path, _("This is not known yet.")


def _conditions(scheme):
    vetoes = vetoes_of(scheme)
    for one in () if vetoes is UNK else vetoes:
        yield from _unknown(unknowns_of_condition(scheme, one.when, f"{one.at}.when"))
    for path, condition in conditions_of(scheme):
        yield from _unknown(unknowns_of_condition(scheme, condition, path))


def _rollup(scheme):
    cycle = cycle_of(scheme)
    if isinstance(cycle, Cycle) and cycle.length != YEAR and said(scheme, "rollup") is None:
        yield f"{AT}.rollup", _("Say how the periods make up the year.")


def _by_hand(scheme):
    """A rule that knows its steps knows who gives the points that no data gives."""
    if said(scheme, "steps") is UNK:
        return
    for name in nobody_gives(scheme):
        yield f"{AT}.steps", _("Nobody gives the points of “%s”.") % name


def _ties(scheme):
    tops = tops_of(scheme)
    for top in () if tops is UNK else tops:
        if top.policies is UNK:
            yield f"{top.at}.tie", _("Say what becomes of equals at the cut.")


def _of_weights(scheme, leaves):
    """Where the rule says its full mark, the points of the indicators make it up."""
    stated = number_of(scheme, "full_mark")
    main = [one for one in leaves if one.kind == MAIN]
    if stated is None or any(one.is_unknown for one in main):
        return
    found = sum((one.most for one in main), number_of(scheme, "base") or Fraction(0))
    if found != stated:
        told = {"found": _plain(found), "stated": _plain(stated)}
        sentence = _("The indicators make up %(found)s points, the rule says %(stated)s.")
        yield f"{AT}.full_mark", sentence % told


def _of_bands(scheme):
    """Every score there can be has one band: no gap, no overlap, nothing beyond the ends."""
    found = bands_of(scheme)
    if found is UNK:
        return
    if not found:
        yield f"{AT}.bands", _("There is no band.")
        return
    decimals = spelling.whole(scheme, f"{AT}.decimals", scheme.section(AT).get("decimals"))
    step = None if decimals is UNK else Decimal(1).scaleb(-decimals)
    for kind, low, high in bands.gaps_and_overlaps(found, step):
        sentence = {
            "gap": _("Between %(low)s and %(high)s there is no band."),
            "overlap": _("From %(low)s to %(high)s two bands hold."),
        }[kind]
        yield f"{AT}.bands", sentence % {"low": low, "high": high}
    yield from _beyond(scheme, found[-1].low, found[0].high)


def _beyond(scheme, lowest, highest):
    floor, cap = number_of(scheme, "floor"), number_of(scheme, "cap")
    if lowest is not None and (floor is None or Fraction(lowest) > floor):
        yield f"{AT}.bands", _("Below %(low)s there is no band.") % {"low": lowest}
    if highest is not None and (cap is None or Fraction(highest) < cap):
        yield f"{AT}.bands", _("Above %(high)s there is no band.") % {"high": highest}


def _plain(number):
    return f"{(Decimal(number.numerator) / Decimal(number.denominator)).normalize():f}"
