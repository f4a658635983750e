"""A complaint stands still for a court or another body, and goes on."""

from django.utils.translation import gettext as _

from complaints.actions.clocks import pause_clocks, resume_clocks
from complaints.actions.holding import check_handler, tell, writing_on
from complaints.notices import handling as notices
from office.flow import Refused

SUSPENDED = "suspended"


def suspend(pk, *, ground, by, today, reason=""):
    """Let a complaint stand still, all its limits with it, until ``resume``.

    :raises Refused: if it stands still already.
    """
    with writing_on(pk, "suspend", by=by, today=today, reason=reason) as complaint:
        check_handler(complaint, by)
        if complaint.is_suspended:
            raise Refused(_("The complaint is suspended already."))
        complaint.suspended_on = today
        pause_clocks(complaint, today=today, why=SUSPENDED)
        tell(complaint, notices.suspended(ground), by=by, today=today)
    return complaint


def resume(pk, *, by, today, reason=""):
    """Go on with a suspended complaint in the state it was in; its limits run on.

    :raises Refused: if it is not suspended.
    """
    with writing_on(pk, "resume", by=by, today=today, reason=reason) as complaint:
        check_handler(complaint, by)
        if not complaint.is_suspended:
            raise Refused(_("The complaint is not suspended."))
        complaint.suspended_on = None
        resume_clocks(complaint, today=today, why=SUSPENDED)
        tell(complaint, notices.GOING_ON, by=by, today=today)
    return complaint
