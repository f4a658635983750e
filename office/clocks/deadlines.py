"""The arithmetic of deadlines: pure functions over a loaded calendar.

Counting (民法典 201-203): the start day is excluded. A term in working days ends on the last of
them. A term in calendar days ends on its last day, or, if that is not worked, on the next day that
is. A term ends with its last day, so a day is overdue from the morning after.

A pause is a span of days from its first day until, but not including, the day on which the clock
runs again. Its days count in no unit, a term never ends on one of them, and while no end is known
the clock is stopped and there is no due day. A pause from the due day on moves the due day; one
that begins after it changes nothing.

A term that reaches into a year whose calendar is not loaded is provisional (暂定): it has no due
day until the year is loaded and it is counted again.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import islice

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from office.clocks.calendar import Calendar, UnpublishedYear

ONE_DAY = timedelta(days=1)
# A bound against slips of the keyboard; no limit in the field comes near it.
LONGEST_TERM = 3660


class Unit(TextChoices):
    """What a term is counted in."""

    WORKING = "working", _("working days")
    CALENDAR = "calendar", _("calendar days")


class Shade(StrEnum):
    """How urgent a deadline is."""

    CALM = "calm"
    AMBER = "amber"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Term:
    """A number of days of one unit, at least one.

    :raises ValueError: if the number is not from 1 to ``LONGEST_TERM``.
    """

    amount: int
    unit: Unit

    def __post_init__(self):
        if not 1 <= self.amount <= LONGEST_TERM:
            raise ValueError(f"A term has 1 to {LONGEST_TERM} days, not {self.amount}.")


@dataclass(frozen=True)
class Pause:
    """Days on which the clock stands still: half-open, without an end while it still stands.

    :raises ValueError: if it ends before it starts.
    """

    starts_on: date
    until: date | None = None

    def __post_init__(self):
        if self.until is not None and self.until < self.starts_on:
            raise ValueError(f"A pause from {self.starts_on} cannot end on {self.until}.")


def running_days(start, pauses):
    """Yield the days after ``start`` on which the clock runs, until it stops for good."""
    day = start
    while day := day + ONE_DAY:
        over = [pause for pause in pauses if pause.starts_on <= day]
        if any(pause.until is None for pause in over):
            return
        if all(pause.until <= day for pause in over):
            yield day


def due(calendar, start, term, pauses=()):
    """Return the deadline of a term that starts on a day, pauses left out."""
    days = running_days(start, pauses)
    if term.unit == Unit.CALENDAR:
        days, wanted = islice(days, term.amount - 1, None), 1
    else:
        wanted = term.amount
    try:
        working_days = (day for day in days if calendar.is_working(day))
        due_on, missing_year = next(islice(working_days, wanted - 1, None), None), None
    except UnpublishedYear as missing:
        due_on, missing_year = None, missing.year
    return Deadline(calendar, start, term, tuple(pauses), due_on, missing_year)


@dataclass(frozen=True)
class Deadline:
    """A term as counted: its last day, or why there is none yet."""

    calendar: Calendar = field(repr=False, compare=False)
    start: date
    term: Term
    pauses: tuple[Pause, ...]
    due_on: date | None
    missing_year: int | None

    @property
    def provisional(self):
        """Whether the term reaches into a year whose calendar is not loaded."""
        return self.missing_year is not None

    @property
    def stopped(self):
        """Whether a pause without an end stops the clock before the term has run."""
        return self.due_on is None and not self.provisional

    def is_overdue(self, today):
        """Whether the last day has passed."""
        return self.due_on is not None and today > self.due_on

    def days_used(self, today):
        """Return how many days of the term have run, today included; None if it cannot be known."""
        return self._counted(self.start, today, self.term.unit, self.pauses)

    def days_left(self, today):
        """Return the days left after today in the term's unit, below zero once overdue.

        Without a due day it is what the term has left. None if it cannot be known.
        """
        if self.due_on is None:
            used = self.days_used(today)
            return None if used is None else max(0, self.term.amount - used)
        return self._left(today, self.term.unit)

    def working_days_left(self, today):
        """Return the working days left after today; None without a due day."""
        return None if self.due_on is None else self._left(today, Unit.WORKING)

    def used_share(self, today):
        """Return the share of the term that has run, above one if overdue; None if unknown."""
        used = self.days_used(today)
        return None if used is None else Decimal(used) / self.term.amount

    def shade(self, today, *, amber_share=Decimal("0.70"), amber_days=2):
        """Return how urgent it is: amber from a share used, or with so few working days left.

        A stopped clock is calm; what cannot be counted is amber.
        """
        if self.is_overdue(today):
            return Shade.OVERDUE
        if self.stopped:
            return Shade.CALM
        share, left = self.used_share(today), self.working_days_left(today)
        if share is None or share >= amber_share or (left is not None and left <= amber_days):
            return Shade.AMBER
        return Shade.CALM

    def _left(self, today, unit):
        if not self.is_overdue(today):
            return self._counted(max(today, self.start), self.due_on, unit, self.pauses)
        over = self._counted(self.due_on, today, unit, ())
        return None if over is None else -over

    def _counted(self, after, last, unit, pauses):
        """Return how many running days of a unit lie after one day and up to another."""
        count = 0
        try:
            for day in running_days(after, pauses):
                if day > last:
                    break
                count += unit == Unit.CALENDAR or self.calendar.is_working(day)
        except UnpublishedYear:
            return None
        return count
