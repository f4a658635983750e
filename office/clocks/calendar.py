"""Which days are worked: Monday to Friday, but for the exceptions published year by year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from office.models.calendar import CalendarYear


class UnpublishedYear(Exception):
    """The days off of a year are not known here; nobody may guess them."""

    def __init__(self, year):
        super().__init__(f"The calendar of {year} is not loaded.")
        self.year = year


@dataclass(frozen=True)
class Calendar:
    """The published years, and the days in them that differ from their week."""

    years: frozenset[int]
    exceptions: Mapping[date, bool]

    @classmethod
    def load(cls):
        """Read every published year, in one query.

        A page loads it once and counts with it; it is not kept between requests, so that a newly
        loaded year counts at once in every process.
        """
        rows = CalendarYear.objects.order_by().values_list("year", "days__date", "days__working")
        return cls.of(rows)

    @classmethod
    def of(cls, rows):
        """Make a calendar of rows (year, date, working); a year without exceptions has no date."""
        rows = list(rows)
        exceptions = {day: working for _year, day, working in rows if day is not None}
        return cls(frozenset(year for year, _day, _working in rows), exceptions)

    def is_working(self, day):
        """Whether a day is worked; weekends worked to make up for a holiday (调休) are.

        :raises UnpublishedYear: if its year is not loaded.
        """
        if (exception := self.exceptions.get(day)) is not None:
            return exception
        if day.year not in self.years:
            raise UnpublishedYear(day.year)
        return day.weekday() < 5
