"""Points of the sheet that nobody gives by hand: for what is counted, as the evidence tells it."""

from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import gettext as _

from grading.rules.criteria import BY_HAND
from grading.rules.measures import Measuring
from grading.rules.rounding import exactly, rounded
from grading.rules.scheme import SchemeFault
from grading.rules.sheets import AT, pooled_in, sections_of, whole_of
from grading.rules.unknown import UNK, is_known

PLACES = 6
# With so many decimals a score is kept.
KEPT = 2
MEANS = ("mean", "average")


@dataclass(frozen=True)
class Extra:
    """Points for what is counted: ``points`` by item, and the names nobody could count.

    ``scores`` are the same points before they are weighed.
    """

    points: dict
    left_out: tuple = ()
    bonus: frozenset = frozenset()
    scores: dict = field(default_factory=dict, compare=False)


def extra(scheme, facts):
    """Return what the counted items of the sheet are worth for one person.

    An item is counted by the metric of its name. One whose metric the rule does not define, or of
    which the evidence tells nothing, is left out and named; it is never taken as nought in silence.
    """
    if not scheme.section(AT):
        return Extra({})
    metrics, measuring = scheme.section("metrics"), Measuring(scheme, facts)
    points, scores, left_out, bonus = {}, {}, [], set()
    sections = sections_of(scheme)
    pooled = pooled_in(scheme, sections)
    for section in sections:
        for item in section.items:
            if item.kind == BY_HAND:
                continue
            found = _points(item, measuring) if item.name in metrics else None
            if found is None:
                left_out.append(item.name)
                continue
            scores[item.name] = points[item.name] = Fraction(found)
            if item.name not in pooled:
                points[item.name] *= Fraction(section.weight)
            if item.name in pooled or section.bonus:
                bonus.add(item.name)
    return Extra(points, tuple(left_out), frozenset(bonus), scores)


def rests_on_evidence(scheme):
    """Whether the points of anybody depend on what is known of the person.

    Without it ``extra`` names the same items as left out for everybody.
    """
    metrics = scheme.section("metrics")
    return bool(scheme.section(AT)) and any(
        item.kind != BY_HAND and item.name in metrics
        for section in sections_of(scheme)
        for item in section.items
    )


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

    Sections, bonus and the whole keep their bases, floors and caps as the sheet says.
    UNK if a number on the way is unknown.
    """
    if not scheme.section(AT):
        return Fraction(given)
    sections = sections_of(scheme)
    names = [item.name for section in sections for item in section.items]
    scores = {name: extra.scores.get(name, Fraction(0)) for name in names}
    return whole_of(scheme, sections, scores, given)


def unapplied(scheme):
    """Return a sentence for all that a sheet asks for and that members' points do not get.

    Points given by hand are added up as they were given: where the rule limits them further, a
    ranking by them would not be the rule's.
    """
    if not scheme.section(AT):
        return []
    sections, found = sections_of(scheme), []
    pooled = pooled_in(scheme, sections)
    for section in sections:
        by_hand = [item for item in section.items if item.kind == BY_HAND]
        is_limited = (section.floor, section.cap) != (None, None) or section.bonus
        found += [
            _("“%s” is scored by hand, and its limits, sign or bonus cannot be applied here.")
            % item.name
            for item in by_hand
            if is_limited or item.name in pooled or _is_shaped(item)
        ]
        found += [
            _("The rule does not know a number of “%s”.") % item.name
            for item in by_hand
            if UNK in (*item.points, section.weight)
        ]
    return found + _of_the_whole(scheme.section(AT))


def _is_shaped(item):
    return item.sign == -1 or (item.base, item.floor, item.cap) != (None, None, None)


def _of_the_whole(written):
    found = []
    raters, decimals = written.get("raters"), written.get("decimals")
    if is_known(raters) and raters not in MEANS:
        found.append(_("The sheet asks for another way than the mean of its readers."))
    if is_known(decimals) and exactly(decimals) > KEPT:
        found.append(_("The sheet asks for more than %d decimals.") % KEPT)
    return found
