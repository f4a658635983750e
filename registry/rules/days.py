"""Days so many months or years away."""

from calendar import monthrange
from datetime import date


def months_later(day, months):
    """Return the same day some months on; a day the month does not have is its last one.

    >>> months_later(date(2026, 11, 30), 3)
    datetime.date(2027, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def months_before(day, months):
    """Return the same day so many months earlier, or the last day of a shorter month.

    >>> months_before(date(2026, 3, 31), 1)
    datetime.date(2026, 2, 28)
    """
    return months_later(day, -months)


def years_later(day, years):
    """Return the same day of another year; 29 February falls back to the 28th.

    >>> years_later(date(2024, 2, 29), 3)
    datetime.date(2027, 2, 28)
    """
    return months_later(day, 12 * years)
