"""Committees: how they are called and made up (People's Mediation Law, art. 8, 9)."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.rules.places import stem_of_place

# Organisations that are committees; studios and groups stand under one, a commercial body is
# another regime.
COMMITTEES = {"village", "township", "enterprise", "industry", "regional", "county", "social"}


FEWEST_MEMBERS, MOST_MEMBERS = 3, 9


COMMITTEE, STUDIO, GROUP = "人民调解委员会", "人民调解工作室", "人民调解小组"


def name_faults(name, kind, *, place, place_level):
    """Return every reason why a name does not fit the pattern of its kind.

    Source: opinion of the Ministry of Justice of 2010 and the practice of 句容. A committee has its
    place or unit and “人民调解委员会”, a studio its brand and “人民调解工作室”; a stationed one has
    the name of its host. ``place`` and ``place_level`` are of the division.
    """
    faults = []
    if kind in COMMITTEES and not name.endswith(COMMITTEE):
        faults.append(_("The name of a committee ends with “%s”.") % COMMITTEE)
    elif kind == "studio" and not name.endswith(STUDIO):
        faults.append(_("The name of a studio ends with “%s”.") % STUDIO)
    elif kind == "stationed" and not (name.endswith("工作室") and "人民调解" in name):
        faults.append(_("The name of a stationed studio has “人民调解” and ends with “工作室”."))
    elif kind == "group" and not name.endswith(GROUP):
        faults.append(_("The name of a group ends with “%s”.") % GROUP)
    if kind in {"village", "township"} and kind == place_level:
        stem = stem_of_place(place)
        if stem not in name:
            faults.append(_("The name of the place, “%s”, is missing in the name.") % stem)
    return faults


# The members of a committee; mediators it appoints beside them are none (Mediation Law 8, 13).
SEATS = ("director", "deputy", "member")


# A suspended member keeps the seat; one who left held it until the day of leaving.
SITTING = ("probation", "in_post", "term_ending", "suspended", "ended")


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
    return _seats([held for held in appointments if sits(held, on)], on)


def _seats(members, on=None):
    ends = [held.term_until_on for held in members] if on else []
    return Seats(
        members=len(members),
        directors=sum(held.post == "director" for held in members),
        women=sum(held.mediator.sex == "female" for held in members),
        minority=sum(held.mediator.ethnicity not in MAJORITY for held in members),
        lapsed=sum(end is not None and end <= on for end in ends),
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


A_SIZE = _("A committee has three to nine members; this one has %(members)d.")
A_DIRECTOR = _("A committee has one director; this one has %(directors)d.")
REASONS = {
    Fault.FEW_MEMBERS: A_SIZE,
    Fault.MANY_MEMBERS: A_SIZE,
    Fault.NO_DIRECTOR: A_DIRECTOR,
    Fault.MANY_DIRECTORS: A_DIRECTOR,
    Fault.NO_WOMAN: _("There is no woman among the members."),
    Fault.NO_MINORITY: _("There is no member of an ethnic minority."),
}


def composition_faults(members, *, needs_minority_member):
    """Return every reason why these members do not make up a committee; none means they do.

    ``members`` are those who will sit, whatever their state: they have ``post`` and ``mediator``.
    """
    seats = _seats(members)
    counts = {"members": seats.members, "directors": seats.directors}
    return [
        REASONS[fault] % counts for fault in faults_of(seats, needs_minority=needs_minority_member)
    ]


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
