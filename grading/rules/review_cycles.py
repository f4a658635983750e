"""The periods of a year of review, and how those of a shorter cycle make up the year.

A year may begin in a month other than January; which year it then is called, the rule says. What is
missing is never nought: its weight goes to the periods that are there, or the year is not assessed.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from grading.rules import review_reading as reading
from grading.rules import spelling
from grading.rules.review_reading import NEEDS_RULE
from grading.rules.reviews import (
    DONE,
    NOT_ASSESSED,
    TOO_LITTLE,
    held_by,
    in_decimals,
)
from grading.rules.rounding import exactly
from grading.rules.unknown import UNK
from registry.rules import months_later

CYCLE, ROLLUP = "review.cycle", "review.rollup"
MONTH, QUARTER, HALF_YEAR, YEAR = CYCLES = ("month", "quarter", "half_year", "year")
MONTHS = {MONTH: 1, QUARTER: 3, HALF_YEAR: 6, YEAR: 12}
START, END = ("start", "end")
MEAN, SUM, LATEST, WEIGHTED = HOW = ("mean", "sum", "latest", "weighted")
SKIP, WHOLE_YEAR = ("skip", "not_assessed")


@dataclass(frozen=True)
class Cycle:
    """How long a period is, in which month the year begins, and after which end it is called."""

    length: object
    first_month: object = 1
    year_of: object = START

    @property
    def count(self):
        """How many periods a year has."""
        return 12 // MONTHS[self.length]


@dataclass(frozen=True)
class Period:
    """A period of a year, the first is number 1 and all of it 0; ``end`` is the day after it."""

    year: int
    number: int
    start: date
    end: date


@dataclass(frozen=True)
class Rollup:
    """How periods make up a year; ``weights`` by number, ``least`` periods have to be there."""

    how: object
    missing: object
    weights: object = None
    least: object = 0


@dataclass(frozen=True)
class Year:
    """What a year comes to; ``weights`` are those of the periods that made it up, ``missing`` the
    numbers of those that should be there and are not: the sheet tells them.
    """

    state: str
    score: Decimal | None = None
    band: str | None = None
    missing: tuple = ()
    weights: tuple = ()
    held: tuple = ()


def cycle_of(scheme):
    """Return the ``Cycle``, UNK if the rule does not know it, None if it does not say it.

    :raises SchemeFault: if there is no such length or month.
    """
    written = reading.said(scheme, "cycle")
    if written is UNK or written is None:
        return written
    if not isinstance(written, dict):
        return Cycle(reading.word(CYCLE, written, CYCLES))
    reading.settings_of(CYCLE, written, ("length",), ("first_month", "year_of"))
    length = reading.word(f"{CYCLE}.length", written["length"], CYCLES)
    first = reading.at_least(scheme, f"{CYCLE}.first_month", written.get("first_month", 1), 1)
    if first is not UNK and first > 12:
        raise spelling.fault(f"{CYCLE}.first_month", _("A year has twelve months."))
    if first != 1 and "year_of" not in written:
        raise spelling.fault(f"{CYCLE}.year_of", _("This has to be said."))
    year_of = reading.word(f"{CYCLE}.year_of", written.get("year_of", START), (START, END))
    return UNK if UNK in (length, first, year_of) else Cycle(length, first, year_of)


def periods(scheme, year):
    """Return the periods of a year in order; none if the rule does not know its cycle."""
    cycle = cycle_of(scheme)
    if cycle is UNK or cycle is None:
        return ()
    earlier = cycle.year_of == END and cycle.first_month > 1
    first, step = date(year - earlier, cycle.first_month, 1), MONTHS[cycle.length]
    return tuple(
        Period(year, at + 1, months_later(first, at * step), months_later(first, (at + 1) * step))
        for at in range(cycle.count)
    )


def whole_year(scheme, year):
    """Return the whole year that periods make up, None if the rule does not know its cycle."""
    found = periods(scheme, year)
    return Period(year, 0, found[0].start, found[-1].end) if found else None


def reviewable(scheme, year):
    """Return (length, period) of all a review may be held for: the year, and what makes it up."""
    cycle, whole = cycle_of(scheme), whole_year(scheme, year)
    if whole is None:
        return []
    shorter = periods(scheme, year) if cycle.length != YEAR else ()
    return [(YEAR, whole), *((cycle.length, one) for one in shorter)]


def adds_up(scheme):
    """Whether a year is made up of shorter periods by the rule."""
    cycle = cycle_of(scheme)
    return isinstance(cycle, Cycle) and cycle.length != YEAR


def period_of(scheme, day):
    """Return the period that a day is in, None if the rule does not know its cycle."""
    near = (one for year in (day.year - 1, day.year, day.year + 1) for one in periods(scheme, year))
    return next((one for one in near if one.start <= day < one.end), None)


def year_called(scheme, day):
    """Return which year a day is counted to, that of the calendar if the rule does not say."""
    period = period_of(scheme, day)
    return day.year if period is None else period.year


def rollup_of(scheme):
    """Return the ``Rollup``, UNK if the rule does not know it, None if it does not say it.

    :raises SchemeFault: if weights are not one share for each period, one in all.
    """
    written = reading.said(scheme, "rollup")
    if written is UNK or written is None:
        return written
    reading.settings_of(ROLLUP, written, ("how", "missing"), ("weights", "least"))
    cycle = cycle_of(scheme)
    if isinstance(cycle, Cycle) and cycle.length == YEAR:
        raise spelling.fault(ROLLUP, _("A cycle of a year has nothing to roll up."))
    how = reading.word(f"{ROLLUP}.how", written["how"], HOW)
    if how is not UNK and (how == WEIGHTED) is not ("weights" in written):
        raise spelling.fault(
            f"{ROLLUP}.weights", _("Weights stand with “weighted” and only there.")
        )
    count = cycle.count if isinstance(cycle, Cycle) else None
    return Rollup(
        how,
        reading.word(f"{ROLLUP}.missing", written["missing"], (SKIP, WHOLE_YEAR)),
        _weights(scheme, written.get("weights"), count),
        spelling.whole(scheme, f"{ROLLUP}.least", written.get("least", 0)),
    )


def _weights(scheme, written, count):
    at = f"{ROLLUP}.weights"
    if written is None or written is UNK:
        return written
    if not isinstance(written, list):
        raise spelling.fault(at, _("A list is needed here."))
    found = [spelling.share(scheme, f"{at}[{place}]", one) for place, one in enumerate(written)]
    if count is not None and len(found) != count:
        raise spelling.fault(at, _("%s weights are needed here.") % count)
    if UNK in found:
        return UNK
    if sum(found) != 1:
        raise spelling.fault(at, _("The shares do not make up the whole."))
    return tuple(found)


def rolled_up(scheme, scores, *, serving=None, vetoes=()):
    """Return the ``Year`` that the periods of somebody make up.

    :param scores: ``{number of the period: score}``; what is not in it, or None, is missing.
    :param serving: the numbers of the periods that somebody served in, all of them if None; what
        lies outside is not counted and not missing.
    :param vetoes: effects that hold for the year.
    """
    cycle, rollup = cycle_of(scheme), rollup_of(scheme)
    if not isinstance(cycle, Cycle) or not isinstance(rollup, Rollup) or UNK in _said(rollup):
        return Year(NEEDS_RULE)
    numbers = range(1, cycle.count + 1)
    counted = [one for one in numbers if serving is None or one in serving]
    there = {one: exactly(scores[one]) for one in counted if scores.get(one) is not None}
    missing = tuple(one for one in counted if one not in there)
    if not there:
        return Year(NOT_ASSESSED, missing=missing)
    if rollup.missing == WHOLE_YEAR and _lacks(rollup, counted, there):
        return Year(NOT_ASSESSED, missing=missing)
    if len(there) < rollup.least:
        return Year(TOO_LITTLE, missing=missing)
    weights = _shares(rollup, there)
    if not weights:
        return Year(NOT_ASSESSED, missing=missing)
    exact = sum(weight * there[one] for one, weight in weights.items())
    score = in_decimals(scheme, exact * (cycle.count if rollup.how == SUM else 1))
    score, band, held = held_by(scheme, score, vetoes)
    return Year(DONE, score, band, missing, tuple(weights.items()), held)


def _said(rollup):
    return rollup.how, rollup.missing, rollup.weights, rollup.least


def _lacks(rollup, counted, there):
    return counted[-1] not in there if rollup.how == LATEST else len(there) < len(counted)


def _shares(rollup, there):
    """Return the weight of each period that is there; together they are one."""
    if rollup.how == LATEST:
        return {max(there): Fraction(1)}
    own = {one: rollup.weights[one - 1] if rollup.weights else Fraction(1) for one in there}
    whole = sum(own.values())
    return {one: weight / whole for one, weight in own.items()} if whole else {}
