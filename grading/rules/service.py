"""Time served: several spans with gaps between them, added up in whole months and days.

A month is full on the day of the same number, or on the last day of a month that has no such day
(Civil Code, article 202). Days left over from several spans are added; thirty-one make a month, so
that a single span never gains one: a convention of this system and no law. Spans that overlap are
counted once.
"""

from calendar import monthrange
from datetime import date

from registry.rules import joined_periods

DAYS_OF_A_MONTH = 31
DAYS_OF_A_YEAR = 12 * DAYS_OF_A_MONTH


def full_months(from_on, until_on):
    """Return the full months between two days and the days left over.

    >>> full_months(date(2022, 6, 1), date(2024, 5, 31))
    (23, 30)
    >>> full_months(date(2023, 1, 31), date(2023, 2, 28))
    (1, 0)
    """
    months = (until_on.year - from_on.year) * 12 + until_on.month - from_on.month
    _weekday, last = monthrange(until_on.year, until_on.month)
    falls_on = min(from_on.day, last)
    if until_on.day >= falls_on:
        return months, until_on.day - falls_on
    before = date(until_on.year - (until_on.month == 1), (until_on.month - 2) % 12 + 1, 1)
    last_before = monthrange(before.year, before.month)[1]
    return months - 1, until_on.day + last_before - min(from_on.day, last_before)


def days_served(periods, as_of, *, unbroken=False):
    """Return the service up to a day, in days of which thirty-one make a month.

    :param periods: pairs of days, the last one not served any more; None has no end.
    :param unbroken: count the span that lasts on that day only.
    """
    spans = [
        (from_on, as_of if until_on is None else min(until_on, as_of))
        for from_on, until_on in joined_periods(periods)
        if from_on < as_of
    ]
    if unbroken:
        spans = [span for span in spans if span[1] == as_of]
    counted = [full_months(*span) for span in spans]
    return sum(months * DAYS_OF_A_MONTH + days for months, days in counted)
