"""A unit that is late is reminded, then its next higher body is asked to press it."""

from django.db import transaction
from django.utils.translation import gettext as _

from complaints.actions.addressees import accounts_at, accounts_of_office, office_above
from complaints.actions.reading import NotGiven, may_read
from complaints.actions.sheet_words import fit_to_go_out, say_in_sheet
from complaints.actions.stepping import IN_THE_CASE
from complaints.flows.task_sheet import WITH_THE_UNIT
from complaints.models import Complaint, SheetWord, TaskSheet
from complaints.notices.mail import tell
from office import ledger
from office.flow import Refused


def remind_unit(pk, *, words, by, today):
    """Remind a unit whose findings are overdue; once a day at most.

    :raises Refused: if nothing is overdue, or it was reminded today.
    """
    with transaction.atomic():
        sheet = _late(pk, by, today)
        _press(sheet, SheetWord.REMINDER, words, by=by, today=today)
        tell(accounts_at(sheet, today=today))
        ledger.append("complaints.tasksheet.remind", sheet, by=by, reason=IN_THE_CASE)
    return sheet


def supervise_unit(pk, *, words, by, today):
    """Ask the next higher body to press a unit whose findings are overdue; it sees the sheet.

    :raises Refused: if nothing is overdue, it was reminded at no time, or nobody stands above.
    """
    with transaction.atomic():
        sheet = _late(pk, by, today)
        if not sheet.statements.filter(kind=SheetWord.REMINDER).exists():
            raise Refused(_("Remind the unit first."))
        office = office_above(sheet)
        if office is None:
            raise Refused(_("No body stands above this unit here."))
        _press(sheet, SheetWord.SUPERVISION, words, by=by, today=today)
        sheet.supervisor = office
        sheet.revision += 1
        sheet.full_clean()
        sheet.save()
        tell(accounts_at(sheet, today=today))
        tell(accounts_of_office(office, sheet.complaint, today=today))
        ledger.append("complaints.tasksheet.supervise", sheet, by=by, reason=IN_THE_CASE)
    return sheet


def _late(pk, by, today):
    complaint = TaskSheet.objects.values_list("complaint", flat=True).get(pk=pk)
    Complaint.objects.select_for_update().get(pk=complaint)
    rows = TaskSheet.objects.select_related("complaint").select_for_update(of=("self",))
    sheet = rows.get(pk=pk)
    if not may_read(sheet.complaint, by):
        raise NotGiven
    if reasons := why_not_late(sheet, today):
        raise Refused(reasons)
    return sheet


def why_not_late(sheet, today):
    """Return why a unit cannot be pressed today."""
    limit = sheet.limit_of_findings() if sheet.state in WITH_THE_UNIT else None
    if limit is None or not limit.is_overdue(today):
        return [_("The findings are not overdue.")]
    return []


def _press(sheet, kind, words, *, by, today):
    fit_to_go_out(sheet.complaint, words)
    # The complaint is locked: two at one moment go one after the other.
    if sheet.statements.filter(kind=kind, said_on=today).exists():
        raise Refused(_("This was done today already; once a day is enough."))
    say_in_sheet(sheet, kind, words, by=by, today=today)
