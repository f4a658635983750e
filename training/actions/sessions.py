"""A training session is planned, opened, begun, closed or cancelled."""

from contextlib import contextmanager

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused, changing, taking
from registry.actions.entering import entered
from registry.models import Mediator
from training.actions.results import settle
from training.actions.seats import fill_seats
from training.flows.session import WHILE_OPEN
from training.models import SessionPart, TrainingSession


@transaction.atomic
def add_session(*, by, today, reason, **fields):
    """Draft a session; its parts are added one by one. Returns it."""
    return entered(TrainingSession(**fields), by=by, reason=reason)


@transaction.atomic
def change_session(pk, *, by, today, reason, revision=None, **fields):
    """Correct a session before it begins; seats added to an open one go to the waiting list.

    :raises Refused: if an open session could not be opened as it then would be.
    """
    rows = TrainingSession.objects
    with changing(rows, pk, by=by, reason=reason, revision=revision) as session:
        for name, value in fields.items():
            setattr(session, name, value)
        _require_what_stays_true(session, today)
    if session.state == "open":
        fill_seats(session, today=today)
    return session


def _require_what_stays_true(session, today):
    """What was tested when the session was opened holds as long as people enrol.

    :raises Refused: with all that no longer would.
    """
    if session.state != "open":
        return
    if reasons := [said for guard in WHILE_OPEN for said in guard(session, today)]:
        raise Refused(reasons)


@contextmanager
def _planning(act, pk, *, by, today, reason):
    """Lock a session whose parts are changed; hand it over with a dict for what is told of it."""
    with transaction.atomic():
        session = TrainingSession.objects.select_for_update(of=("self",)).get(pk=pk)
        if session.state not in TrainingSession.flow.editable:
            raise Refused(_("The parts of this session are not changed any more."))
        told = {}
        yield session, told
        _follow_the_parts(session)
        _require_what_stays_true(session, today)
        session.revision += 1
        session.full_clean()
        session.save()
        name = f"training.trainingsession.{act}"
        ledger.append(name, session, by=by, reason=reason, after=told)


def _follow_the_parts(session):
    parts = list(session.parts.all())
    session.starts_on = localdate(parts[0].starts_at) if parts else None
    session.ends_on = max((localdate(part.ends_at) for part in parts), default=None)
    session.minutes = sum(part.minutes for part in parts)


def add_part(pk, *, by, today, reason, starts_at, ends_at, title, lecturer=""):
    """Add a part to a session that has not begun; returns it.

    :raises Refused: if it lies in the past, spans midnight, or another part is on at that time.
    """
    with _planning("add_part", pk, by=by, today=today, reason=reason) as (session, told):
        if localdate(starts_at) < today:
            raise Refused(_("A part cannot be planned for a day that is over."))
        if localdate(starts_at) != localdate(ends_at):
            raise Refused(_("A part begins and ends on the same day."))
        if session.parts.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
            raise Refused(_("Another part of the session is on at that time."))
        part = SessionPart(
            session=session, starts_at=starts_at, ends_at=ends_at, title=title, lecturer=lecturer
        )
        part.full_clean()
        part.save()
        told.update(_told(part))
    return part


def drop_part(pk, *, by, today, reason, part):
    """Take a part out of a session that has not begun.

    :raises Refused: if it is the last one of an open session, or people could enrol too long.
    """
    with _planning("drop_part", pk, by=by, today=today, reason=reason) as (session, told):
        told.update(_told(part))
        session.parts.get(pk=part.pk).delete()
    return session


def _told(part):
    day = date_format(localtime(part.starts_at), "Y-m-d H:i")
    until = date_format(localtime(part.ends_at), "H:i")
    return {"title": part.title, "lecturer": part.lecturer, "when": f"{day}–{until}"}


def open_session(pk, *, by, today, reason):
    """Open a session for enrolment; whoever may enrol sees it from now on."""
    rows = TrainingSession.objects
    with taking("open", rows, pk, by=by, today=today, reason=reason) as session:
        pass
    return session


def start_session(pk, *, by, today, reason):
    """Begin a session: from now on attendance is noted, and nobody moves up any more."""
    rows = TrainingSession.objects
    with taking("start", rows, pk, by=by, today=today, reason=reason) as session:
        pass
    return session


@transaction.atomic
def close_session(pk, *, by, today, reason):
    """Close a session: whoever attended enough is credited its hours, others are noted absent.

    Who still waits for a seat is told that none fell free.
    """
    note = {"by": by, "today": today, "reason": reason}
    _lock(pk)
    with taking("close", TrainingSession.objects, pk, **note) as session:
        session.closed_on = today
    settle(session, **note)
    _end(session.enrolments.waiting(), note=_("No seat fell free."), **note)
    return session


@transaction.atomic
def cancel_session(pk, *, by, today, reason):
    """Cancel an open session; all who have or want a place lose it and are told why."""
    note = {"by": by, "today": today, "reason": reason}
    _lock(pk)
    with taking("cancel", TrainingSession.objects, pk, **note) as session:
        session.cancel_reason = reason
        session.taken = 0
    _end(
        session.enrolments.filter(state__in=["pending", "waitlisted", "enrolled"]),
        note=reason,
        **note,
    )
    return session


def _lock(pk):
    """Lock the session, then its people, before anything is written: the ledger comes last."""
    session = TrainingSession.objects.select_for_update(of=("self",)).get(pk=pk)
    people = session.enrolments.values("mediator")
    rows = Mediator.objects.select_for_update(of=("self",)).filter(pk__in=people)
    list(rows.order_by("pk").values_list("pk"))


def _end(enrolments, *, note, by, today, reason):
    rows = enrolments.model.objects
    for pk in list(enrolments.order_by("pk").values_list("pk", flat=True)):
        with taking("withdraw", rows, pk, by=by, today=today, reason=reason) as enrolment:
            enrolment.note, enrolment.ended_with_session = note, True
