"""The State Council's notice on the days off of a year, as a file, and its place in the database.

A file says what the notice says::

    {"year": 2026, "document": "国办发明电〔2025〕7号", "issued_on": "2025-11-04",
     "holidays": [{"name": "元旦", "first": "2026-01-01", "last": "2026-01-03",
                   "make_up": ["2026-01-04"]}]}

Weekends inside a holiday are off anyway and are not stored.
"""

import json
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _

from office import ledger
from office.models.calendar import CalendarDay, CalendarYear

# Told with ``year`` inside the transaction that loads it: deadlines kept for sorting are recounted.
calendar_loaded = Signal()
YEARS = range(2000, 2101)
LONGEST_HOLIDAY = 31
# No longer than the columns for a holiday's name and a document's number.
LONGEST_TEXT = 40
# 全国年节及纪念日放假办法, art. 2: off in every year. A notice without them is not whole.
ALWAYS_OFF = [(1, 1), (5, 1), (10, 1)]


@dataclass(frozen=True)
class PublishedYear:
    """What a notice settles: days that differ from their week, with the holiday's name."""

    year: int
    document: str
    issued_on: date
    off: dict[date, str]
    make_up: dict[date, str]


def _entry(data, key, kind):
    if not isinstance(data, dict) or not isinstance(data.get(key), kind) or not data[key]:
        raise ValidationError(_("“%(key)s” is missing or empty.") % {"key": key})
    if kind is str and len(data[key]) > LONGEST_TEXT:
        message = _("“%(key)s” is longer than %(limit)d characters.")
        raise ValidationError(message % {"key": key, "limit": LONGEST_TEXT})
    return data[key]


def _entry_list(data, key):
    if not isinstance(data, dict) or not isinstance(data.get(key, []), list):
        raise ValidationError(_("“%(key)s” must be a list.") % {"key": key})
    return data.get(key, [])


def _day(text):
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        message = _("“%(text)s” is not a date such as 2026-01-01.")
        raise ValidationError(message % {"text": str(text)[:40]}) from None


def read_calendar(text):
    """Read the file of a year.

    :raises ValidationError: with one sentence for the first thing that cannot be right.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise ValidationError(_("The file is not valid JSON.")) from None
    year = _entry(data, "year", int)
    if year not in YEARS:
        message = _("The year %(year)d is not between %(first)d and %(last)d.")
        raise ValidationError(message % {"year": year, "first": YEARS[0], "last": YEARS[-1]})
    issued_on = _day(_entry(data, "issued_on", str))
    off, make_up = {}, {}
    for holiday in _entry(data, "holidays", list):
        _read_holiday(holiday, year, off, make_up)
    _check_whole(year, off, make_up)
    return PublishedYear(year, _entry(data, "document", str), issued_on, off, make_up)


def _read_holiday(holiday, year, off, make_up):
    name = _entry(holiday, "name", str)
    first, last = (_day(_entry(holiday, key, str)) for key in ("first", "last"))
    if not 0 <= (last - first).days < LONGEST_HOLIDAY:
        message = _("%(name)s: the holiday must end after it begins, and within a month.")
        raise ValidationError(message % {"name": name})
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    for days, into in [(span, off), (map(_day, _entry_list(holiday, "make_up")), make_up)]:
        for day in days:
            _check_day(day, name, year, into)
            into[day] = name


def _check_day(day, name, year, taken):
    values = {"name": name, "day": day}
    # New Year's holiday now and then begins in December (as in 2019).
    if day.year != year and (day.year, day.month) != (year - 1, 12):
        message = _("%(name)s: %(day)s lies neither in the year nor in the December before it.")
        raise ValidationError(message % values)
    if day in taken:
        raise ValidationError(_("%(name)s: %(day)s is given twice.") % values)


def _check_whole(year, off, make_up):
    for day in make_up:
        if day.weekday() < 5:
            message = _("%(day)s is a weekday: it cannot be worked to make up for a day off.")
            raise ValidationError(message % {"day": day})
        if day in off:
            raise ValidationError(_("%(day)s is both off and worked.") % {"day": day})
    for month, number in ALWAYS_OFF:
        day = date(year, month, number)
        if day not in off:
            message = _("%(day)s is off in every year, but not in this file: it is not whole.")
            raise ValidationError(message % {"day": day})


@transaction.atomic
def store_calendar(published, *, by, now):
    """Put the days of a year in the place of what was stored of it, wholly or not at all.

    :raises ValidationError: if another year's notice has already settled one of the days.
    """
    row, _created = CalendarYear.objects.update_or_create(
        year=published.year,
        defaults={
            "document": published.document,
            "issued_on": published.issued_on,
            "loaded_at": now,
        },
    )
    days = days_of(published, row)
    others = CalendarDay.objects.exclude(calendar_year=row)
    if clash := others.filter(date__in=[day.date for day in days]).first():
        message = _("%(day)s is already settled by the notice for %(year)d.")
        raise ValidationError(message % {"day": clash.date, "year": clash.calendar_year_id})
    row.days.all().delete()
    CalendarDay.objects.bulk_create(days)
    # Before the ledger, whose head is locked last.
    calendar_loaded.send(CalendarYear, year=published.year)
    told = {"document": row.document, "days": {str(day.date): day.working for day in days}}
    ledger.append("office.calendaryear.load", row, by=by, after=told)
    return row


def days_of(published, row):
    """Return the rows of the days by which a published year, stored as ``row``, differs."""
    weekdays_off = {day: name for day, name in published.off.items() if day.weekday() < 5}
    return [
        CalendarDay(date=day, working=working, name=name, calendar_year=row)
        for named, working in [(weekdays_off, False), (published.make_up, True)]
        for day, name in named.items()
    ]
