"""What an annual review comes to: points, what was not assessed, bonus and deductions, the band.

What is missing is not assessed and never nought: its points go to what was assessed, by the rule's
own word (``missing``), and the review says so. Everything is exact until the one rounding at the
end.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from grading.rules import bands, spelling
from grading.rules.indicators import BONUS, DEDUCTION, MAIN, indicators_of, is_unknown
from grading.rules.rounding import rounded
from grading.rules.unknown import UNK, is_known

AT = "review"
ASSESSED, MISSING, TOO_FEW = "assessed", "missing", "too_few"
EVERYWHERE, SIBLINGS = "all", "siblings"
DONE, NOT_ASSESSED, TOO_LITTLE, NEEDS_RULE = "done", "not_assessed", "too_little", "needs_rule"
ZERO = "zero"


@dataclass(frozen=True)
class Found:
    """A figure of one person, with numerator and denominator; or points given by hand."""

    value: object
    part: object = None
    whole: object = None

    @property
    def number(self):
        """How many the figure rests on: its denominator, or itself."""
        return self.value if self.whole is None else self.whole


@dataclass(frozen=True)
class Line:
    """One indicator as it came out. ``points`` is None where it was not assessed."""

    indicator: object
    state: str
    points: Fraction | None = None
    found: Found | None = None


@dataclass(frozen=True)
class Review:
    """What a review comes to.

    ``score`` is None unless ``state`` is ``done``. ``earned`` are the points of what was assessed,
    ``weighted`` the same once those of what is missing were spread over them.
    """

    state: str
    lines: tuple
    score: Decimal | None = None
    band: str | None = None
    earned: Fraction = Fraction(0)
    weighted: Fraction | None = None
    bonus: Fraction = Fraction(0)
    deducted: Fraction = Fraction(0)
    held: tuple = ()

    @property
    def flagged(self):
        """The lines that were not assessed: the sheet tells them."""
        return tuple(one for one in self.lines if one.state != ASSESSED)


def reviewed(scheme, found, *, vetoes=()):
    """Return the ``Review`` of one person.

    :param found: ``{indicator: Found}``; what is not in it, or has no value, is missing.
    :param vetoes: effects that hold: ``zero``, or ``{cap: band}``.
    :raises SchemeFault: if points by hand do not fit, or the rule is no rule of a review.
    """
    lines = tuple(_line(one, found.get(one.name)) for one in indicators_of(scheme))
    state, weighted = _weighted(scheme, lines)
    earned = sum((one.points for one in _main(lines) if one.points is not None), Fraction(0))
    bonus, deducted = (_sum(lines, kind) for kind in (BONUS, DEDUCTION))
    most = _number(scheme, "bonus_cap")
    bonus = bonus if most is None else min(bonus, most)
    parts = {"earned": earned, "bonus": bonus, "deducted": deducted}
    if state != DONE:
        return Review(state, lines, **parts)
    score = _score(scheme, weighted + bonus - deducted)
    score, band, held = _held(scheme, score, vetoes)
    return Review(DONE, lines, score, band, weighted=weighted, held=held, **parts)


def _line(indicator, found):
    if found is None or not is_known(found.value):
        # Of what adds or takes away for each time it happened, nothing said is nothing happened.
        if indicator.kind == MAIN or indicator.by_hand or indicator.metric:
            return Line(indicator, MISSING, found=found)
        return Line(indicator, ASSESSED, Fraction(0), found)
    if indicator.least_n and Fraction(found.number) < indicator.least_n:
        return Line(indicator, TOO_FEW, found=found)
    points = indicator.points(found.value)
    if indicator.kind == DEDUCTION:
        points = abs(points)
    elif indicator.most is not None:
        points = min(points, indicator.most)
    return Line(indicator, ASSESSED, points, found)


def _main(lines):
    return [one for one in lines if one.indicator.kind == MAIN]


def _sum(lines, kind):
    of_kind = (one.points for one in lines if one.indicator.kind == kind)
    return sum((points for points in of_kind if points is not None), Fraction(0))


def _weighted(scheme, lines):
    """Return (state, points once those of what is missing went to what was assessed)."""
    main = _main(lines)
    full = sum((one.indicator.most for one in main), Fraction(0))
    there = [one for one in main if one.state == ASSESSED]
    assessed = sum((one.indicator.most for one in there), Fraction(0))
    if not main or assessed == full:
        return DONE, sum((one.points for one in there), Fraction(0))
    rule = scheme.section(AT).get("missing")
    spread = rule.get("spread") if isinstance(rule, dict) else rule
    if spread not in (EVERYWHERE, SIBLINGS):
        return NEEDS_RULE, None
    if not assessed:
        return NOT_ASSESSED, None
    least = _least_share(scheme, rule)
    if assessed < least * full:
        return TOO_LITTLE, None
    if spread == EVERYWHERE:
        return DONE, sum(one.points for one in there) * full / assessed
    return DONE, _of_group(main, 0) * full


def _least_share(scheme, rule):
    written = rule.get("least_share") if isinstance(rule, dict) else None
    return Fraction(0) if written is None else spelling.share(scheme, f"{AT}.missing", written)


def _of_group(lines, depth):
    """Return the share earned of a group, None if nothing of it was assessed.

    The points of what is missing go to its neighbours first, then to those of its group.
    """
    parts = [(_share(inside, depth), _full(inside)) for inside in _children(lines, depth)]
    counted = sum((full for share, full in parts if share is not None), Fraction(0))
    if not counted:
        return None
    return sum(share * full for share, full in parts if share is not None) / counted


def _children(lines, depth):
    """Return the leaves and groups right below a group, each as the leaves it holds."""
    found = {}
    for one in lines:
        group = one.indicator.group
        is_leaf = len(group) == depth
        key = one.indicator.name if is_leaf else group[depth]
        found.setdefault((is_leaf, key), []).append(one)
    return found.values()


def _share(inside, depth):
    first = inside[0]
    if len(first.indicator.group) > depth:
        return _of_group(inside, depth + 1)
    return None if first.points is None else first.points / first.indicator.most


def _full(lines):
    return sum((one.indicator.most for one in lines), Fraction(0))


def _score(scheme, points):
    """Return the score within the bounds of the rule, rounded once as it says."""
    base, floor, cap = (_number(scheme, name) for name in ("base", "floor", "cap"))
    points += base or 0
    points = points if floor is None else max(points, floor)
    points = points if cap is None else min(points, cap)
    section = scheme.section(AT)
    how = spelling.rounding(f"{AT}.rounding", section.get("rounding"))
    return rounded(points, spelling.whole(scheme, f"{AT}.decimals", section["decimals"]), how)


def _held(scheme, score, vetoes):
    """Return score and band once vetoes have been counted, and the vetoes that did something."""
    held = []
    if ZERO in vetoes:
        score, held = Decimal(0), [ZERO]
    ranks = bands_of(scheme)
    band = bands.band_in(ranks, f"{AT}.bands", score)
    names = [one.label for one in ranks]
    for effect in vetoes:
        cap = effect.get("cap") if isinstance(effect, dict) else None
        if cap is not None and names.index(str(cap)) > names.index(band):
            band = str(cap)
            held.append(effect)
    return score, band, tuple(held)


def bands_of(scheme):
    """Return the bands of a review from the highest down, UNK if an end is unknown."""
    return bands.read_bands(scheme, f"{AT}.bands", scheme.section(AT).get("bands"))


def _number(scheme, name):
    """Return a number of the section as a fraction, None where the rule has none."""
    written = scheme.section(AT).get(name)
    if written is None:
        return None
    found = spelling.number(scheme, f"{AT}.{name}", written)
    return None if found is UNK else Fraction(found)


def blockers_of(scheme):
    """Yield (path, sentence) for all that keeps a rule of a review from being put into force."""
    section = scheme.section(AT)
    leaves = indicators_of(scheme)
    for one in leaves:
        if is_unknown(one):
            yield f"{AT}.indicators.{one.name}", _("This is not known yet.")
    for name in ("missing", "decimals", "bands", "minimum_service", *LIMITS):
        if section.get(name) is UNK or (name in NEEDED and name not in section):
            yield f"{AT}.{name}", _("This is not known yet.")
    if not leaves:
        yield f"{AT}.indicators", _("There is no indicator.")
    yield from _of_weights(scheme, leaves)
    yield from _of_bands(scheme)


def _of_weights(scheme, leaves):
    """Where the rule says its full mark, the points of the indicators make it up."""
    stated = _number(scheme, "full_mark")
    main = [one for one in leaves if one.kind == MAIN]
    if stated is None or any(is_unknown(one) for one in main):
        return
    found = sum((one.most for one in main), _number(scheme, "base") or Fraction(0))
    if found != stated:
        told = {"found": _plain(found), "stated": _plain(stated)}
        sentence = _("The indicators make up %(found)s points, the rule says %(stated)s.")
        yield f"{AT}.full_mark", sentence % told


def _of_bands(scheme):
    """Every score there can be has one band: no gap, no overlap, nothing beyond the ends."""
    found, decimals = bands_of(scheme), scheme.section(AT).get("decimals")
    if found is UNK or not found:
        return
    step = Decimal(1).scaleb(-int(decimals)) if is_known(decimals) else None
    for kind, low, high in bands.gaps_and_overlaps(found, step):
        sentence = {
            "gap": _("Between %(low)s and %(high)s there is no band."),
            "overlap": _("From %(low)s to %(high)s two bands hold."),
        }[kind]
        yield f"{AT}.bands", sentence % {"low": low, "high": high}
    lowest, floor = found[-1].low, _number(scheme, "floor")
    if lowest is not None and (floor is None or Fraction(lowest) > floor):
        yield f"{AT}.bands", _("Below %(low)s there is no band.") % {"low": lowest}


def _plain(number):
    return f"{(Decimal(number.numerator) / Decimal(number.denominator)).normalize():f}"


LIMITS = ("base", "floor", "cap", "bonus_cap", "full_mark", "top")
NEEDED = ("missing", "decimals", "bands", "minimum_service")
