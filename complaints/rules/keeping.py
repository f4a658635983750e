"""How long a closed complaint is kept."""

from datetime import timedelta

from registry.rules import months_later, years_later

DAY = timedelta(days=1)


def kept_until(closed_on, years):
    """Return the first day on which a complaint closed on a day may be destroyed."""
    return years_later(closed_on, years)


def last_day_due(today, years):
    """Return the last closing day whose time of keeping is over today.

    >>> last_day_due(date(2025, 2, 28), 5)
    datetime.date(2020, 2, 29)
    """
    back = months_later(today, -12 * years)
    # 29 February falls back to the 28th, so that two closing days may share one last day.
    return back + DAY if kept_until(back + DAY, years) <= today else back
