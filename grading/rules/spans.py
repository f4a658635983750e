"""Spans of time that a rule counts over, as half-open pairs of days."""

from datetime import date

from grading.rules.scheme import SchemeFault
from registry.rules import months_before

LIFETIME = "lifetime"
EARLIEST = date(1, 1, 1)


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
    if isinstance(window, dict) and window:
        (kind, *_rest) = window
        if kind in ("last_years", "last_months"):
            months = window[kind] * (12 if kind == "last_years" else 1)
            return months_before(end, months), end
        if kind == "complete_years":
            return date(as_of.year - window[kind], 1, 1), date(as_of.year, 1, 1)
        if kind == "since":
            begins = window[kind] if isinstance(window[kind], date) else since(window[kind])
            return begins and (begins, end)
        if kind in ("from", "until"):
            return window.get("from", EARLIEST), min(window.get("until", end), end)
    raise SchemeFault([("window", f"“{window}” is no span of time.")])
