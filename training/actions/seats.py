"""Seats of a session: given while there are any, then to the waiting list in its order.

Every function here is called with the session's row locked, so that two never count at once.
"""

from django.utils.translation import gettext as _

from office.flow import taking
from training.models import Enrolment, TrainingSession


def locked(pk):
    """Lock a session and return it; call it first of all in a transaction."""
    return TrainingSession.objects.select_for_update(of=("self",)).get(pk=pk)


def count_taken(session, change):
    """Note one seat more or less; the database refuses more people than seats."""
    session.taken += change
    TrainingSession.objects.filter(pk=session.pk).update(taken=session.taken)


def place(enrolment, session, *, by, today, reason=""):
    """Give a pending enrolment a seat, or a turn on the waiting list; returns it."""
    step = "admit" if session.free > 0 else "put_on_list"
    rows = Enrolment.objects
    with taking(step, rows, enrolment.pk, by=by, today=today, reason=reason) as placed:
        pass
    if step == "admit":
        count_taken(session, +1)
    return placed


def fill_seats(session, *, today):
    """Give the free seats of an open session to those who wait, in the order they applied."""
    waiting = Enrolment.objects.filter(session=session).waiting()
    for pk in list(waiting.values_list("pk", flat=True)[: max(0, session.free)]):
        reason = _("A seat fell free.")
        with taking("move_up", Enrolment.objects, pk, by=None, today=today, reason=reason):
            pass
        count_taken(session, +1)
