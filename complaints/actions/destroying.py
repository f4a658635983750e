"""Destroying the key of an old complaint: proposed by one officer, carried out by another.

The number, the days and the result stay, and with them every statistic; text, identity and files
are gone for good, from the moment the act is stored.
"""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from complaints import vault
from complaints.actions.clocks import ruling
from complaints.models import (
    Complaint,
    ComplaintKey,
    Evidence,
    KeyDestruction,
    StatementKind,
)
from complaints.queries.keeping import due_for_destruction
from office import ledger
from office.flow import Refused, taking


@transaction.atomic
def propose_destruction(complaint, *, by, today):
    """Propose to destroy the key of a closed complaint; a second officer decides.

    :raises Refused: if it is not due yet, or was proposed already.
    """
    locked = Complaint.objects.select_for_update(of=("self",)).get(pk=complaint.pk)
    if not due_for_destruction(Complaint.objects.filter(pk=locked.pk), today).exists():
        raise Refused(_("This complaint is not due to be destroyed, or it was proposed already."))
    policy = ruling(ComplaintKey.KEEP_YEARS, locked.division_id, today)
    case = KeyDestruction(complaint=locked, policy=policy, proposed_by=by, proposed_on=today)
    case.full_clean()
    case.save()
    after = ledger.filled(case)
    ledger.append("complaints.keydestruction.propose_destruction", case, by=by, after=after)
    return case


def confirm_destruction(pk, *, by, today):
    """Destroy the key of the complaint; its files are deleted once this is stored.

    :raises Refused: if the officer proposed it, or a guard says no. Nothing is changed then.
    """
    with transaction.atomic():
        complaint = _locked_complaint(pk)
        with taking("confirm", KeyDestruction.objects, pk, by=by, today=today) as case:
            _by_another(case, by)
            case.decided_by, case.decided_on = by, today
            vault.destroy(complaint, today=today)
            # The digest tells whether a text one knows was the text.
            Complaint.objects.filter(pk=complaint.pk).update(text_digest="")
            transaction.on_commit(partial(clear_files, complaint.pk))
    return case


def reject_destruction(pk, *, by, today, reason):
    """Keep the complaint as it is; it may be proposed again. The reason lies in the complaint.

    :raises Refused: if the officer proposed it.
    """
    with transaction.atomic():
        complaint = _locked_complaint(pk)
        with taking("reject", KeyDestruction.objects, pk, by=by, today=today) as case:
            _by_another(case, by)
            case.decided_by, case.decided_on = by, today
            vault.say(complaint, StatementKind.NOTE, reason, today=today, by=by)
    return case


def clear_files(complaint_pk=None):
    """Delete the sealed files of complaints without a key, of one or of all; returns how many.

    The row forgets its file last: whoever is killed in between leaves a row to sweep by.
    """
    rows = Evidence.objects.filter(complaint__vault_key__destroyed_on__isnull=False)
    rows = rows.filter(complaint=complaint_pk) if complaint_pk else rows
    cleared = 0
    for row in rows.exclude(file=""):
        row.file.storage.delete(row.file.name)
        cleared += Evidence.objects.filter(pk=row.pk).update(file="")
    return cleared


def _locked_complaint(pk):
    """Lock the complaint before its case, as an act that opens the complaint again does."""
    found = KeyDestruction.objects.values("complaint").filter(pk=pk)
    return Complaint.objects.select_for_update(of=("self",)).get(pk__in=found)


def _by_another(case, by):
    if case.proposed_by_id == by.pk:
        raise Refused(_("Whoever proposed the destruction does not decide on it."))
