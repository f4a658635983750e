"""An import whose process is killed while it is entered: nothing of it, and it can be entered."""

import os
import subprocess
import sys

import pytest

from complaints import actions
from complaints.models import Complaint, Statement, VaultKey
from office import ledger
from tests.complaints import make_entered as made
from tests.complaints.make_complaints import figures, handler
from tests.make import TODAY
from tests.registry.test_closures_killed import ROOT, address

# Ends the process as a power failure would, while the given entry of the ledger is written.
SCRIPT = """
import os, signal, sys
from datetime import date

import django

django.setup()

from complaints import actions
from office import ledger
from office.models import User

pk, by, today, fatal = sys.argv[1:]
append, entries = ledger.append, []

def append_or_die(*args, **given):
    entries.append(args)
    if len(entries) == int(fatal):
        os.kill(os.getpid(), signal.SIGKILL)
    return append(*args, **given)

ledger.append = append_or_die
officer = User.objects.get(pk=by)
actions.enter_hotline_import(int(pk), by=officer, today=date.fromisoformat(today))
"""
KILLED = -9


def enter(batch, fatal):
    """Enter the file in a process of its own; return how that process ended."""
    told = [batch.pk, batch.uploaded_by_id, TODAY, fatal]
    own = {"DEBUG": "1", "DJANGO_SETTINGS_MODULE": "portal.settings", "DATABASE_URL": address()}
    command = [sys.executable, "-c", SCRIPT, *map(str, told)]
    return subprocess.run(  # noqa: S603
        command, cwd=ROOT, env={**os.environ, **own}, check=False, timeout=120
    ).returncode


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fatal", [1, 2, 4])
def test_a_killed_import_leaves_nothing_and_can_be_entered(fatal):
    figures()
    batch = made.checked(*[made.row(f"T-{number}") for number in range(3)], by=handler())
    assert enter(batch, fatal) == KILLED
    assert not Complaint.objects.exists()
    assert not VaultKey.objects.exists()
    assert not Statement.objects.exists()
    batch.refresh_from_db()
    assert batch.state == "checked"
    actions.enter_hotline_import(batch.pk, by=batch.uploaded_by, today=TODAY)
    assert Complaint.objects.count() == 3
    assert ledger.faults() == []
