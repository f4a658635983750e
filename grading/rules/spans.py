"""Spans of time that a rule counts over, as half-open pairs of days."""

from datetime import date

from django.utils.translation import gettext as _

from grading.rules.scheme import SchemeFault
from registry.rules import months_before

LIFETIME = "lifetime"
EARLIEST = date(1, 1, 1)
LONGEST = 1200  # years or months: more than anybody serves


def span_of(window, as_of, since):
    """Return ``(from_on, until_on)`` of a window; nothing after the day ``as_of`` ever counts.

    :param window: ``lifetime`` (or nothing), ``current_year``, ``{last_years: n}`` and
        ``{last_months: n}`` up to and with that day, ``{complete_years: n}`` before its year,
        ``{since: name}`` from a day among the facts on, ``{from: day, until: day}``.
    :param since: asks for a day among the facts, None if it is missing.
    :return: None if the day it begins with is missing.
    :raises SchemeFault: if it is none of these.
    """
    end = date.fromordinal(as_of.toordinal() + 1)
    if window in (None, LIFETIME, "service"):
        return EARLIEST, end
    if window == "current_year":
        return date(as_of.year, 1, 1), end
    kind = next(iter(window)) if isinstance(window, dict) and len(window) in (1, 2) else None
    if kind in LENGTHS and type(window[kind]) is int and 0 < window[kind] <= LONGEST:
        return LENGTHS[kind](as_of, end, window[kind])
    if kind == "since" and isinstance(window[kind], str | date):
        begins = window[kind] if isinstance(window[kind], date) else since(window[kind])
        return begins and (begins, end)
    if kind in ("from", "until") and all(isinstance(day, date) for day in window.values()):
        return window.get("from", EARLIEST), min(window.get("until", end), end)
    raise SchemeFault([("window", _("“%s” is no span of time.") % window)])


def span_within(period, window, since):
    """Return the span of a figure of a review: its ``period`` unless a window is written.

    A window is seen from the last day of the period, whose year is complete where it ends with it.
    """
    if window is None:
        return period
    until_on = period[1]
    counts_years = isinstance(window, dict) and "complete_years" in window
    last = until_on if counts_years else date.fromordinal(until_on.toordinal() - 1)
    return span_of(window, last, since)


LENGTHS = {
    "last_years": lambda _as_of, end, count: (months_before(end, 12 * count), end),
    "last_months": lambda _as_of, end, count: (months_before(end, count), end),
    "complete_years": lambda as_of, _end, count: (
        date(as_of.year - count, 1, 1),
        date(as_of.year, 1, 1),
    ),
}
