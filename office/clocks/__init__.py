"""Deadlines in working and calendar days on the State Council calendar."""

from office.clocks.calendar import Calendar, UnpublishedYear
from office.clocks.deadlines import Deadline, Pause, Shade, Term, Unit, due
from office.clocks.published import PublishedYear, read_calendar, store_calendar

__all__ = [
    "Calendar",
    "Deadline",
    "Pause",
    "PublishedYear",
    "Shade",
    "Term",
    "Unit",
    "UnpublishedYear",
    "due",
    "read_calendar",
    "store_calendar",
]
