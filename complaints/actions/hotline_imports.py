"""Files of hotline tickets: checked and sealed, then entered whole, or abandoned."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from complaints.actions.entering import in_charge_of, note_entry
from complaints.actions.filing import COUNTY_DIGITS, file_complaint
from complaints.imports.reading import read_tickets
from complaints.imports.sealing import open_row, seal_row
from complaints.models import (
    Channel,
    Complaint,
    ComplaintSeries,
    HotlineImport,
    HotlineLine,
    HotlineVerdict,
)
from office import ledger
from office.flow import taking
from office.personal import new_key
from registry.models import Mediator, Organization

V = HotlineVerdict


@transaction.atomic
def check_hotline_file(upload, *, division, by, today):
    """Read a file, keep what its new rows say sealed, and return the import. No file is kept.

    :raises ValidationError: if the file as a whole cannot be taken.
    """
    tickets = read_tickets(upload, division=division, today=today)
    known = known_tickets([one.number for one in tickets])
    batch = HotlineImport(
        division=division, key=new_key(), uploaded_by=by, checked_on=today, rows=len(tickets)
    )
    lines = [_line(batch, one, known) for one in tickets]
    _count(batch, lines)
    batch.full_clean()
    batch.save()
    HotlineLine.objects.bulk_create(lines)
    ledger.append("complaints.hotlineimport.add", batch, by=by, after=_figures(batch))
    return batch


def enter_hotline_import(pk, *, by, today):
    """Enter what is new in a file: all of it or nothing. What became known meanwhile is left out.

    The limits of each complaint run from today, the day on which its ticket reached the bureau.

    :raises Refused: if it was entered or abandoned before, or nothing is new in it.
    """
    with taking("enter", HotlineImport.objects, pk, by=by, today=today) as batch:
        lines = list(batch.lines.filter(verdict=V.NEW))
        told = [_opened(batch, line) for line in lines]
        _lock_series(told, today)
        ledger.hold()
        known = known_tickets([line.ticket for line in lines])
        for line, values in zip(lines, told, strict=True):
            is_new = line.ticket not in known and _enter(batch, line, values, by=by, today=today)
            line.verdict, line.sealed = V.NEW if is_new else V.KNOWN, ""
        HotlineLine.objects.bulk_update(lines, ["verdict", "sealed"])
        _end(batch, today)
        _count(batch, batch.lines.all())


def abandon_hotline_import(pk, *, by, today):
    """Give a file up: the key of its rows is destroyed.

    :raises Refused: if it was entered or abandoned before.
    """
    with taking("abandon", HotlineImport.objects, pk, by=by, today=today) as batch:
        batch.lines.update(sealed="")
        _end(batch, today)


def abandon_old_hotline_imports(before, *, today):
    """Give up the files that were checked before a day and never entered; returns how many."""
    old = HotlineImport.objects.filter(state="checked", checked_on__lt=before)
    pks = list(old.values_list("pk", flat=True))
    for pk in pks:
        abandon_hotline_import(pk, by=None, today=today)
    return len(pks)


def known_tickets(numbers):
    """Return those of these tickets of the hotline that were entered before."""
    found = Complaint.objects.filter(channel=Channel.HOTLINE, source_number__in=set(numbers) - {""})
    return set(found.values_list("source_number", flat=True))


def _line(batch, ticket, known):
    line = HotlineLine(batch=batch, row=ticket.row, ticket=ticket.number, faults=ticket.faults)
    if ticket.faults:
        line.verdict = V.REFUSED
    elif ticket.number in known:
        line.verdict = V.KNOWN
    else:
        line.verdict = V.NEW
        line.sealed = seal_row(batch.key, ticket.row, ticket.values)
    return line


def _count(batch, lines):
    verdicts = [line.verdict for line in lines]
    batch.new, batch.known = verdicts.count(V.NEW), verdicts.count(V.KNOWN)
    batch.refused = verdicts.count(V.REFUSED)


def _figures(batch):
    return {name: getattr(batch, name) for name in ("rows", "new", "known", "refused")}


def _end(batch, today):
    batch.key, batch.ended_on = None, today


def _opened(batch, line):
    """Return what a row says, as ``file_complaint`` takes it, with the body in charge."""
    told = open_row(batch.key, line)
    mediator, organization = told.pop("mediator_id"), told.pop("organization_id")
    told["mediator"] = mediator and Mediator.objects.get(pk=mediator)
    told["organization"] = organization and Organization.objects.get(pk=organization)
    told["division"] = in_charge_of(told, batch.division)
    told["source_on"] = date.fromisoformat(told["source_on"])
    return told


def _lock_series(told, today):
    """Lock the series of all counties in one order: two files at once would wait in a circle."""
    counties = sorted({one["division"].code[:COUNTY_DIGITS] for one in told})
    for county in counties:
        ComplaintSeries.objects.get_or_create(county=county, year=today.year)
        ComplaintSeries.objects.select_for_update().get(county=county, year=today.year)


def _enter(batch, line, told, *, by, today):
    """Enter a ticket; returns whether it was new."""
    source_on = told.pop("source_on")
    given = {"channel": Channel.HOTLINE, "source_number": line.ticket, "by": by, "today": today}
    try:
        with transaction.atomic():
            submission = f"hotline {line.ticket}"
            complaint, _code = file_complaint(submission=submission, **given, **told)
            note_entry(complaint, batch.division, source_on, by=by, today=today, batch=batch)
    except (IntegrityError, ValidationError):
        if not known_tickets([line.ticket]):
            raise
        # Somebody typed the same ticket at the same moment, in another county.
        return False
    return True
