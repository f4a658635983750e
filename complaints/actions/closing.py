"""A complaint is closed when nobody can ask any more, or when both sides ask for nothing."""

from datetime import timedelta

from django.utils.translation import gettext as _

from complaints.actions.clocks import stop_clock
from complaints.actions.stepping import stepping
from complaints.flows import ComplaintState
from complaints.models import Complaint, ComplaintKey, Stage
from complaints.queries.decisions import is_recused, standing_decision
from complaints.queries.facts import ASKING, is_over, with_asking
from office.flow import Refused

S = ComplaintState
ONE_DAY = timedelta(days=1)


def closing_refusals(complaint, today):
    """Return why a complaint is not closed yet: somebody may still ask for a review."""
    if complaint.state not in ASKING:
        return []
    rows = with_asking(Complaint.objects.filter(pk=complaint.pk))
    if rows.filter(is_over(today)).exists():
        return []
    return [_("A review can still be asked for.")]


def close(pk, *, by, today, reason):
    """Close a complaint of which nothing more can be asked; result and final day are written.

    :raises Refused: if a review can still be asked for.
    """
    return _close(pk, by=by, today=today, reason=reason, early=False)


def close_early(pk, *, by, today, reason):
    """Close a complaint before the time to ask is over: both sides declared to ask for nothing."""
    return _close(pk, by=by, today=today, reason=reason, early=True)


def _close(pk, *, by, today, reason, early):
    with stepping("close", pk, by=by, today=today, reason=reason) as complaint:
        if is_recused(complaint, by):
            raise Refused(_("You have to do with this complaint: somebody else deals with it."))
        was = Complaint.objects.get(pk=pk)
        if not early and (refusals := closing_refusals(was, today)):
            raise Refused(refusals)
        complaint.closed_on = today
        if was.state != S.LEAD and (decision := standing_decision(complaint)):
            complaint.result = decision.result
            complaint.final_on = _final_day(was, today, early=early)
        # Limits of tasks that others still have go on.
        stop_clock(complaint, *ComplaintKey.values, today=today)
    return complaint


def _final_day(was, today, *, early):
    if was.state == S.FINAL:
        return was.reviews.filter(stage=Stage.RECHECK).latest("pk").decided_on
    if early:
        return today
    asked = with_asking(Complaint.objects.filter(pk=was.pk)).get()
    return getattr(asked, f"until_{was.state}") + ONE_DAY
