"""Rules on hours, people in post, and what they learnt."""

from datetime import date
from decimal import Decimal
from itertools import count

from registry.models import Appointment
from tests import make
from tests.make import TODAY
from training.actions import credit_hours
from training.models import ContentClass, HoursRule, TrainingPolicy

FIRST_DAY = date(2026, 1, 1)
_sources = count(1)


class Learnt:
    """Stands for the row hours come from, each another one."""

    class _meta:  # noqa: N801 - read as Django's own
        label_lower = "training.example"

    def __init__(self):
        self.pk = next(_sources)


def figures():
    """The figure that turns days into class hours."""
    return make.saved(
        TrainingPolicy(
            key="hours_of_a_day",
            amount=8,
            unit="hours",
            standing="setting",
            from_on=date(2011, 1, 1),
        )
    )


def rule(amount="20", requirement="yearly", code="330681", **fields):
    given = {"given_in": "hours", "standing": "setting", "from_on": FIRST_DAY, **fields}
    hours = None if given["given_in"] == "quarters" else Decimal(amount)
    return make.saved(
        HoursRule(
            name=f"Rule {next(_sources)}",
            division=make.division(code),
            requirement=requirement,
            amount=Decimal(amount),
            hours=hours,
            **given,
        )
    )


def person(code="330681", kind="village", employment="part_time"):
    """Somebody in post for years."""
    body = make.organization(kind=kind, in_division=make.division(code))
    who = make.mediator(in_division=make.division(code))
    make.appointment(who, body, employment=employment)
    return who


def learnt(mediator, hours, done_on=TODAY, content_class=ContentClass.LAW):
    return credit_hours(
        mediator,
        hours=Decimal(hours),
        content_class=content_class,
        source=Learnt(),
        title="课程",
        done_on=done_on,
        by=None,
        today=TODAY,
    )


def moved(mediator, **fields):
    """Write an appointment past every check."""
    return Appointment.objects.filter(mediator=mediator).update(**fields)
