"""What is known of one person on one day: the shape of vectors and of stored evidence alike."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property


@dataclass(frozen=True)
class Facts:
    """Facts by name: ``as_of``, ``flags``, ``happened`` (the days of those flags that tell of
    something that happened), ``attest``, named figures and named series.

    A series is a list of rows, each with the day ``on`` and whatever else a rule may ask for, or of
    pairs of days (spans). What is not there is missing, which is never the same as no or nought.
    """

    values: dict = field(default_factory=dict)

    @cached_property
    def as_of(self):
        return self.values["as_of"]

    def find(self, path):
        """Return what a dotted path leads to, None if it is missing."""
        if path in self.values:
            return self.values[path]
        found = self.values
        for name in str(path).split("."):
            if not isinstance(found, dict) or found.get(name) is None:
                return None
            found = found[name]
        return found

    def flag(self, name):
        """Return True, False, None, or the days on which it happened."""
        return self.find(f"flags.{name}")

    def happened(self, name):
        """Return the days on which it happened, None where a flag tells of no days."""
        return self.find(f"happened.{name}")

    def attested(self, name):
        """Return what a person answered to a named question, None if nobody did."""
        answer = self.find(f"attest.{name}")
        return answer.get("answer") if isinstance(answer, dict) else answer

    def series(self, name):
        """Return the rows of a series, None if nothing is known of it."""
        found = self.find(name)
        return found if isinstance(found, list) else None

    def day(self, name):
        """Return a day among the facts, None if it is missing."""
        found = self.find(name)
        return found if isinstance(found, date) else None


def day_of(row):
    """Return the day of a row of a series, None if it has none."""
    return row.get("on", row.get("date"))


def year_of(row):
    """Return the year of a row, from its day unless it names one."""
    day = day_of(row)
    return row.get("year", day and day.year)
