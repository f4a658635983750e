"""Deadlines in working and calendar days on the State Council calendar."""

from office.clocks.calendar import Calendar, UnpublishedYear
from office.clocks.deadlines import Deadline, Pause, Shade, Term, Unit, due
from office.clocks.published import PublishedYear, calendar_loaded, read_calendar, store_calendar

__all__ = [
    "Calendar",
    "Deadline",
    "Pause",
    "PublishedYear",
    "Shade",
    "Term",
    "Unit",
    "UnpublishedYear",
    "calendar_loaded",
    "due",
    "read_calendar",
    "store_calendar",
]
