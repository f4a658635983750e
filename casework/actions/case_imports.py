"""A file of cases comes in: received, its headings settled, checked, entered, undone.

The long work is done by ``casework.imports.work``; these verbs decide who may start it and when.
"""

import hashlib
from functools import partial

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from casework.imports import progress, work
from casework.imports.reading import opened
from casework.models import CaseImport, CaseImportRow
from casework.tasks import case_imports as tasks
from office import ledger
from office.flow import Refused, changing, taking
from registry.flows import ImportState
from registry.models import Verdict

CHUNK = 1 << 20


def receive_case_import(file, *, division, name, by, organization=None):
    """Keep an uploaded file that can be read; returns the import.

    With an organisation only its own cases may stand in the file.

    :raises UnreadableSheet: when the file as a whole cannot be taken. Nothing is kept then.
    """
    sheet, _mapping = opened(file)
    with sheet:
        rows = sum(1 for _row in sheet.rows())
    batch = CaseImport(
        division=division,
        organization=organization,
        file_name=name[-200:],
        digest=_digest(file),
        uploaded_by=by,
        rows=rows,
        choices={},
    )
    file.seek(0)
    batch.file.save(name, File(file), save=False)
    try:
        _enter(batch, by=by)
    except BaseException:
        batch.file.delete(save=False)
        raise
    return batch


@transaction.atomic
def _enter(batch, *, by):
    batch.full_clean()
    batch.save()
    ledger.append("casework.caseimport.receive", batch, by=by, after=ledger.snapshot(batch))


def settle_case_headings(pk, *, choices, by, revision=None):
    """Keep which heading is which column: {column: position from 0, or None for "not read"}."""
    reason = _("The headings were settled.")
    with changing(CaseImport.objects, pk, by=by, reason=reason, revision=revision) as batch:
        batch.choices = choices
    return batch


def check_case_import(pk, *, by, today, in_background=True):
    """Read the file and keep what each row would do, for the preview."""
    work_on = tasks.check_case_import if in_background else work.check
    _start("check", pk, work_on, by=by, today=today)


def apply_case_import(pk, *, by, today, reason="", in_background=True):
    """Enter what the check has shown."""
    work_on = tasks.apply_case_import if in_background else work.apply
    _start("apply", pk, work_on, by=by, today=today, reason=reason)


def undo_case_import(pk, *, by, today, reason="", in_background=True):
    """Take back what the import did, if nothing was built upon it since."""
    work_on = tasks.undo_case_import if in_background else work.undo
    _start("undo", pk, work_on, by=by, today=today, reason=reason)


def abandon_case_import(pk, *, by, today, reason=""):
    """Put an import aside that shall not be entered; its file and rows are deleted."""
    with taking("abandon", CaseImport.objects, pk, by=by, today=today, reason=reason) as batch:
        stored = batch.file.name
        batch.file = ""
        CaseImportRow.objects.filter(batch=pk).delete()
        if stored:
            transaction.on_commit(partial(batch.file.storage.delete, stored))
    return batch


def release_case_import(pk, *, by, today, now):
    """Let an import be started again whose worker was stopped.

    :raises Refused: while the worker may still be at it.
    """
    batch = CaseImport.objects.get(pk=pk)
    if not CaseImport.objects.in_work().filter(pk=pk).exists():
        raise Refused(_("No work on this import is under way."))
    if not progress.is_silent(batch, now):
        raise Refused(_("The work is still under way."))
    step = "keep" if batch.state == ImportState.UNDOING else "fail"
    work.give_up(batch, step, _("The work was interrupted. Start it again."), by=by, today=today)


def empty_case_imports(*, before, now):
    """Delete files, and rows that changed nothing, of imports uploaded before a moment.

    What an import did to cases is their history and stays. Returns how many were emptied.
    """
    old = CaseImport.objects.filter(created_at__lt=before, emptied_at=None)
    pks = list(old.exclude(pk__in=CaseImport.objects.in_work()).values_list("pk", flat=True))
    for pk in pks:
        _empty(pk, now=now)
    return len(pks)


@transaction.atomic
def _empty(pk, *, now):
    batch = CaseImport.objects.select_for_update().get(pk=pk)
    stored, storage = batch.file.name, batch.file.storage
    rows = CaseImportRow.objects.filter(batch=pk)
    if batch.content_digest:
        rows = rows.filter(verdict=Verdict.ERROR)
    rows.delete()
    batch.file, batch.emptied_at = "", now
    batch.revision += 1
    batch.save()
    ledger.append("casework.caseimport.empty", batch, by=None)
    if stored:
        transaction.on_commit(partial(storage.delete, stored))


def _start(step, pk, work_on, *, by, today, reason=""):
    """Take the step under its lock, then have the work done; two officers: one wins."""
    with taking(step, CaseImport.objects, pk, by=by, today=today, reason=reason) as batch:
        batch.fault = ""
        progress.tell(pk, 0, batch.rows)
        if hasattr(work_on, "enqueue"):
            account = by.pk if by else None
            transaction.on_commit(partial(work_on.enqueue, pk, account, today.isoformat()))
    if not hasattr(work_on, "enqueue"):
        work_on(pk, by=by, today=today)


def _digest(file):
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
