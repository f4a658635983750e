"""What is said of the legality of a committee: today, and from which day on not."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.models import Policy, PolicyKey
from registry.rules import (
    COMMITTEES,
    Fault,
    faults_of,
    first_unlawful_day,
    months_later,
    seats_on,
)

MONTHS_AHEAD = 12  # where no policy is loaded; the one that comes with the product says the same


@dataclass(frozen=True)
class Legality:
    """A committee on a day: the sentences against it, and what is ahead if it is lawful."""

    faults: list
    unlawful_on: date | None
    reasons: list
    until: date
    days_left: int | None = None


def horizon(on, division_id):
    """Return the last day for which legality is forecast in a division (a number)."""
    try:
        months = Policy.objects.ruling(
            PolicyKey.FORECAST_MONTHS, division_id=division_id, on=on
        ).amount
    except Policy.DoesNotExist:
        months = MONTHS_AHEAD
    return months_later(on, months)


def sentences_on(appointments, needs_minority, on):
    """Return a sentence for every fault of a committee on a day; none means that it is lawful."""
    seats = seats_on(appointments, on)
    return [_sentence(fault, seats) for fault in faults_of(seats, needs_minority=needs_minority)]


def legality_of(organization, appointments, today):
    """Return the legality of an organisation from its appointments, or None if it is none."""
    if organization.kind not in COMMITTEES:
        return None
    until, flag = horizon(today, organization.division_id), organization.needs_minority_member
    faults = sentences_on(appointments, flag, today)
    first = None
    if not faults:
        first = first_unlawful_day(appointments, needs_minority=flag, after=today, until=until)
    return Legality(
        faults=faults,
        unlawful_on=first,
        reasons=sentences_on(appointments, flag, first) if first else [],
        until=until,
        days_left=(first - today).days if first else None,
    )


def _sentence(fault, seats):
    numbers = {
        Fault.FEW_MEMBERS: seats.members,
        Fault.MANY_MEMBERS: seats.members,
        Fault.MANY_DIRECTORS: seats.directors,
        Fault.TERM_OVER: seats.lapsed,
    }
    return _text(fault, numbers.get(fault, 0)) % {"count": numbers.get(fault, 0)}


def _text(fault, count):
    return {
        Fault.FEW_MEMBERS: ngettext(
            "It has %(count)d member; the law wants at least three (article 8).",
            "It has %(count)d members; the law wants at least three (article 8).",
            count,
        ),
        Fault.MANY_MEMBERS: _("It has %(count)d members; the law allows nine (article 8)."),
        Fault.NO_DIRECTOR: _("It has no director (article 8)."),
        Fault.MANY_DIRECTORS: _("It has %(count)d directors; the law wants one (article 8)."),
        Fault.NO_WOMAN: _("No woman is among its members (article 8)."),
        Fault.NO_MINORITY: _("No member is of a minority people, as is needed here (article 8)."),
        Fault.TERM_OVER: ngettext(
            "The term of %(count)d member has ended without a new election (article 9).",
            "The terms of %(count)d members have ended without a new election (article 9).",
            count,
        ),
    }[fault]
