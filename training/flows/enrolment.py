"""The life of an enrolment in a session: every state, guard and step in one place."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.flow import Flow, Step, guard
from training.rules.attendance import is_enough


class EnrolmentState(models.TextChoices):
    PENDING = "pending", _("awaits approval")
    ENROLLED = "enrolled", _("has a seat")
    WAITLISTED = "waitlisted", _("on the waiting list")
    REJECTED = "rejected", _("rejected")
    COMPLETED = "completed", _("session completed")
    ABSENT = "absent", _("absent or too short")
    WITHDRAWN = "withdrawn", _("withdrawn from the session")


S = EnrolmentState
# What keeps a place, a turn or a result: a person has one such enrolment in a session.
LIVE = (S.PENDING, S.ENROLLED, S.WAITLISTED, S.COMPLETED, S.ABSENT)
SEATED = (S.ENROLLED, S.COMPLETED, S.ABSENT)


@guard(_("The session takes no enrolments."))
def its_session_is_open(enrolment, today):
    return enrolment.session.state == "open"


@guard(_("All seats are taken."))
def a_seat_is_free(enrolment, today):
    return enrolment.session.taken < enrolment.session.seats


@guard(_("A seat is free: enrol the person."))
def no_seat_is_free(enrolment, today):
    return enrolment.session.taken >= enrolment.session.seats


@guard(_("The session is over: correct the attendance instead."))
def its_session_is_not_over(enrolment, today):
    return enrolment.session.state != "closed" or enrolment.state == S.WAITLISTED


@guard(_("The session is not closed."))
def its_session_is_closed(enrolment, today):
    return enrolment.session.state == "closed"


@guard(_("The minutes attended are fewer than the session asks for."))
def enough_was_attended(enrolment, today):
    session = enrolment.session
    return is_enough(enrolment.minutes, session.minutes, session.least_share)


@guard(_("The minutes attended are as many as the session asks for."))
def too_little_was_attended(enrolment, today):
    session = enrolment.session
    return not is_enough(enrolment.minutes, session.minutes, session.least_share)


ENROLMENT = Flow(
    Step("admit", _("Approve"), S.PENDING, S.ENROLLED, its_session_is_open, a_seat_is_free),
    Step(
        "put_on_list",
        _("Put on the waiting list"),
        S.PENDING,
        S.WAITLISTED,
        its_session_is_open,
        no_seat_is_free,
    ),
    Step("reject", _("Reject"), S.PENDING, S.REJECTED),
    Step(
        "move_up",
        _("Give the free seat"),
        S.WAITLISTED,
        S.ENROLLED,
        its_session_is_open,
        a_seat_is_free,
    ),
    Step(
        "withdraw",
        _("Withdraw"),
        [S.PENDING, S.WAITLISTED, S.ENROLLED],
        S.WITHDRAWN,
        its_session_is_not_over,
    ),
    Step(
        "complete",
        _("Note as completed"),
        [S.ENROLLED, S.ABSENT],
        S.COMPLETED,
        its_session_is_closed,
        enough_was_attended,
    ),
    Step(
        "miss",
        _("Note as absent"),
        [S.ENROLLED, S.COMPLETED],
        S.ABSENT,
        its_session_is_closed,
        too_little_was_attended,
    ),
    editable=[S.PENDING, S.WAITLISTED, S.ENROLLED, S.COMPLETED, S.ABSENT],
)
