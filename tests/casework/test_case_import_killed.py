"""An import whose process is killed while it is entered or taken back: all of it, or nothing."""

import os
import subprocess
import sys

import pytest

from casework import actions
from casework.models import CaseImport, CaseRecord, CaseShare
from casework.queries.case_imports import IN_WORK
from office import ledger
from tests.casework.case_files import checked, row, world
from tests.make import DAY, TODAY
from tests.registry.test_closures_killed import ROOT, address

# Ends the process as a power failure would, while the given row is made.
SCRIPT = """
import os, signal, sys
from datetime import date

import django

django.setup()

from django.db.models import signals
from casework import actions
from casework.imports import lines
from casework.models import CaseRecord, CaseShare

act, pk, today, fatal = sys.argv[1:]
lines.CHUNK, made = 4, []

def count_or_die(**given):
    made.append(given)
    if len(made) == int(fatal):
        os.kill(os.getpid(), signal.SIGKILL)

signals.post_init.connect(count_or_die, sender=CaseRecord)
signals.post_init.connect(count_or_die, sender=CaseShare)
getattr(actions, act)(int(pk), by=None, today=date.fromisoformat(today), in_background=False)
"""
KILLED = -9


def work(act, batch, fatal):
    """Have the work done in a process of its own; return how that process ended."""
    told = [act, batch.pk, TODAY, fatal]
    own = {"DEBUG": "1", "DJANGO_SETTINGS_MODULE": "portal.settings", "DATABASE_URL": address()}
    command = [sys.executable, "-c", SCRIPT, *map(str, told)]
    return subprocess.run(  # noqa: S603
        command, cwd=ROOT, env={**os.environ, **own}, check=False, timeout=120
    ).returncode


def everything():
    cases = CaseRecord.objects.order_by("number").values_list("number", "people", "revision")
    return list(cases), CaseShare.objects.count()


def released(batch):
    """The import after an officer let it be started again."""
    batch = CaseImport.objects.get(pk=batch.pk)
    assert batch.state in IN_WORK
    later = batch.changed_at + DAY
    actions.release_case_import(batch.pk, by=None, today=TODAY, now=later)
    return CaseImport.objects.get(pk=batch.pk)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fatal", [1, 7, 19])
def test_a_killed_import_leaves_nothing_and_can_be_resumed(fatal):
    world()
    batch = checked(*[row(f"A{n:02d}") for n in range(10)])
    assert work("apply_case_import", batch, fatal) == KILLED
    assert everything() == ([], 0)
    batch = released(batch)
    assert batch.state == "failed"
    given = {"by": None, "today": TODAY, "in_background": False}
    actions.check_case_import(batch.pk, **given)
    actions.apply_case_import(batch.pk, **given)
    assert CaseRecord.objects.count() == 10
    assert ledger.faults() == []


@pytest.mark.django_db(transaction=True)
def test_a_killed_undoing_leaves_everything():
    world()
    batch = checked(*[row(f"A{n:02d}") for n in range(10)])
    given = {"by": None, "today": TODAY, "in_background": False}
    actions.apply_case_import(batch.pk, **given)
    before = everything()
    assert work("undo_case_import", batch, 9) == KILLED
    assert everything() == before
    assert released(batch).state == "applied"
    actions.undo_case_import(batch.pk, **given)
    assert everything() == ([], 0)
