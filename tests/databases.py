"""A migrated database to copy: migrations cost eight seconds, a copy none.

Made anew whenever a migration or a requirement changes; kept in ``var/``, which is not in git.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
KEPT = ROOT / "var" / "test-databases"


def fingerprint():
    """Return a digest of all that decides what a migrated database looks like."""
    digest = hashlib.sha256()
    for path in sorted([ROOT / "requirements.txt", *ROOT.glob("*/migrations/*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def migrated():
    """Return the path of an SQLite file with every migration applied; one process makes it."""
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"{fingerprint()}.sqlite3"
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            for old in KEPT.glob("*.sqlite3*"):
                old.unlink()
            _migrate(path)
    return path


def _migrate(path):
    made = path.with_suffix(".new")
    made.unlink(missing_ok=True)
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=ROOT,
        env={**os.environ, "DEBUG": "1", "DATABASE_URL": f"sqlite:///{made}",
             "DJANGO_SETTINGS_MODULE": "portal.settings"},
        check=True,
    )  # fmt: skip
    made.rename(path)


def copy_migrated(target):
    """Put a copy of the migrated database at ``target``."""
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(migrated(), target)
