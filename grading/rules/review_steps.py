"""The steps of a review: who acts, how long, and who gives points by hand for what.

Several may give points for one indicator; their shares make up one. Whoever gave none is left out,
the others' shares grow, and the sheet says so. Figures of the data are nobody's to type.
"""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from grading.rules import review_reading as reading
from grading.rules import spelling
from grading.rules.indicators import indicators_of
from grading.rules.reviews import Found
from grading.rules.rounding import mean
from grading.rules.scheme import SchemeFault
from grading.rules.unknown import UNK, is_known

AT = "review.steps"
SELF, ORGANIZATION, OFFICE, BUREAU = STEPS = ("self", "organization", "office", "bureau")
ALL = "all"


@dataclass(frozen=True)
class Step:
    """A step. ``share`` is its part in what it gives points for, None if it alone gives them;
    a share of nothing is shown and does not count.
    """

    id: str
    label: str
    indicators: tuple = ()
    share: object = None
    days: object = None
    day_kind: object = None


@dataclass(frozen=True)
class Given:
    """The points of one indicator from all who gave some: exact, None if nobody did.

    ``shares`` are those the points were weighed by, ``missing`` the steps that gave none.
    """

    points: Fraction | None
    shares: tuple = ()
    missing: tuple = ()


def steps_of(scheme):
    """Return the steps in order, UNK if the rule does not know them, None if it has none.

    :raises SchemeFault: with every fault of theirs.
    """
    written = reading.said(scheme, "steps")
    if written is UNK or written is None:
        return written
    by_hand = [one.name for one in indicators_of(scheme) if one.is_given]
    rows = reading.rows(AT, written)
    found = tuple(reading.every([_reader(scheme, at, row, by_hand) for at, row in rows]))
    places = [STEPS.index(one.id) for one in found]
    if places != sorted(set(places)):
        raise spelling.fault(AT, _("Each step once, in the order %s.") % ", ".join(STEPS))
    if faults := [*_faults_of_shares(found, by_hand)]:
        raise SchemeFault(faults)
    return found


def _reader(scheme, at, row, by_hand):
    return lambda: _step(scheme, at, row, by_hand)


def _step(scheme, at, row, by_hand):
    reading.settings_of(at, row, ("id",), ("indicators", "days", "day_kind", "share"))
    named = row.get("indicators", [])
    names = by_hand if named == ALL else reading.several(f"{at}.indicators", named, by_hand)
    if row["id"] not in STEPS:
        raise spelling.fault(f"{at}.id", _("One of %s is needed here.") % ", ".join(STEPS))
    if ("days" in row) is not ("day_kind" in row):
        raise spelling.fault(f"{at}.days", _("Say how many days, and of which kind."))
    return Step(
        id=row["id"],
        label=str(row.get("label", row["id"])),
        indicators=UNK if names is UNK else tuple(names),
        share=spelling.share(scheme, f"{at}.share", row["share"]) if "share" in row else None,
        days=reading.at_least(scheme, f"{at}.days", row["days"], 1) if "days" in row else None,
        day_kind=reading.word(f"{at}.day_kind", row["day_kind"], reading.DAY_KINDS)
        if "day_kind" in row
        else None,
    )


def _faults_of_shares(steps, by_hand):
    if any(UNK in (one.indicators, one.share) for one in steps):
        return
    for name in by_hand:
        shares = [one.share for one in steps if name in one.indicators]
        if not shares or shares == [None]:
            continue
        if None in shares:
            yield AT, _("“%s” has points from several: each needs its share.") % name
        elif sum(shares) != 1:
            yield AT, _("The shares of “%s” do not make up the whole.") % name


def given_by(scheme, name):
    """Return {step: share} of those who give points for an indicator, in order."""
    steps = steps_of(scheme)
    if steps is UNK or steps is None:
        return {}
    return {
        one.id: Fraction(1) if one.share is None else one.share
        for one in steps
        if one.indicators is not UNK and one.share is not UNK and name in one.indicators
    }


def nobody_gives(scheme):
    """Return the indicators by hand that no step gives points for that count."""
    every = [one.name for one in indicators_of(scheme) if one.is_given]
    return [name for name in every if not any(given_by(scheme, name).values())]


def combined(scheme, name, points):
    """Return the ``Given`` of an indicator.

    :param points: ``{step: points}``, or a list of points where several people scored in a step:
        then their mean; a step that is not in it, or has None, gave none.
    :raises SchemeFault: if a step gave points that the rule does not ask it for.
    """
    shares = given_by(scheme, name)
    for step in points:
        if step not in shares:
            raise spelling.fault(AT, _("“%s” gives no points here.") % step)
    known = {step: _of_step(points.get(step)) for step in shares}
    there = {step: shares[step] for step in shares if known[step] is not None}
    missing = tuple(step for step in shares if shares[step] and known[step] is None)
    whole = sum(there.values())
    if not whole:
        return Given(None, missing=missing)
    weighed = {step: share / whole for step, share in there.items()}
    exact = sum((share * known[step] for step, share in weighed.items()), Fraction(0))
    return Given(exact, tuple(weighed.items()), missing)


def _of_step(points):
    given = [one for one in (points if isinstance(points, list) else [points]) if is_known(one)]
    return mean(given) if given else None


def found_by_hand(scheme, points):
    """Return ``{indicator: Found}`` for ``reviews.reviewed``, and the ``Given`` of each.

    :param points: ``{indicator: {step: points}}``; every number is from 0 to the full points.
    :raises SchemeFault: if one is not.
    """
    leaves = {one.name: one for one in indicators_of(scheme) if one.is_given}
    given = {}
    for name, by_step in points.items():
        if name not in leaves:
            raise spelling.fault(f"review.indicators.{name}", _("Nobody gives points for this."))
        for one in by_step.values():
            for number in one if isinstance(one, list) else [one]:
                if is_known(number):
                    leaves[name].points(number)
        given[name] = combined(scheme, name, by_step)
    return {name: Found(one.points) for name, one in given.items()}, given


def asked_of(scheme, actor):
    """Return the indicators that an actor gives points for, in the order of the rule.

    Where the rule names no steps, the bureau gives all points that are given by hand.
    """
    by_hand = [one for one in indicators_of(scheme) if one.is_given]
    if steps_of(scheme) is None:
        return by_hand if actor == BUREAU else []
    return [one for one in by_hand if actor in given_by(scheme, one.name)]
