"""Points of the sheet that nobody gives by hand: for what is counted, as the evidence tells it."""

from dataclasses import dataclass
from fractions import Fraction

from grading.rules import spelling
from grading.rules.criteria import BY_HAND
from grading.rules.items import CAP, FLOOR, limited
from grading.rules.measures import Measuring
from grading.rules.rounding import rounded
from grading.rules.scheme import SchemeFault
from grading.rules.sheets import AT, sections_of
from grading.rules.unknown import UNK, is_known

PLACES = 6


@dataclass(frozen=True)
class Extra:
    """Points for what is counted: ``points`` by item, and the names nobody could count."""

    points: dict
    left_out: tuple = ()
    bonus: frozenset = frozenset()


def extra(scheme, facts):
    """Return what the counted items of the sheet are worth for one person.

    An item is counted by the metric of its name. One whose metric the rule does not define, or of
    which the evidence tells nothing, is left out and named; it is never taken as nought in silence.
    """
    if not scheme.section(AT):
        return Extra({})
    metrics, measuring = scheme.section("metrics"), Measuring(scheme, facts)
    points, left_out, bonus = {}, [], set()
    for section in sections_of(scheme):
        for item in section.items:
            if item.kind == BY_HAND:
                continue
            found = _points(item, measuring) if item.name in metrics else None
            if found is None:
                left_out.append(item.name)
                continue
            points[item.name] = Fraction(found) * Fraction(section.weight)
            if item.bonus or section.bonus:
                bonus.add(item.name)
    return Extra(points, tuple(left_out), frozenset(bonus))


def _points(item, measuring):
    """Return the points of an item for what was measured, None if that cannot be said."""
    value = measuring.named(item.name).value
    if not is_known(value) or isinstance(value, dict):
        return None
    number = Fraction(value)
    try:
        worth = item.score(int(number) if number.denominator == 1 else rounded(number, PLACES))
    except SchemeFault:
        return None
    return None if worth is UNK else worth


def whole_score(scheme, given, extra):
    """Return the exact score of points given by hand and points for what is counted.

    Bonus points are capped together, the whole is kept between its floor and its cap.
    UNK if a number on the way is unknown.
    """
    whole = scheme.section(AT)
    cap_of_bonus = _limit(scheme, whole, "bonus_cap")
    floor, cap = _limit(scheme, whole, *FLOOR), _limit(scheme, whole, *CAP)
    base = _limit(scheme, whole, "base", "base_score") or Fraction(0)
    bonus = sum((extra.points[name] for name in extra.bonus), Fraction(0))
    plain = sum((one for name, one in extra.points.items() if name not in extra.bonus), Fraction(0))
    if UNK in (floor, cap, base) or (cap_of_bonus is UNK and bonus):
        return UNK
    if cap_of_bonus is not None and cap_of_bonus is not UNK:
        bonus = min(bonus, cap_of_bonus)
    return limited(Fraction(given) + base + plain + bonus, floor, cap)


def _limit(scheme, whole, *names):
    written = spelling.said(AT, whole, *names)
    if written is None:
        return None
    number = spelling.number(scheme, f"{AT}.{names[0]}", written)
    return UNK if number is UNK else Fraction(number)
