"""What becomes of what lies with an organisation when that organisation is deregistered.

Only what it was sent is touched: the list of a deregistration is read by its own clerks, and tells
nobody of a complaint that the unit does not know of.
"""

from complaints.actions.clocks import start_clock
from complaints.actions.consequences import leave
from complaints.actions.stepping import stepping
from complaints.actions.task_sheets import take_back
from complaints.flows import ComplaintState
from complaints.flows.task_sheet import WITH_THE_UNIT
from complaints.models import Complaint, ComplaintKey, Consequence, TaskSheet, WhyNot
from registry.questions import Destination, Touched

SUBJECT = Consequence._meta.label_lower
SHEET = TaskSheet._meta.label_lower


def lock_what_lies_with(organizations):
    """Lock what a deregistration of these (keys) will end, before it locks its people."""
    sheets = _unanswered().filter(organization__in=organizations)
    cases = Complaint.objects.filter(pk__in=sheets.values("complaint")).order_by("pk")
    list(cases.select_for_update(of=("self",)).values_list("pk"))
    tasks = Consequence.objects.open().filter(organization__in=organizations).order_by("pk")
    list(tasks.select_for_update(of=("self",)).values_list("pk"))


def sheets_with(organization):
    """Return what a deregistration touches: tasks the organisation has not answered.

    A suspended case waits for others; its sheet is looked at when it goes on.
    """
    rows = _unanswered().filter(organization=organization)
    return [Touched.row(row, Destination.HAND_OVER) for row in rows.order_by("pk")]


def carry_out_sheet(item, *, by, today, reason):
    """Take an unanswered task back, so that it is sent to the next body; tell if it was one.

    The complaint goes on under its number and its limit to decide.
    """
    if item.subject_type != SHEET:
        return False
    sheet = _unanswered().filter(pk=item.subject_id).first()
    if sheet:
        take_back(sheet.pk, by=by, today=today)
        given = {"by": by, "today": today, "reason": reason}
        with stepping("object", sheet.complaint_id, **given) as complaint:
            start_clock(complaint, ComplaintKey.ACCEPT_DAYS, today=today)
    return True


def _unanswered():
    rows = TaskSheet.objects.filter(state__in=WITH_THE_UNIT, complaint__suspended_on=None)
    return rows.filter(complaint__state=ComplaintState.ASSIGNED).select_related("complaint")


def open_consequences_of(organization):
    """Return what a deregistration touches: what the organisation was asked to do and has not."""
    rows = Consequence.objects.open().filter(organization=organization)
    return [Touched.row(row, Destination.END) for row in rows.order_by("pk")]


def carry_out_consequence(item, *, by, today, reason):
    """Note that nobody is left to follow it; tell whether the item was a consequence."""
    if item.subject_type != SUBJECT:
        return False
    if Consequence.objects.open().filter(pk=item.subject_id).exists():
        leave(int(item.subject_id), by=by, today=today, reason=reason, why_not=WhyNot.NO_MORE_UNIT)
    return True
