"""The life of a training session: every state, guard and step in one place."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.flow import Flow, Step, guard


class SessionState(models.TextChoices):
    DRAFT = "draft", _("draft")
    OPEN = "open", _("open for enrolment")
    RUNNING = "running", _("session running")
    CLOSED = "closed", _("closed")
    CANCELLED = "cancelled", _("cancelled")


@guard(_("The base is closed."))
def its_base_is_in_use(session, today):
    return session.base.state == "open"


@guard(_("The base has fewer seats than the session."))
def the_base_seats_all(session, today):
    return session.seats <= session.base.seats


@guard(_("No part with its hours is planned yet."))
def its_parts_are_planned(session, today):
    return session.starts_on is not None


@guard(_("The last day to enrol is over."))
def enrolment_lies_ahead(session, today):
    return today <= session.enrol_until_on


@guard(_("The last day to enrol lies after the first day of the session."))
def enrolment_ends_in_time(session, today):
    return session.starts_on is None or session.enrol_until_on <= session.starts_on


@guard(_("Its first day has not come."))
def its_first_day_has_come(session, today):
    return session.starts_on <= today


@guard(_("Enrolments still await a decision."))
def every_enrolment_is_decided(session, today):
    return not session.enrolments.filter(state="pending").exists()


@guard(_("Its last day has not come."))
def its_last_day_has_come(session, today):
    return session.ends_on <= today


@guard(_("No attendance was noted yet."))
def attendance_was_noted(session, today):
    enrolled = session.enrolments.filter(state="enrolled")
    return not enrolled.exists() or enrolled.filter(attendances__isnull=False).exists()


S = SessionState
# What must stay true of a session while people enrol.
WHILE_OPEN = (
    its_base_is_in_use,
    the_base_seats_all,
    its_parts_are_planned,
    enrolment_ends_in_time,
)
SESSION = Flow(
    Step(
        "open",
        _("Open for enrolment"),
        S.DRAFT,
        S.OPEN,
        *WHILE_OPEN,
        enrolment_lies_ahead,
    ),
    Step(
        "start",
        _("Begin the session"),
        S.OPEN,
        S.RUNNING,
        its_first_day_has_come,
        every_enrolment_is_decided,
    ),
    Step(
        "close",
        _("Close and credit the hours"),
        S.RUNNING,
        S.CLOSED,
        its_last_day_has_come,
        attendance_was_noted,
    ),
    Step("cancel", _("Cancel the session"), S.OPEN, S.CANCELLED),
    editable=[S.DRAFT, S.OPEN],
)
