"""How far the background work on an import of cases has come."""

from registry.imports import progress
from registry.imports.progress import SILENT_SECONDS


def tell(pk, done, total):
    """Say how far the work is."""
    progress.tell(_name(pk), done, total)


def told(pk):
    """Return what was told last, or None."""
    return progress.told(_name(pk))


def forget(pk):
    """Say that no work is under way."""
    progress.forget(_name(pk))


def is_silent(batch, now):
    """Whether nothing was heard of the work for so long that its worker must have been stopped."""
    last = told(batch.pk)
    return (now - (last.at if last else batch.changed_at)).total_seconds() > SILENT_SECONDS


def _name(pk):
    return f"of-cases-{pk}"
