"""A migrated database to copy: migrations cost many seconds, a copy hardly any.

Made anew whenever a migration or a requirement changes; kept in ``var/``, which is not in git.
``python -m tests.databases`` makes that of SQLite and that of PostgreSQL side by side.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psycopg

from tests.cluster import cluster, programs

ROOT = Path(__file__).parent.parent
KEPT = ROOT / "var" / "test-databases"


def fingerprint():
    """Return a digest of all that decides what a migrated database looks like."""
    digest = hashlib.sha256()
    for path in sorted([ROOT / "requirements.txt", *ROOT.glob("*/migrations/*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def kept(suffix, make):
    """Return the path of what ``make`` made of the migrations of today; one process makes it."""
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"{fingerprint()}.{suffix}"
    with (KEPT / f"{suffix}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            for old in KEPT.glob(f"*.{suffix}"):
                old.unlink()
            made = KEPT / f"new.{suffix}"
            make(made)
            made.rename(path)
    return path


def migrate(address):
    own = {"DEBUG": "1", "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "portal.settings"}
    command = [sys.executable, "-m", "tests.migrating"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **own}, check=True)  # noqa: S603


def migrated_file():
    return kept("sqlite3", lambda made: migrate(f"sqlite:///{made}"))


def migrated_dump(server):
    def dump(made):
        create(server, "migrated")
        migrate(f"{server}/migrated")
        run("pg_dump", "--format=custom", f"--file={made}", f"{server}/migrated")

    return kept("dump", dump)


def copy_migrated(target):
    """Put a copy of a migrated SQLite database at ``target``."""
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(migrated_file(), target)


def load_migrated(settings, name):
    """Create a migrated PostgreSQL database called ``name`` on the server of the settings."""
    server = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}".format(**settings)
    dumped = migrated_dump(server)
    create(server, name)
    run("pg_restore", "--no-owner", f"--dbname={server}/{name}", str(dumped))


def make_both():
    """Make what is not kept yet; the server is only there to make the dump."""
    with cluster() as address, ThreadPoolExecutor() as side_by_side:
        made = [
            side_by_side.submit(migrated_file),
            side_by_side.submit(migrated_dump, address.rpartition("/")[0]),
        ]
        for one in made:
            one.result()


def create(server, name):
    with closing(psycopg.connect(f"{server}/postgres", autocommit=True)) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        connection.execute(f'CREATE DATABASE "{name}"')


def run(program, *arguments):
    subprocess.run([programs() / program, *arguments], check=True)  # noqa: S603


if __name__ == "__main__":
    if not all((KEPT / f"{fingerprint()}.{suffix}").exists() for suffix in ("sqlite3", "dump")):
        make_both()
