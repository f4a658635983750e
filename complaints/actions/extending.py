"""The limit to decide a complaint, or its review, is lengthened once; who asked is told why."""

from django.utils.translation import gettext as _

from complaints.actions.clocks import lengthen_clock, ruling
from complaints.actions.holding import check_handler, check_not_suspended, tell, writing_on
from complaints.actions.reviewing import refuse_reviewer
from complaints.flows import ComplaintState
from complaints.models import ComplaintKey
from complaints.notices import handling as notices
from office.flow import Refused

K = ComplaintKey


def extend(pk, *, days, by, today, reason):
    """Lengthen the limit to decide, once, while it runs; the complainant is told why.

    By how much at most is the figure that was in force when the limit began, so that a complaint
    keeps the figures it was accepted under.

    :raises Refused: if no such limit runs, it is over or was lengthened before, or by too much.
    """
    with writing_on(pk, "extend", by=by, today=today, told={"days": days}) as complaint:
        check_handler(complaint, by)
        clock = _lengthened(complaint, K.TOTAL_DAYS, K.EXTENSION_DAYS, days, today)
        tell(complaint, notices.extended(clock.due_on, reason), by=by, today=today)
    return complaint


def extend_review(pk, *, days, by, today, reason):
    """Lengthen the limit to decide a review, as ``extend``; whoever asked for it is told why.

    :raises Refused: if the officer may not review it, or as above.
    """
    with writing_on(pk, "extend_review", by=by, today=today, told={"days": days}) as complaint:
        if complaint.state != ComplaintState.IN_REVIEW:
            raise Refused(_("No review of this complaint is waiting."))
        refuse_reviewer(complaint, by)
        clock = _lengthened(complaint, K.REVIEW_DAYS, K.REVIEW_EXTENSION_DAYS, days, today)
        tell(complaint, notices.review_extended(clock.due_on, reason), by=by, today=today)
    return complaint


def _lengthened(complaint, key, most, days, today):
    check_not_suspended(complaint)
    clock = _running(complaint, key, today)
    _check_days(clock, complaint, most, days)
    lengthen_clock(clock, days)
    return clock


def _running(complaint, key, today):
    clocks = complaint.clocks.filter(key=key, task=None, stopped_on=None)
    clock = clocks.select_related("policy").first()
    if clock is None:
        raise Refused(_("No limit to decide runs."))
    if clock.extra_days:
        raise Refused(_("The limit to decide was extended before; that is possible once."))
    if clock.due_on is not None and clock.due_on < today:
        raise Refused(_("The limit to decide is over: it can be extended only while it runs."))
    return clock


def _check_days(clock, complaint, most, days):
    longest = ruling(most, complaint.division_id, clock.start_on)
    if longest.unit != clock.policy.unit:
        raise Refused(_("Limit and extension are set in different units. Set one of them anew."))
    if not 1 <= days <= longest.amount:
        message = _("The limit can be extended by at most %(days)d days.")
        raise Refused(message % {"days": longest.amount})
