"""Save the database and the uploaded files, and bring them back, proved by digests and the ledger.

The keys of the personal data are never in a backup; without them nobody reads that data.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage, storages
from django.db import connection
from django.utils.translation import gettext as _

from office import ledger

CONTENTS = "contents.json"
DATABASES = {"postgresql": "database.dump", "sqlite": "database.sqlite3"}
STORES = {"default": "files.tar", "private": "private-files.tar"}


def save(into, now):
    """Write a backup into a new directory below ``into``; returns it.

    The directory gets its name last: one without ``.part`` is complete.
    """
    target = Path(into) / now.strftime("%Y%m%dT%H%M%S")
    part = target.with_suffix(".part")
    part.mkdir(parents=True, mode=0o700)
    head = str(ledger.head())
    _save_database(part / DATABASES[connection.vendor])
    for name, store in _own_stores():
        Path(store.location).mkdir(parents=True, exist_ok=True)
        with tarfile.open(part / name, "w") as archive:
            archive.add(store.location, arcname=".")
    digests = {path.name: digest(path) for path in sorted(part.iterdir())}
    contents = {"saved_at": now.isoformat(), "ledger_head": head, "files": digests}
    (part / CONTENTS).write_text(json.dumps(contents, indent=1))
    part.rename(target)
    return target


def prune(into, oldest):
    """Remove the backups that were begun before ``oldest``; returns how many."""
    name = oldest.strftime("%Y%m%dT%H%M%S")
    old = [path for path in Path(into).glob("*T*") if path.is_dir() and path.name < name]
    for path in old:
        shutil.rmtree(path)
    return len(old)


def restore(backup):
    """Replace database and uploaded files by those of a backup; returns the ledger's head in it.

    :raises ValidationError: if the backup is damaged or of another database; nothing changes then.
        Also if the ledger that came back is not whole.
    """
    backup = Path(backup)
    contents = _checked(backup)
    _restore_database(backup / DATABASES[connection.vendor])
    for name, store in _own_stores():
        if name in contents["files"]:
            with tarfile.open(backup / name) as archive:
                archive.extractall(store.location, filter="data")
    if faults := ledger.faults(ledger.Head.read(contents["ledger_head"])):
        raise ValidationError(faults)
    return contents["ledger_head"]


def digest(path):
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _own_stores():
    """Return the stores of uploaded files that lie on this machine; an object store has copies."""
    stores = {name: storages[alias] for alias, name in STORES.items()}
    return [item for item in stores.items() if isinstance(item[1], FileSystemStorage)]


def _checked(backup):
    try:
        contents = json.loads((backup / CONTENTS).read_text())
        damaged = [
            name for name, noted in contents["files"].items() if digest(backup / name) != noted
        ]
    except (OSError, ValueError, KeyError) as error:
        raise ValidationError(_("%(place)s holds no backup.") % {"place": backup}) from error
    if damaged:
        raise ValidationError(_("The backup is damaged: %(names)s") % {"names": ", ".join(damaged)})
    if DATABASES[connection.vendor] not in contents["files"]:
        raise ValidationError(_("The backup is of another kind of database."))
    return contents


def _save_database(target):
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(target)])
    else:
        _run_postgres("pg_dump", "--format=custom", f"--file={target}")


def _restore_database(source):
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(source) as saved:
            saved.backup(connection.connection)
    else:
        connection.close_pool()
        _run_postgres(
            "pg_restore", "--clean", "--if-exists", "--no-owner", "--exit-on-error",
            "--single-transaction", f"--dbname={connection.settings_dict['NAME']}", str(source),
        )  # fmt: skip


def _run_postgres(program, *arguments):
    database = connection.settings_dict
    address = {
        "PGHOST": database["HOST"],
        "PGPORT": str(database["PORT"] or ""),
        "PGUSER": database["USER"],
        "PGPASSWORD": database["PASSWORD"],
        "PGDATABASE": database["NAME"],
    }
    given = {name: value for name, value in address.items() if value}
    subprocess.run([program, *arguments], env={**os.environ, **given}, check=True)  # noqa: S603
