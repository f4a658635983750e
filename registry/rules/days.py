"""Days so many months or years away."""

from calendar import monthrange
from datetime import date, timedelta

DAY = timedelta(days=1)


def last_day(until_on):
    """Return the last day of what is held before a day, as people write it; None has no end.

    >>> last_day(date(2029, 11, 23))
    datetime.date(2029, 11, 22)
    """
    return None if until_on is None else until_on - DAY


def day_after(last):
    """Return the first day without what is held until a last day; None has no end.

    >>> day_after(date(2029, 11, 22)), day_after(date.max)
    (datetime.date(2029, 11, 23), datetime.date(9999, 12, 31))
    """
    return last if last in (None, date.max) else last + DAY


def months_later(day, months):
    """Return the same day some months on; a day the month does not have is its last one.

    >>> months_later(date(2026, 11, 30), 3)
    datetime.date(2027, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def joined_periods(periods):
    """Return half-open periods in order, those that touch or overlap as one; None has no end.

    >>> joined_periods([(date(2026, 3, 1), None), (date(2023, 3, 1), date(2026, 3, 1))])
    [(datetime.date(2023, 3, 1), None)]
    """
    joined = []
    for start, until in sorted(periods, key=lambda one: (one[0], one[1] or date.max)):
        if joined and (joined[-1][1] is None or start <= joined[-1][1]):
            first, last = joined.pop()
            joined.append((first, None if None in (last, until) else max(last, until)))
        else:
            joined.append((start, until))
    return joined


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
