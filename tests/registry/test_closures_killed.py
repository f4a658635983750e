"""A deregistration whose process is killed in the middle: everything as before, or all of it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from office import ledger
from registry.models import Appointment, Closure, ClosureItem, MediatorRow, Organization, Post
from tests import make
from tests.registry import cases
from tests.registry.cases import TERM

ROOT = Path(__file__).parents[2]
# Ends the process as a power failure would, before the given entry of the ledger is written.
SCRIPT = """
import os, signal, sys
from datetime import date

import django

django.setup()

from office import ledger
from office.models import User
from registry.actions import closures

pk, by, today, fatal, name = sys.argv[1:]
append, entries = ledger.append, []

def append_or_die(*args, **given):
    entries.append(args)
    if len(entries) == int(fatal):
        os.kill(os.getpid(), signal.SIGKILL)
    return append(*args, **given)

ledger.append = append_or_die
closures.carry_out_closure(
    int(pk), by=User.objects.get(pk=by), today=date.fromisoformat(today), reason="会议决定。",
    typed_name=name,
)
"""
NEVER = 0
# Two entries for each of three people, one for the clerk's post, two for its item and the
# organisation, one for the case: the first, some in the middle, the very last.
FATAL = [1, 2, 5, 8, 10]


def address():
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**given)


def carry_out(row, by, fatal):
    """Carry the case out in a process of its own; return how that process ended."""
    told = [row.pk, by.pk, row.notice.starts_on + TERM, fatal, row.organization.name]
    own = {"DEBUG": "1", "DJANGO_SETTINGS_MODULE": "portal.settings", "DATABASE_URL": address()}
    command = [sys.executable, "-c", SCRIPT, *map(str, told)]
    return subprocess.run(  # noqa: S603
        command, cwd=ROOT, env={**os.environ, **own}, check=False, timeout=120
    ).returncode


def everything():
    models = [Organization, Appointment, Closure, ClosureItem, Post, MediatorRow]
    return [list(model.objects.order_by("pk").values()) for model in models], ledger.head()


@pytest.mark.django_db(transaction=True)
def test_a_killed_deregistration_leaves_everything_as_it_was():
    cases.load_rules()
    body, officer = make.organization(), cases.county_officer()
    people = [make.appointment(body=body) for _person in range(3)]
    make.officer("clerk", body)
    row = cases.closure("proposed", body=body)
    before = everything()

    for fatal in FATAL:
        assert carry_out(row, officer, fatal) == -signal.SIGKILL
        assert everything() == before
    assert carry_out(row, officer, NEVER) == 0

    states = set(Appointment.objects.filter(pk__in=[p.pk for p in people]).values_list("state"))
    assert Closure.objects.get(pk=row.pk).state == "carried_out"
    assert Organization.objects.get(pk=body.pk).state == "deregistered"
    assert states == {("ended",)}
    assert ledger.faults() == []
