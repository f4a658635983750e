"""Spans of days that figures are counted over; half-open: the last day is the day before."""

from datetime import date
from typing import NamedTuple

from registry.rules import months_before, months_later

MONTHS_OF_A_QUARTER = 3


class Window(NamedTuple):
    """The days ``[from_on, until_on)``; None has no beginning, or no end."""

    from_on: date | None = None
    until_on: date | None = None

    def __contains__(self, day):
        return (self.from_on is None or day >= self.from_on) and (
            self.until_on is None or day < self.until_on
        )


EVER = Window()


def year(number):
    """Return the days of a year."""
    return Window(date(number, 1, 1), date(number + 1, 1, 1))


def quarter(number, of_year):
    """Return the days of a quarter, 1 to 4.

    >>> quarter(4, 2026).until_on
    datetime.date(2027, 1, 1)
    """
    first = date(of_year, MONTHS_OF_A_QUARTER * (number - 1) + 1, 1)
    return Window(first, months_later(first, MONTHS_OF_A_QUARTER))


def months_up_to(day, count):
    """Return the window of so many whole months, the last of which the day lies in.

    >>> months_up_to(date(2026, 11, 23), 12).from_on
    datetime.date(2025, 12, 1)
    """
    until = months_later(day.replace(day=1), 1)
    return Window(months_before(until, count), until)


def a_year_earlier(window):
    """Return the same days of the year before."""
    return Window(months_before(window.from_on, 12), months_before(window.until_on, 12))
