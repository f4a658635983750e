"""A complaint comes in by an officer: at the window, by letter, by the hotline, from above."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from complaints import vault
from complaints.actions.filing import file_complaint, find_by_code
from complaints.models import (
    Channel,
    Complaint,
    ComplaintEntry,
    EnteredComplaint,
    StatementKind,
)
from office.flow import Refused
from office.scopes import grants_of
from registry.models import Division

ENTER = "complaints.add_enteredcomplaint"
SEE = "complaints.view_enteredcomplaint"
BY_OFFICERS = [Channel.WINDOW, Channel.LETTER, Channel.UPPER, Channel.HOTLINE]
# Twelve digits; the first six are those of the county, or of the city and two zeros.
BELOW_A_COUNTY = 10**6


def enter_complaint(*, submission, by, today, channel, source_on=None, source_body="", **told):
    """Take a complaint that an officer typed; return it with the code, as ``file_complaint``.

    The officer is given no access: what was typed cannot be read by the same officer again.
    ``told`` is what ``file_complaint`` takes, without ``division``; ``source_body`` names who
    passed it on. A form that was sent before gives what it gave then.

    :raises Refused: if the officer serves nowhere, or the ticket or letter was entered before.
    """
    submission = f"{by.pk}-{submission}"
    code = vault.receipt_code(submission)
    if found := find_by_code(code):
        return found, code
    place = place_of(by)
    given = told | {"submission": submission, "channel": channel, "by": by, "today": today}
    try:
        with transaction.atomic():
            complaint, code = file_complaint(division=in_charge_of(told, place), **given)
            # Two sendings at the same moment: the second finds what the first has made.
            if not ComplaintEntry.objects.filter(complaint=complaint).exists():
                note_entry(complaint, place, source_on, source_body, by=by, today=today)
    except (IntegrityError, ValidationError):
        refuse_known(channel, told.get("source_number", ""), by)
        raise
    return complaint, code


def note_entry(complaint, place, source_on, source_body="", *, by, today, batch=None):
    """Note where a complaint was entered; who passed it on goes into the case, sealed."""
    entry = ComplaintEntry(complaint=complaint, division=place, source_on=source_on, batch=batch)
    entry.full_clean()
    entry.save()
    if source_body:
        vault.say(complaint, StatementKind.NOTE, source_body, today=today, by=by)


def place_of(user):
    """Return where an officer takes complaints. :raises Refused: if nowhere."""
    places = [one.low for one in grants_of(user, ENTER) if one.low is not None]
    if not places:
        raise Refused(_("You hold no post that takes complaints."))
    return Division.objects.get(pk=places[0])


def in_charge_of(told, place):
    """Return the county, or the city, of whom it is about; of the officer, if that is unknown."""
    body = told.get("organization")
    number = body.division_id if body else place.pk
    return Division.objects.get(pk=number // BELOW_A_COUNTY * BELOW_A_COUNTY)


def refuse_known(channel, number, by):
    """Say that a ticket or letter was entered before, and as which complaint, if it may be seen.

    :raises Refused: if it was.
    """
    same = {"channel": channel, "source_number": number}
    if not number or not Complaint.objects.filter(**same).exists():
        return
    seen = EnteredComplaint.objects.within(by, SEE).filter(**same).first()
    if seen is None:
        raise Refused(_("This ticket or letter was entered before."))
    raise Refused(
        _("This ticket or letter was entered before: it is complaint %(number)s.")
        % {"number": seen.number}
    )
