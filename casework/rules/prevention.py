"""The months of reports on prevention: when they end, and when a report is due."""

from calendar import monthrange
from datetime import date

from registry.rules import months_before, months_later


def first_of(day):
    """Return the first day of a day's month, by which the month is named."""
    return day.replace(day=1)


def last_of(month):
    """Return the last day of a month."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def due_day(month, day_of_month):
    """Return the day by which a month is reported: that day of the next month, or its last."""
    following = months_later(first_of(month), 1)
    return following.replace(day=min(day_of_month, last_of(following).day))


def month_before(today):
    """Return the last month that is over."""
    return months_before(first_of(today), 1)


def read_month(text):
    """Return the first day of a month written as 2026-10, or None for anything else."""
    year, dash, number = text.partition("-")
    if not (dash and year.isdecimal() and number.isdecimal() and len(year) == 4):
        return None
    is_month = 1 <= int(number) <= 12 and int(year) > 1949
    return date(int(year), int(number), 1) if is_month else None
