"""Task sheets drawn up, approved by a second person and sent.

Whoever acts on a sheet holds the lock of its complaint first, then that of the sheet, so that acts
on both never wait for each other.
"""

from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from complaints.actions.addressees import (
    accounts_at,
    accounts_of_office,
    may_get,
    seconds_for,
    unit_at,
    way_of,
)
from complaints.actions.clocks import start_clock, stop_clock
from complaints.actions.reading import NotGiven, give_access, may_read
from complaints.actions.sheet_words import (
    draft_of,
    fit_to_go_out,
    say_in_sheet,
    suggested_for,
)
from complaints.actions.stepping import IN_THE_CASE, stepping
from complaints.flows.task_sheet import (
    OPEN,
    WITH_THE_UNIT,
    WRITING,
    SheetState,
    complaint_waits_for_a_sheet,
)
from complaints.models import CaseGrant, Complaint, ComplaintKey, Part, SheetWord, TaskSheet
from complaints.notices.mail import tell
from complaints.rules.redaction import redacted
from office import ledger
from office.flow import Refused, taking

# The unit tells whom a complaint is about, which is no business of those who read the ledger only.
UNTOLD = {"organization_id", "division_id", "outside"}
LIMITS_OF_THE_UNIT = [ComplaintKey.OBJECT_DAYS, ComplaintKey.FINDINGS_DAYS]


@contextmanager
def moving(name, pk, *, by, today, said=False):
    """Take a step of a sheet; ``said`` tells the ledger that words are kept in the case.

    :raises Refused: if the flow or any guard says no. Nothing is written then.
    """
    with transaction.atomic():
        _hold(pk)
        rows, reason = TaskSheet.objects.select_related("complaint"), IN_THE_CASE if said else ""
        with taking(name, rows, pk, by=by, today=today, reason=reason) as sheet:
            yield sheet


@transaction.atomic
def draw_sheet(complaint, *, by, today):
    """Draw up the sheet of a complaint: redacted as suggested, addressed as the way up says.

    :raises NotGiven: if the complaint was not given to the officer.
    :raises Refused: if it does not wait for a sheet, or every unit above is in conflict.
    """
    complaint = Complaint.objects.select_for_update().get(pk=complaint.pk)
    _must_read(complaint, by)
    sheet = TaskSheet(complaint=complaint, serial=complaint.sheets.count() + 1, drawn_by=by)
    if reasons := complaint_waits_for_a_sheet(sheet, today):
        raise Refused(reasons)
    if complaint.sheets.filter(state__in=OPEN).exists():
        raise Refused(_("A task sheet of this complaint is in work already."))
    _address(sheet, today)
    sheet.full_clean()
    sheet.save()
    say_in_sheet(sheet, SheetWord.DRAFT, redacted(*suggested_for(complaint)), by=by, today=today)
    ledger.append("complaints.tasksheet.draw", sheet, by=by, after=_told(ledger.filled(sheet)))
    return sheet


@transaction.atomic
def redact_sheet(pk, *, chosen, by, today):
    """Write the text anew from what the complainant wrote, with the suggestions that are chosen.

    ``chosen`` are the places of suggestions in the order in which they were shown.
    """
    sheet = _to_be_written(pk, by)
    text, suggestions = suggested_for(sheet.complaint)
    taken = [one for place, one in enumerate(suggestions) if place in set(chosen)]
    return _write(sheet, redacted(text, taken), by=by, today=today)


@transaction.atomic
def write_sheet(pk, *, text, based_on, by, today):
    """Keep the text as it was edited; ``based_on`` is the draft the form was opened with.

    :raises Refused: if somebody wrote another draft meanwhile.
    """
    sheet = _to_be_written(pk, by)
    row, _text = draft_of(sheet)
    if row.pk != based_on:
        raise Refused(_("Somebody wrote another draft meanwhile. Open the form again."))
    return _write(sheet, text, by=by, today=today)


@transaction.atomic
def route_sheet(pk, *, to="", outside="", reason, by, today):
    """Address a sheet to a unit of the way up, or on paper to the unit that elected or appointed.

    :raises Refused: if the unit is in conflict, or lies below one that could be asked.
    """
    sheet = _to_be_written(pk, by)
    way = way_of(sheet.complaint, today=today)
    sheet.organization = sheet.division = None
    if outside:
        if not way.may_go_outside:
            raise Refused(_("The unit is in conflict; the sheet goes to the next higher body."))
        sheet.outside = outside
    else:
        stop = next((one for one in way.open_ones if f"{one.kind}" == to), None)
        if stop is None:
            raise Refused(_("This unit is in conflict, or lies below one that is to be asked."))
        _set(sheet, stop)
    say_in_sheet(sheet, SheetWord.ROUTE, reason, by=by, today=today)
    return _kept("route", sheet, by=by)


def propose_sheet(pk, *, second, by, today):
    """Hand the sheet to a second person, who may read the complaint while deciding.

    :raises Refused: if the text is not fit to go out, or the second wrote it or may not decide.
    """
    with moving("propose", pk, by=by, today=today) as sheet:
        _must_read(sheet.complaint, by)
        fit_to_go_out(sheet.complaint, draft_of(sheet)[1])
        _check_unit(sheet, today)
        if second.pk in writers_of(sheet):
            raise Refused(_("Whoever wrote the sheet cannot approve it."))
        if second not in seconds_for(sheet.complaint, today=today):
            raise Refused(_("This person may not decide about sheets of this complaint."))
        sheet.second = second
        give_access(sheet.complaint, second, Part.SECOND, by=by, today=today)
        tell([second])
    return sheet


def recall_sheet(pk, *, by, today):
    """Take the sheet back from the second person."""
    with moving("recall", pk, by=by, today=today) as sheet:
        _must_read(sheet.complaint, by)
        _release(sheet, by=by, today=today)
    return sheet


def return_sheet(pk, *, words, by, today):
    """Return the sheet to its author with words; the second person reads no further.

    :raises Refused: if somebody else was to decide.
    """
    with moving("return", pk, by=by, today=today, said=True) as sheet:
        _must_be_second(sheet, by)
        say_in_sheet(sheet, SheetWord.RETURN, words, by=by, today=today)
        _release(sheet, by=by, today=today)
        tell([sheet.drawn_by])
    return sheet


def approve_sheet(pk, *, by, today):
    """Approve the sheet as the second person and send it: one step with that of the complaint.

    The limit to send it ends; those to object and to report begin. The unit gets a message that
    says nothing but that there is one.

    :raises Refused: if somebody else was to decide, or the text is not fit to go out.
    """
    with moving("approve", pk, by=by, today=today) as sheet:
        _must_be_second(sheet, by)
        text = draft_of(sheet)[1]
        fit_to_go_out(sheet.complaint, text)
        _check_unit(sheet, today)
        say_in_sheet(sheet, SheetWord.TEXT, text, by=by, today=today)
        sheet.approved_by, sheet.sent_on = by, today
        _release(sheet, by=by, today=today)
        with stepping("assign", sheet.complaint_id, by=by, today=today) as complaint:
            stop_clock(complaint, ComplaintKey.ASSIGN_DAYS, today=today)
            for key in LIMITS_OF_THE_UNIT:
                start_clock(complaint, key, today=today, task=sheet.pk)
        tell(accounts_at(sheet, today=today))
    return sheet


def drop_sheet(pk, *, by, today):
    """Drop a sheet that did not go out and is not wanted any more."""
    with moving("drop", pk, by=by, today=today) as sheet:
        _release(sheet, by=by, today=today)
    return sheet


def take_back(pk, *, by, today):
    """Take a sheet back from its unit, which cannot open it any more; its limits end.

    The unit, and the office that was to press it, get a message that says nothing but that there is
    one. The step of the complaint that goes with it is the caller's.
    """
    with moving("call_back", pk, by=by, today=today) as sheet:
        sheet.recalled_on = today
        stop_clock(sheet.complaint, *LIMITS_OF_THE_UNIT, today=today, task=sheet.pk)
        tell(accounts_at(sheet, today=today))
        if sheet.supervisor:
            tell(accounts_of_office(sheet.supervisor, sheet.complaint, today=today))
    return sheet


def end_sheets(complaint, *, by, today):
    """Bring the sheets of a complaint to their end: it was decided, withdrawn or joined.

    Reported ones are done, those with the unit taken back, the others dropped. Returns how many
    there were.
    """
    reported = complaint.sheets.filter(state=SheetState.REPORTED)
    for sheet in reported:
        with moving("finish", sheet.pk, by=by, today=today):
            pass
    in_work = list(complaint.sheets.filter(state__in=OPEN))
    for sheet in in_work:
        end = take_back if sheet.state in WITH_THE_UNIT else drop_sheet
        end(sheet.pk, by=by, today=today)
    return len(reported) + len(in_work)


def writers_of(sheet):
    """Return the accounts that wrote a text of the sheet, as numbers."""
    drafts = sheet.statements.filter(kind=SheetWord.DRAFT)
    return {sheet.drawn_by_id, *drafts.values_list("by", flat=True)}


def _hold(pk):
    complaint = TaskSheet.objects.values_list("complaint", flat=True).get(pk=pk)
    Complaint.objects.select_for_update().get(pk=complaint)


def _must_read(complaint, user):
    if not may_read(complaint, user):
        raise NotGiven


def _must_be_second(sheet, user):
    if sheet.second_id != user.pk or user.pk in writers_of(sheet):
        raise Refused(_("Somebody else was asked to decide about this sheet."))


def _check_unit(sheet, today):
    """Somebody may have stood back, or it turned out whom it is about, since it was addressed."""
    if not may_get(sheet, today=today):
        raise Refused(_("This unit is in conflict, or lies below one that is to be asked."))


def _to_be_written(pk, by):
    _hold(pk)
    rows = TaskSheet.objects.select_related("complaint").select_for_update(of=("self",))
    sheet = rows.get(pk=pk)
    _must_read(sheet.complaint, by)
    if sheet.state not in WRITING:
        raise Refused(_("In this state the record may not be edited."))
    return sheet


def _write(sheet, text, *, by, today):
    say_in_sheet(sheet, SheetWord.DRAFT, text, by=by, today=today)
    sheet.drawn_by = by
    return _kept("rewrite", sheet, by=by)


def _kept(act, sheet, *, by):
    stored = TaskSheet.objects.get(pk=sheet.pk)
    before, after = ledger.changes(_told(ledger.snapshot(stored)), _told(ledger.snapshot(sheet)))
    sheet.revision += 1
    sheet.full_clean()
    sheet.save()
    ledger.append(
        f"complaints.tasksheet.{act}", sheet, by=by, reason=IN_THE_CASE, before=before, after=after
    )
    return sheet


def _told(snapshot):
    return {name: value for name, value in snapshot.items() if name not in UNTOLD}


def _address(sheet, today):
    way = way_of(sheet.complaint, today=today)
    if way.default is None:
        raise Refused(_("Every unit up to the city is in conflict. Pass the complaint on."))
    _set(sheet, way.default)


def _set(sheet, stop):
    for name, value in unit_at(stop).items():
        setattr(sheet, name, value)


def _release(sheet, *, by, today):
    """End the second person's right to read; whoever may read for another reason still does."""
    given = CaseGrant.objects.filter(
        complaint=sheet.complaint, user=sheet.second, part=Part.SECOND, until_on=None
    )
    if sheet.second and given.update(until_on=today):
        told = {"account": sheet.second_id}
        ledger.append("complaints.complaint.take_access", sheet.complaint, by=by, before=told)
    sheet.second = None
