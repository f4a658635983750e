"""A complaint stands still for a court or another body, goes on, or is given more time."""

from django.utils.translation import gettext as _

from complaints.actions.clocks import lengthen_clock, pause_clocks, resume_clocks, ruling
from complaints.actions.holding import check_handler, check_not_suspended, tell, writing_on
from complaints.models import ComplaintKey
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


def extend(pk, *, days, by, today, reason):
    """Lengthen the limit to decide, once, while it runs; the complainant is told why.

    By how much at most is the figure that was in force when the limit began, so that a complaint
    keeps the figures it was accepted under.

    :raises Refused: if no such limit runs, it is over or was lengthened before, or by too much.
    """
    with writing_on(pk, "extend", by=by, today=today, told={"days": days}) as complaint:
        check_handler(complaint, by)
        check_not_suspended(complaint)
        clock = _running(complaint, today)
        _check_days(clock, complaint, days)
        lengthen_clock(clock, days)
        tell(complaint, notices.extended(clock.due_on, reason), by=by, today=today)
    return complaint


def _running(complaint, today):
    clocks = complaint.clocks.filter(key=ComplaintKey.TOTAL_DAYS, task=None, stopped_on=None)
    clock = clocks.select_related("policy").first()
    if clock is None:
        raise Refused(_("No limit to decide runs."))
    if clock.extra_days:
        raise Refused(_("The limit to decide was extended before; that is possible once."))
    if clock.due_on is not None and clock.due_on < today:
        raise Refused(_("The limit to decide is over: it can be extended only while it runs."))
    return clock


def _check_days(clock, complaint, days):
    longest = ruling(ComplaintKey.EXTENSION_DAYS, complaint.division_id, clock.start_on)
    if longest.unit != clock.policy.unit:
        raise Refused(_("Limit and extension are set in different units. Set one of them anew."))
    if not 1 <= days <= longest.amount:
        message = _("The limit can be extended by at most %(days)d days.")
        raise Refused(message % {"days": longest.amount})
