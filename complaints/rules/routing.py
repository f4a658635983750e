"""To whom a task sheet goes: the committee, or the body above everybody who is in conflict.

Source: People's Mediation Law, art. 15 (the committee criticises and orders to correct, the unit
that elected or appointed removes or dismisses), and the rule of the specification that nobody
looks into his own case.
"""

from dataclasses import dataclass
from enum import StrEnum


class Addressee(StrEnum):
    """The units that may look into a complaint, from the lowest up."""

    ORGANIZATION = "organization"
    TOWNSHIP = "township"
    COUNTY = "county"
    CITY = "city"


class Conflict(StrEnum):
    """Why a unit may not look into a complaint."""

    IS_COMPLAINED_OF = "is_complained_of"
    HEAD = "head"
    CLERK = "clerk"
    KIN = "kin"
    NOT_IN_WORK = "not_in_work"


@dataclass(frozen=True)
class Stop:
    """A unit on the way up, by its key, and why it may not be asked, if so."""

    kind: Addressee
    pk: int
    conflicts: tuple = ()


@dataclass(frozen=True)
class Way:
    """The units from the lowest up; the sheet goes to the first that is in no conflict."""

    stops: tuple

    @property
    def default(self):
        """Return the unit the sheet goes to; None if every one of them is in conflict."""
        return next((stop for stop in self.stops if not stop.conflicts), None)

    @property
    def passed_over(self):
        """Return the units below the default that are in conflict."""
        if self.default is None:
            return self.stops
        return self.stops[: self.stops.index(self.default)]

    @property
    def open_ones(self):
        """Return the units the handler may choose from: the default and those above it."""
        if self.default is None:
            return ()
        above = self.stops[self.stops.index(self.default) :]
        return tuple(stop for stop in above if not stop.conflicts)

    @property
    def may_go_outside(self):
        """Whether the unit that elected or appointed may be asked on paper: it stands beside the
        committee, so that what bars the one bars the other.
        """
        return bool(self.stops) and self.default == self.stops[0]
