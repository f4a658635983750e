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
from grading.rules.indicators import BONUS, DEDUCTION, MAIN, indicators_of
from grading.rules.review_reading import AT, NEEDS_RULE, settings_of, word
from grading.rules.review_service import prorate_of
from grading.rules.rounding import rounded
from grading.rules.unknown import UNK, is_known

ASSESSED, MISSING, TOO_FEW = "assessed", "missing", "too_few"
EVERYWHERE, SIBLINGS = "all", "siblings"
DONE, NOT_ASSESSED, TOO_LITTLE = "done", "not_assessed", "too_little"
ZERO = "zero"
FOR_SCORE = ("decimals", "rounding", "base", "floor", "cap", "bonus_cap")


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
    # The part of the period that the figure comes from, where the rule scales it.
    share: Fraction = Fraction(1)


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
    # What the periods of a year make up, where it is not made of indicators.
    year: object = None

    @property
    def flagged(self):
        """The lines that were not assessed: the sheet tells them."""
        return tuple(one for one in self.lines if one.state != ASSESSED)


def reviewed(scheme, found, *, vetoes=(), share=Fraction(1), later=()):
    """Return the ``Review`` of one person.

    :param found: ``{indicator: Found}``; what is not in it, or has no value, is missing.
    :param vetoes: effects that hold: ``zero``, or ``{cap: band}``.
    :param share: the part of the period served, for figures that the rule scales.
    :param later: indicators that nobody can have given points for yet: the least share that has to
        be there is one of the rest.
    :raises SchemeFault: if points by hand do not fit, or the rule is no rule of a review.
    """
    prorate = prorate_of(scheme)
    scaled = () if prorate is UNK else prorate.scaled
    lines = tuple(
        _line(one, found.get(one.name), share if one.name in scaled else Fraction(1))
        for one in indicators_of(scheme)
    )
    if any(one.state == NEEDS_RULE for one in lines):
        return Review(NEEDS_RULE, lines)
    state, weighted = _weighted(scheme, lines, later)
    if _is_open(scheme) or (share != 1 and prorate is UNK):
        state = NEEDS_RULE
    earned = sum((one.points for one in _main(lines) if one.points is not None), Fraction(0))
    bonus, deducted = (_sum(lines, kind) for kind in (BONUS, DEDUCTION))
    most = number_of(scheme, "bonus_cap")
    bonus = bonus if most is None else min(bonus, most)
    parts = {"earned": earned, "bonus": bonus, "deducted": deducted}
    if state != DONE:
        return Review(state, lines, **parts)
    score = _score(scheme, weighted + bonus - deducted)
    score, band, held = held_by(scheme, score, vetoes)
    return Review(DONE, lines, score, band, weighted=weighted, held=held, **parts)


def _is_open(scheme):
    """Whether the rule does not know what limits or rounds a score."""
    return any(scheme.section(AT).get(name) is UNK for name in FOR_SCORE)


def _line(indicator, found, share):
    if indicator.is_unknown:
        return Line(indicator, NEEDS_RULE, found=found)
    if found is None or not is_known(found.value):
        # Of what adds or takes away for each time it happened, nothing said is nothing happened.
        if indicator.kind == MAIN or indicator.by_hand or indicator.metric:
            return Line(indicator, MISSING, found=found)
        return Line(indicator, ASSESSED, Fraction(0), found)
    if indicator.least_n and Fraction(found.number) < indicator.least_n:
        return Line(indicator, TOO_FEW, found=found)
    points = indicator.points(found.value, share) if share else Fraction(0)
    if indicator.kind == DEDUCTION:
        points = abs(points)
    elif indicator.most is not None:
        points = min(points, indicator.most)
    return Line(indicator, ASSESSED, points, found, share)


def _main(lines):
    return [one for one in lines if one.indicator.kind == MAIN]


def _sum(lines, kind):
    of_kind = (one.points for one in lines if one.indicator.kind == kind)
    return sum((points for points in of_kind if points is not None), Fraction(0))


def _weighted(scheme, lines, later=()):
    """Return (state, points once those of what is missing went to what was assessed)."""
    main = _main(lines)
    full = sum((one.indicator.most for one in main), Fraction(0))
    there = [one for one in main if one.state == ASSESSED]
    assessed = sum((one.indicator.most for one in there), Fraction(0))
    if not main or assessed == full:
        return DONE, sum((one.points for one in there), Fraction(0))
    spread, least = missing_of(scheme)
    if UNK in (spread, least):
        return NEEDS_RULE, None
    if not assessed:
        return NOT_ASSESSED, None
    if assessed < least * _full([one for one in main if one.indicator.name not in later]):
        return TOO_LITTLE, None
    if spread == EVERYWHERE:
        return DONE, sum(one.points for one in there) * full / assessed
    return DONE, _of_group(main, 0) * full


def missing_of(scheme):
    """Return where the points of what is missing go, and the least share that has to be there.

    :raises SchemeFault: if the rule says it in a way that is not understood.
    """
    rule, at = scheme.section(AT).get("missing"), f"{AT}.missing"
    if not isinstance(rule, dict):
        rule = {"spread": rule}
    settings_of(at, rule, ("spread",), ("least_share",))
    least = rule.get("least_share", 0)
    least = Fraction(0) if least == 0 else spelling.share(scheme, f"{at}.least_share", least)
    return word(f"{at}.spread", rule["spread"], (EVERYWHERE, SIBLINGS)), least


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
    base, floor, cap = (number_of(scheme, name) for name in ("base", "floor", "cap"))
    points += base or 0
    points = points if floor is None else max(points, floor)
    points = points if cap is None else min(points, cap)
    return in_decimals(scheme, points)


def in_decimals(scheme, points):
    """Return points rounded once, to the decimals of the rule."""
    section = scheme.section(AT)
    how = spelling.rounding(f"{AT}.rounding", section.get("rounding"))
    return rounded(points, spelling.whole(scheme, f"{AT}.decimals", section["decimals"]), how)


def held_by(scheme, score, vetoes):
    """Return score and band once vetoes have been counted, and the vetoes that did something."""
    held = []
    if ZERO in vetoes:
        score, held = Decimal(0), [ZERO]
    ranks = bands_of(scheme)
    band = bands.band_in(ranks, f"{AT}.bands", score)
    names = [] if ranks is UNK else [one.label for one in ranks]
    for effect in vetoes:
        cap = effect.get("cap") if isinstance(effect, dict) else None
        if cap is None or band not in names:
            continue
        if names.index(str(cap)) > names.index(band):
            band = str(cap)
            held.append(effect)
    return score, band, tuple(held)


def bands_of(scheme):
    """Return the bands of a review from the highest down, UNK if an end is unknown.

    :raises SchemeFault: if they are no bands, or two have one name.
    """
    return scheme.once(f"{AT}.bands", _bands)


def _bands(scheme):
    found = bands.read_bands(scheme, f"{AT}.bands", scheme.section(AT).get("bands"))
    labels = [] if found is UNK else [one.label for one in found]
    for label in labels:
        if labels.count(label) > 1:
            raise spelling.fault(f"{AT}.bands", _("“%s” stands here twice.") % label)
    return found


def number_of(scheme, name):
    """Return a number of the section as a fraction, None where the rule has none."""
    written = scheme.section(AT).get(name)
    if written is None:
        return None
    found = spelling.number(scheme, f"{AT}.{name}", written)
    return None if found is UNK else Fraction(found)
