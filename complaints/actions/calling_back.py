"""A complaint is taken back from the unit that was to look into it."""

from django.db import transaction

from complaints.actions.clocks import start_clock
from complaints.actions.holding import handling
from complaints.actions.stepping import stepping
from complaints.actions.task_sheets import take_back
from complaints.flows import ComplaintState
from complaints.flows.task_sheet import WITH_THE_UNIT
from complaints.models import Complaint, ComplaintKey


@transaction.atomic
def call_back_sheet(pk, *, by, today, reason=""):
    """Take a sheet back as the handler: the complaint waits for another one, or is passed on.

    The limit to send a sheet begins anew; that to decide runs on.

    :raises Refused: if the unit does not have the sheet, or the complaint is suspended.
    """
    sheet = take_back(pk, by=by, today=today)
    with handling("call_back", sheet.complaint_id, by=by, today=today, reason=reason) as complaint:
        start_clock(complaint, ComplaintKey.ASSIGN_DAYS, today=today)
    return sheet


def call_back(pk, *, by, today):
    """Take a complaint back from the unit that has its sheet, if one has.

    Whether the officer may do so is asked by the act this is a part of.
    """
    complaint = Complaint.objects.select_for_update(of=("self",)).get(pk=pk)
    if complaint.state != ComplaintState.ASSIGNED:
        return
    for sheet in complaint.sheets.filter(state__in=WITH_THE_UNIT):
        take_back(sheet.pk, by=by, today=today)
    with stepping("call_back", pk, by=by, today=today):
        pass
