"""What the register holds to be so: pure statements, nothing is asked of the database here."""

from calendar import monthrange
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.roles import Role


class Likeness(models.TextChoices):
    """How sure it is that two entries are one person. The same ID number cannot stand twice.

    Certain: the same name and the same phone; or the same name, sex and date of birth. Neither if
    both entries have an ID number: these differ, and two numbers are two people unless one of them
    is mistyped, so such a pair is only possible.
    Possible: the same name and month of birth; or the same phone.
    No law sets this; it is the practice of this register.
    """

    NONE = "none", _("no duplicate")
    POSSIBLE = "possible", _("possible duplicate")
    CERTAIN = "certain", _("certain duplicate")


# Who gives which posts. Source: the table of rights, row "users, posts".
MAY_GRANT = {
    Role.COUNTY_BUREAU: (Role.CLERK, Role.JUSTICE_OFFICE),
    Role.CITY_BUREAU: (Role.COUNTY_BUREAU, Role.PANEL, Role.HANDLER, Role.TRAINER),
}


def grantable(roles):
    """Return the roles that an officer with these roles may give to others."""
    allowed = {granted for role in roles for granted in MAY_GRANT.get(role, ())}
    return [role for role in Role if role in allowed]


DIVISION_DIGITS = (2, 4, 6, 9, 12)


def enclosing(number):
    """Return the numbers of the divisions a division lies in, itself last.

    >>> enclosing(330681003000)
    [330000000000, 330600000000, 330681000000, 330681003000]
    """
    code = f"{number:012d}"
    return list(dict.fromkeys(int(code[:digits].ljust(12, "0")) for digits in DIVISION_DIGITS))


def months_later(day, months):
    """Return the same day so many months on, or the last day of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last))


def years_later(day, years):
    """Return the same day so many years on; 29 February falls back to the 28th."""
    return months_later(day, 12 * years)


# The members of a committee; mediators it appoints beside them are none (Mediation Law 8, 13).
SEATS = ("director", "deputy", "member")
# A suspended member keeps the seat; one who left held it until the day of leaving.
SITTING = ("probation", "in_post", "term_ending", "suspended", "ended")
# The kinds that are committees; studios and groups stand under one, commercial bodies are another
# regime (Mediation Law 8, 34).
COMMITTEES = ("village", "township", "enterprise", "industry", "regional", "county", "social")
FEWEST_MEMBERS, MOST_MEMBERS = 3, 9
MAJORITY = ("", "汉族", "汉")


class Fault(models.TextChoices):
    """In what a committee is not what the law wants (Mediation Law 8, 9)."""

    FEW_MEMBERS = "few_members", _("fewer than three members")
    MANY_MEMBERS = "many_members", _("more than nine members")
    NO_DIRECTOR = "no_director", _("no director")
    MANY_DIRECTORS = "many_directors", _("more than one director")
    NO_WOMAN = "no_woman", _("no woman")
    NO_MINORITY = "no_minority", _("no minority member")
    TERM_OVER = "term_over", _("a term has ended")


@dataclass(frozen=True)
class Seats:
    """How a committee is made up on one day. ``lapsed``: those who sit on after their term."""

    members: int = 0
    directors: int = 0
    women: int = 0
    minority: int = 0
    lapsed: int = 0


def sits(held, on):
    """Tell whether an appointment is a seat in the committee that is taken on a day."""
    runs = held.from_on <= on and (held.until_on is None or held.until_on > on)
    return runs and held.post in SEATS and held.state in SITTING


def seats_on(appointments, on):
    """Count the seats of one committee on a day from its appointments, mediators with them."""
    sitting = [held for held in appointments if sits(held, on)]
    return Seats(
        members=len(sitting),
        directors=sum(held.post == "director" for held in sitting),
        women=sum(held.mediator.sex == "female" for held in sitting),
        minority=sum(held.mediator.ethnicity not in MAJORITY for held in sitting),
        lapsed=sum(held.term_until_on is not None and held.term_until_on <= on for held in sitting),
    )


def faults_of(seats, *, needs_minority):
    """Return the faults of a committee made up like this; none means that it is lawful."""
    found = {
        Fault.FEW_MEMBERS: seats.members < FEWEST_MEMBERS,
        Fault.MANY_MEMBERS: seats.members > MOST_MEMBERS,
        Fault.NO_DIRECTOR: seats.directors == 0,
        Fault.MANY_DIRECTORS: seats.directors > 1,
        Fault.NO_WOMAN: seats.women == 0,
        Fault.NO_MINORITY: needs_minority and seats.minority == 0,
        Fault.TERM_OVER: seats.lapsed > 0,
    }
    return [fault for fault, is_so in found.items() if is_so]


def first_unlawful_day(appointments, *, needs_minority, after, until):
    """Return the first day in ``(after, until]`` on which a committee is not lawful, or None.

    Seats change on the days on which a term ends, somebody leaves or begins; no other day is tried.
    """
    days = {
        day
        for held in appointments
        for day in (held.from_on, held.term_until_on, held.until_on)
        if day is not None and after < day <= until
    }
    for day in sorted(days):
        if faults_of(seats_on(appointments, day), needs_minority=needs_minority):
            return day
    return None
