"""Who served long enough to be graded, and what is asked of whoever served a part of the period.

Spans of service are half-open: the day somebody came is counted, the day after the last one is
the end. Months are counted as for grading: full ones, and thirty-one days left over make one.
"""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from grading.rules import review_reading as reading
from grading.rules import spelling
from grading.rules.indicators import indicators_of
from grading.rules.review_reading import NEEDS_RULE
from grading.rules.service import DAYS_OF_A_MONTH, days_served
from grading.rules.unknown import UNK
from registry.rules import joined_periods

MINIMUM, PRORATE = "review.minimum_service", "review.prorate"
GRADED, NOT_GRADED = "graded", "not_graded"
DAYS, MONTHS = BY = ("days", "months")
COUNTS, TARGETS, NONE = WHAT = ("counts", "targets", "none")


@dataclass(frozen=True)
class Minimum:
    """The least service in a period: months or days, one of them None; the word for less."""

    months: object = None
    days: object = None
    label: str = ""


@dataclass(frozen=True)
class Prorate:
    """Whose figures go by the part of the period served, and which side of them is scaled."""

    by: object = DAYS
    what: object = NONE
    indicators: tuple = ()

    @property
    def scaled(self):
        """The names of the indicators whose figures go by the part of the period served."""
        return () if self.what == NONE else self.indicators


@dataclass(frozen=True)
class Service:
    """Service in one period: full months and days over, days in all, the share of the period.

    ``label`` is the word of the rule for whoever is not graded (不定等次).
    """

    state: str
    months: int
    over: int
    days: int
    share: Fraction
    label: str = ""


def minimum_of(scheme):
    """Return the ``Minimum``, UNK if the rule does not know it, None if it has none.

    :raises SchemeFault: if it is said in months and in days, or in neither.
    """
    written = reading.said(scheme, "minimum_service")
    if written is UNK or written is None:
        return written
    spelling.only(MINIMUM, written, *BY)
    named = [name for name in BY if name in written]
    if len(named) != 1:
        raise spelling.fault(MINIMUM, _("Say it in months or in days."))
    number = spelling.whole(scheme, f"{MINIMUM}.{named[0]}", written[named[0]])
    return Minimum(**{named[0]: number}, label=str(written.get("label", "")))


def prorate_of(scheme):
    """Return the ``Prorate``, UNK if the rule does not know it; nothing is scaled if it is silent.

    :raises SchemeFault: if it names an indicator whose points do not grow with a number.
    """
    written = reading.said(scheme, "prorate")
    if written is UNK:
        return UNK
    if written is None:
        return Prorate()
    reading.settings_of(PRORATE, written, ("by", "what"), ("indicators",))
    by = reading.word(f"{PRORATE}.by", written["by"], BY)
    what = reading.word(f"{PRORATE}.what", written["what"], WHAT)
    scalable = [one.name for one in indicators_of(scheme) if one.is_scalable]
    names = reading.several(f"{PRORATE}.indicators", written.get("indicators", []), scalable)
    if what in (COUNTS, TARGETS) and names == ():
        raise spelling.fault(f"{PRORATE}.indicators", _("Say which indicators are scaled."))
    return UNK if UNK in (by, what, names) else Prorate(by, what, names)


def service_in(scheme, spans, start, end):
    """Return the ``Service`` of a person in the period from ``start`` to before ``end``.

    The share goes by days of the calendar, or by full months where the rule says so.

    :param spans: half-open pairs of days; None has no end.
    """
    minimum, prorate = minimum_of(scheme), prorate_of(scheme)
    inside = [_clipped(span, start, end) for span in spans]
    joined = joined_periods([span for span in inside if span[0] < span[1]])
    counted = days_served(joined, end)
    days = sum((until - from_on).days for from_on, until in joined)
    share = Fraction(days, (end - start).days)
    months, over = divmod(counted, DAYS_OF_A_MONTH)
    if prorate is not UNK and prorate.by == MONTHS:
        whole = days_served([(start, end)], end) // DAYS_OF_A_MONTH
        share = min(Fraction(months, whole), Fraction(1)) if whole else share
    state, label = _state(minimum, counted, days)
    return Service(state, months, over, days, share, label)


def _clipped(span, start, end):
    from_on, until_on = span
    return max(from_on, start), end if until_on is None else min(until_on, end)


def _state(minimum, counted, days):
    if minimum is UNK or (minimum and UNK in (minimum.months, minimum.days)):
        return NEEDS_RULE, ""
    if minimum is None:
        return GRADED, ""
    if minimum.days is not None:
        is_enough = days >= minimum.days
    else:
        is_enough = counted >= minimum.months * DAYS_OF_A_MONTH
    return (GRADED, "") if is_enough else (NOT_GRADED, minimum.label)
