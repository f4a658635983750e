"""Bases, sessions in any state, and people enrolled in them."""

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count

from django.utils.timezone import get_default_timezone

from tests import make
from tests.make import DAY, TODAY
from training import actions
from training.models import Enrolment, SessionPart, TrainingBase, TrainingSession

_numbers = count(1)
WEEK = 7 * DAY


def note(today=TODAY, **given):
    return {"by": make.user(), "today": today, "reason": "A letter.", **given}


def base(code="330681", seats=60, **fields):
    number = next(_numbers)
    return make.saved(
        TrainingBase(
            code=f"TB-T{number}",
            name=f"第{number}实训基地",
            division=make.division(code),
            address="街道一号",
            seats=seats,
            **fields,
        )
    )


def at(day, hour, minute=0):
    moment = datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001 - made aware below
    return moment.replace(tzinfo=get_default_timezone())


def session(state="open", *, code="330681", starts_on=TODAY + WEEK, parts=2, **fields):
    """A session with parts of two hours each, morning and afternoon, in any state."""
    fields.setdefault("title", f"第{next(_numbers)}期培训班")
    fields.setdefault("base", None)
    fields["base"] = fields["base"] or base(code, seats=max(60, fields.get("seats", 0)))
    fields.setdefault("enrol_until_on", starts_on - DAY)
    given = {"content_class": "law", "audience": "yearly", "hours": Decimal("4.0"), "seats": 30}
    row = TrainingSession(division=make.division(code), **{**given, **fields})
    row.full_clean()
    row.save()
    plan(row, starts_on, parts)
    return moved(row, state)


def plan(row, day, parts):
    for number in range(parts):
        start = at(day + (number // 2) * DAY, 9 if number % 2 == 0 else 14)
        make.saved(
            SessionPart(
                session=row,
                starts_at=start,
                ends_at=start + timedelta(hours=2),
                title=f"课{number}",
            )
        )
    if parts:
        last = day + ((parts - 1) // 2) * DAY
        row.starts_on, row.ends_on, row.minutes = day, last, 120 * parts
        row.save()


def moved(row, state):
    """Write a session into a state past every check but those of the database."""
    row.refresh_from_db()
    row.state = state
    row.closed_on = TODAY if state == "closed" else None
    row.cancel_reason = "台风。" if state == "cancelled" else ""
    return make.saved(row)


def person(code="330681", **fields):
    """Somebody in post, with an account."""
    who = make.mediator(in_division=make.division(code), user=make.user(), **fields)
    make.appointment(who, make.organization(in_division=make.division(code)))
    return who


def enrolment(state="enrolled", *, of=None, who=None, **fields):
    """An enrolment in any state; seats are counted as if it had come there by itself."""
    of = of or session()
    if state == "completed":
        fields.setdefault("minutes", of.minutes)
    if state == "rejected":
        fields.setdefault("note", "名额有限。")
    row = make.saved(
        Enrolment(
            session=of, mediator=who or person(), state=state, applied_on=TODAY - DAY, **fields
        )
    )
    seated = Enrolment.objects.filter(
        session=of, state__in=["enrolled", "completed", "absent"]
    ).count()
    TrainingSession.objects.filter(pk=of.pk).update(taken=seated)
    of.refresh_from_db()
    return row


def enrol(of, who=None, today=TODAY):
    who = who or person()
    return actions.enrol(of.pk, mediator=who, by=who.user, today=today)


def states(of):
    """The states of the enrolments of a session, in the order of application."""
    return list(of.enrolments.order_by("pk").values_list("state", flat=True))


def attended(row, *minutes):
    """Note minutes for the parts of an enrolment's session, in their order."""
    for part, given in zip(row.session.parts.all(), minutes, strict=False):
        row.attendances.create(part=part, minutes=given, how="tick", noted_on=TODAY)
