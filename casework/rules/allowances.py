"""What a month in post is worth."""

from calendar import monthrange
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

CENT = Decimal("0.01")
DECEMBER = 12


class ProRata(models.TextChoices):
    """How a month is paid in which somebody came or went. No rule was found: a setting."""

    WHOLE_MONTHS = "whole_months", _("whole months only")
    BY_DAYS = "by_days", _("by days")


def month_after(month):
    """Return the first day of the month after the one a day lies in."""
    if month.month == DECEMBER:
        return date(month.year + 1, 1, 1)
    return date(month.year, month.month + 1, 1)


def months_in(from_on, until_on):
    """Yield the first day of each month of a period ``[from_on, until_on)``."""
    month = from_on.replace(day=1)
    while month < until_on:
        yield month
        month = month_after(month)


def days_in_post(month, spans):
    """Return on how many days of a month one of the spans ``[from, until)`` holds."""
    ends = month_after(month)
    days = set()
    for from_on, until_on in spans:
        first, last = max(from_on, month), min(until_on or ends, ends)
        days |= {first + timedelta(n) for n in range((last - first).days)}
    return len(days)


def fixed_amount(monthly, month, days, rule):
    """Return what a month is worth in which somebody was in post on so many days, to the cent."""
    length = monthrange(month.year, month.month)[1]
    if days >= length:
        return monthly
    if rule == ProRata.WHOLE_MONTHS:
        return Decimal("0.00")
    return (monthly * days / length).quantize(CENT, ROUND_HALF_UP)
