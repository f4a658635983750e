"""A complaint is received: on every channel by this one act."""

from django.db import transaction

from complaints import vault
from complaints.actions.clocks import start_clock
from complaints.models import (
    Channel,
    Complaint,
    ComplaintKey,
    ComplaintSeries,
    Mode,
    Receipt,
    StatementKind,
)
from office import ledger

COUNTY_DIGITS = 6


@transaction.atomic
def file_complaint(
    *, submission, channel, mode, facts, today, whom="", identity=None, files=(), by=None, **fields
):
    """Take a complaint and return it with the receipt code, which is kept nowhere.

    ``submission`` is the key of the form, or for machines what names the message: sent again, it
    finds the complaint it made and the same code. ``identity`` maps ``name``, ``phone``,
    ``address``; of an anonymous complaint nothing of it is kept. ``files`` are ``(content, suffix,
    name)`` of vetted files. ``fields`` are those of ``Complaint``: ``division``, ``about``,
    ``mediator``, ``organization``, ``grounds``, ``happened_on``, ``source_number``.

    The limit to accept runs from today; that of a hotline ticket as well.
    """
    code = vault.receipt_code(submission)
    code_hash = vault.slow_hash(code)
    # The series is the lock: two sendings of one form at the same moment go one after the other.
    series = _locked_series(fields["division"], today)
    if found := _of_receipt(code_hash):
        return found, code
    if fields.get("source_number"):
        # Another may be entering the same ticket: wait here, not for its row with the ledger held.
        ledger.hold()
    series.last += 1
    series.save()
    complaint = Complaint(
        number=f"TS{series.county}{series.year}{series.last:05d}",
        channel=channel,
        mode=mode,
        received_on=today,
        entered_by=by,
        text_digest=vault.digest_of(facts),
        **fields,
    )
    complaint.full_clean()
    complaint.save()
    vault.make_key(complaint)
    vault.put_receipt(complaint, code_hash)
    _fill(complaint, facts, whom, identity, files, today=today)
    _start_clocks(complaint, today)
    after = {"channel": channel, "mode": mode, "about": complaint.about}
    ledger.append("complaints.complaint.receive", complaint, by=by, after=after)
    return complaint, code


def find_by_code(code):
    """Return the complaint with this receipt code, or None; both take the same time."""
    return _of_receipt(vault.slow_hash(code))


def _of_receipt(code_hash):
    receipt = Receipt.objects.filter(code_hash=code_hash).select_related("complaint").first()
    return receipt.complaint if receipt else None


def _fill(complaint, facts, whom, identity, files, *, today):
    vault.say(complaint, StatementKind.FACTS, facts, today=today)
    if whom:
        vault.say(complaint, StatementKind.WHOM, whom, today=today)
    if identity and complaint.mode != Mode.ANONYMOUS:
        vault.put_identity(complaint, identity)
    for content, suffix, name in files:
        vault.keep_content(complaint, content, suffix, name, today=today)


def _start_clocks(complaint, today):
    start_clock(complaint, ComplaintKey.ACCEPT_DAYS, today=today)
    if complaint.channel == Channel.HOTLINE:
        start_clock(complaint, ComplaintKey.HOTLINE_DAYS, today=today)


def _locked_series(division, today):
    key = {"county": division.code[:COUNTY_DIGITS], "year": today.year}
    ComplaintSeries.objects.get_or_create(**key)
    return ComplaintSeries.objects.select_for_update().get(**key)
