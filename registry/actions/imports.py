"""A roster file comes in: it is received, its headings are settled, it is checked, entered, undone.

The long work is done by ``registry.imports.work``; these verbs decide who may start it and when.
"""

import hashlib
from functools import partial

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused, changing, taking
from registry import tasks
from registry.flows import ImportState
from registry.imports import progress, work
from registry.imports.reading import opened
from registry.models import ImportBatch, ImportRow

CHUNK = 1 << 20


def receive_import(file, *, kind, division, name, by):
    """Keep an uploaded roster that can be read; returns the import.

    :raises UnreadableSheet: when the file as a whole cannot be taken. Nothing is kept then.
    """
    sheet, _mapping = opened(file, kind)
    with sheet:
        rows = sum(1 for _row in sheet.rows())
    file.seek(0)
    batch = ImportBatch(
        kind=kind,
        division=division,
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
    ledger.append("registry.importbatch.receive", batch, by=by, after=ledger.snapshot(batch))


def settle_headings(pk, *, choices, by, revision=None):
    """Keep which heading is which column: {column: position from 0, or None for "not read"}."""
    reason = _("The headings were settled.")
    with changing(ImportBatch.objects, pk, by=by, reason=reason, revision=revision) as batch:
        batch.choices = choices
    return batch


def check_import(pk, *, by, today, in_background=True):
    """Read the file and keep what each row would do, for the preview."""
    work_on = tasks.check_import if in_background else work.check
    _start("check", pk, work_on, by=by, today=today)


def apply_import(pk, *, by, today, reason="", in_background=True):
    """Enter what the check has shown."""
    work_on = tasks.apply_import if in_background else work.apply
    _start("apply", pk, work_on, by=by, today=today, reason=reason)


def undo_import(pk, *, by, today, reason="", in_background=True):
    """Take back what the import did, if nobody has touched it since."""
    work_on = tasks.undo_import if in_background else work.undo
    _start("undo", pk, work_on, by=by, today=today, reason=reason)


def abandon_import(pk, *, by, today, reason=""):
    """Put an import aside that shall not be entered; its file and rows are deleted."""
    with taking("abandon", ImportBatch.objects, pk, by=by, today=today, reason=reason) as batch:
        stored = batch.file.name
        batch.file = ""
        ImportRow.objects.filter(batch=pk).delete()
        transaction.on_commit(partial(batch.file.storage.delete, stored))
    return batch


def release_import(pk, *, by, today, now):
    """Let an import be started again whose worker was stopped.

    :raises Refused: while the worker may still be at it.
    """
    batch = ImportBatch.objects.get(pk=pk)
    if batch not in ImportBatch.objects.in_work().filter(pk=pk):
        raise Refused(_("No work on this import is under way."))
    if not progress.is_silent(batch, now):
        raise Refused(_("The work is still under way."))
    step = "keep" if batch.state == ImportState.UNDOING else "fail"
    work.give_up(batch, step, _("The work was interrupted. Start it again."), by=by, today=today)


def empty_imports(*, before, now):
    """Delete file and row contents of imports that were uploaded before a moment; returns how many.

    What they did to the register stays, and the ledger tells it; it can no longer be undone.
    """
    old = ImportBatch.objects.filter(created_at__lt=before, emptied_at=None)
    pks = list(old.exclude(pk__in=ImportBatch.objects.in_work()).values_list("pk", flat=True))
    for pk in pks:
        _empty(pk, now=now)
    return len(pks)


@transaction.atomic
def _empty(pk, *, now):
    batch = ImportBatch.objects.select_for_update().get(pk=pk)
    stored, storage = batch.file.name, batch.file.storage
    ImportRow.objects.filter(batch=pk).delete()
    batch.file, batch.emptied_at = "", now
    batch.revision += 1
    batch.save()
    ledger.append("registry.importbatch.empty", batch, by=None)
    if stored:
        transaction.on_commit(partial(storage.delete, stored))


def _start(step, pk, work_on, *, by, today, reason=""):
    """Take the step under its lock, then have the work done; two officers: one wins."""
    with taking(step, ImportBatch.objects, pk, by=by, today=today, reason=reason) as batch:
        batch.fault = ""
        progress.tell(pk, 0, batch.rows)
        if hasattr(work_on, "enqueue"):
            account = by.pk if by else None
            transaction.on_commit(partial(work_on.enqueue, pk, account, today.isoformat()))
    if not hasattr(work_on, "enqueue"):
        work_on(pk, by=by, today=today)


def _digest(file):
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
