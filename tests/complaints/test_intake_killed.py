"""A sending whose process is killed: nothing, or one complaint; sent again, the same code."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from complaints import vault
from complaints.actions import drafts
from complaints.models import Complaint, Evidence, IntakeDraft, Receipt, Statement
from complaints.vault import receipt_code
from tests.complaints.make_complaints import figures
from tests.complaints.make_intake import Citizen, listed, picture
from tests.complaints.test_intake import CODE
from tests.registry.test_closures_killed import address

ROOT = Path(__file__).parents[2]
# Ends the process as a power failure would, once the named function has been called.
SCRIPT = """
import os, signal, sys

import django

django.setup()

from importlib import import_module

from django.test import Client

place, name, key = sys.argv[1:]
module = import_module(place)
real = getattr(module, name)

def last(*args, **given):
    real(*args, **given)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(module, name, last)
browser = Client(SERVER_NAME="localhost")
browser.cookies["complaint_draft"] = key
browser.post("/complaints/new/check/")
"""


def send_and_die(key, place, name):
    """Send the form in a process of its own that dies there; return how it ended."""
    own = {"DEBUG": "1", "DJANGO_SETTINGS_MODULE": "portal.settings", "DATABASE_URL": address()}
    command = [sys.executable, "-c", SCRIPT, place, name, key]
    return subprocess.run(  # noqa: S603
        command, cwd=ROOT, env={**os.environ, **own}, check=False, timeout=120
    ).returncode


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("place", "name", "stays"),
    [
        ("complaints.vault", "make_key", 0),
        ("complaints.vault", "keep_content", 0),
        ("office.ledger", "append", 0),
        ("complaints.views.intake.sending", "submit_draft", 1),
    ],
)
def test_killed_on_the_way_there_is_nothing_or_one_and_never_a_second(place, name, stays):
    cache.clear()
    figures()
    citizen = Citizen(Client())
    citizen.up_to_check(listed(), happened_on="")
    citizen.send("new/evidence", files=[picture()])
    submission = drafts.read_draft(citizen.key, now=timezone.now()).submission
    connection.close()

    assert send_and_die(citizen.key, place, name) == -signal.SIGKILL

    assert [one.objects.count() for one in (Complaint, Receipt, Evidence)] == [stays] * 3
    citizen.send("new/check")
    assert CODE.search(citizen.text)[0] == receipt_code(submission)
    assert [one.objects.count() for one in (Complaint, Receipt, Evidence)] == [1] * 3
    assert Statement.objects.count() == 1
    assert IntakeDraft.objects.count() == 1
    assert vault.content_of(Evidence.objects.get()).startswith(b"\xff\xd8")
