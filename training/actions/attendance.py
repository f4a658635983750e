"""Attendance is noted while a session runs: by code, by list, or ticked by the trainer."""

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused
from training.actions.marking_present import note
from training.actions.seats import locked
from training.models import Attendance, AttendanceHow, SessionPart
from training.rules.attendance import is_on, minutes_from_sign_in


@transaction.atomic
def sign_in(part_pk, *, mediator, by, moment):
    """Note that a person is there; ``moment`` is when the code that was scanned was shown.

    Signing in again changes nothing. Returns the attendance.

    :raises Refused: if the part is not on, or the person is not enrolled.
    """
    part = SessionPart.objects.get(pk=part_pk)
    session = locked(part.session_id)
    if session.state != "running" or not is_on(part.starts_at, part.ends_at, moment):
        raise Refused(_("This part is not on now."))
    enrolment = session.enrolments.filter(mediator=mediator, state="enrolled").first()
    if enrolment is None:
        raise Refused(_("You are not enrolled in this session. Speak to the trainer."))
    known = Attendance.objects.filter(part=part, enrolment=enrolment).first()
    if known is not None and known.minutes:
        return known
    minutes = minutes_from_sign_in(part.starts_at, part.ends_at, moment)
    given = {"how": AttendanceHow.CODE, "by": by, "today": localdate(moment)}
    if not note(part, {enrolment.pk: minutes}, **given):
        raise Refused(_("This part is over."))
    told = {"part": str(part), "minutes": minutes}
    ledger.append("training.enrolment.sign_in", enrolment, by=by, after=told)
    return Attendance.objects.get(part=part, enrolment=enrolment)


def tick(pk, *, by, today, reason, part, present):
    """Note who of the enrolled is there for a part; who is not ticked was not there.

    Somebody who signed in late keeps the minutes noted then.
    """

    def ticked(enrolled, known):
        return {
            one: (known.get(one) or part.minutes) if one in present else 0
            for one in enrolled
            if one in present or one in known
        }

    return _noted(
        "tick", pk, part, ticked, how=AttendanceHow.TICK, by=by, today=today, reason=reason
    )


def note_list(pk, *, by, today, reason, part, minutes, file_name=""):
    """Note ``{enrolment's pk: minutes}`` of a list that was sent in and checked row by row.

    Whoever is not on the list keeps what was noted before.
    """

    def listed(enrolled, known):
        return {one: given for one, given in minutes.items() if one in enrolled}

    also = {"file_name": file_name}
    how = AttendanceHow.LIST
    return _noted(
        "note_list", pk, part, listed, how=how, by=by, today=today, reason=reason, also=also
    )


@transaction.atomic
def _noted(act, pk, part, choose, *, how, by, today, reason, also=None):
    session = locked(pk)
    if session.state != "running":
        raise Refused(_("Attendance is noted while the session runs."))
    enrolled = set(session.enrolments.filter(state="enrolled").values_list("pk", flat=True))
    rows = Attendance.objects.filter(part=part, enrolment__session=session)
    known = dict(rows.values_list("enrolment", "minutes"))
    changed = note(part, choose(enrolled, known), how=how, by=by, today=today)
    told = {"part": str(part), "rows": changed, **(also or {})}
    name = f"training.trainingsession.{act}"
    ledger.append(name, session, by=by, reason=reason, after=told)
    return changed
