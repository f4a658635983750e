"""Sealed files without a row: what the process left that was killed while a complaint was sent."""

from contextlib import suppress
from datetime import timedelta

from complaints.models import Evidence

# A setting of the house, no rule. A file is written before its row is stored, which takes seconds;
# after a week it lies in the nightly backups as well, should the database be the one that is wrong.
KEPT_FOR = timedelta(days=7)
SUFFIX = ".sealed"


def sweep_orphans(*, now):
    """Delete the sealed files that have been without a row for ``KEPT_FOR``; returns how many.

    The storage is listed before the rows are asked for: no file that is found lacks a row that is
    stored in between.
    """
    field = Evidence._meta.get_field("file")
    stored = _stored(field.storage, field.upload_to)
    known = set(Evidence.objects.exclude(file="").values_list("file", flat=True))
    swept = 0
    for name in stored:
        if name not in known and _is_old(field.storage, name, now):
            field.storage.delete(name)
            swept += 1
    return swept


def _stored(storage, folder):
    """Return the names of the sealed files; before the first there is no folder."""
    with suppress(FileNotFoundError):
        names = storage.listdir(folder)[1]
        return [f"{folder}{name}" for name in names if name.endswith(SUFFIX)]
    return []


def _is_old(storage, name, now):
    """Tell whether a file is; one that somebody else deleted meanwhile is not."""
    with suppress(FileNotFoundError):
        return now - storage.get_modified_time(name) > KEPT_FOR
    return False
