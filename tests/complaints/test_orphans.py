"""Sealed files that a killed sending left without a row: swept once they are old, and no others."""

import os
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from complaints import vault
from complaints.actions import clear_files, sweep_orphans
from complaints.actions.orphans import KEPT_FOR
from complaints.models import Complaint, Evidence, VaultKey
from tests.complaints.make_complaints import figures, received
from tests.make import TODAY

STORAGE = Evidence._meta.get_field("file").storage
MINUTE = timedelta(minutes=1)
TEXT = "现场记录"


@pytest.fixture(autouse=True)
def world(db):
    """Begin without the files that other tests left when their rows were rolled back."""
    figures()
    sweep_orphans(now=timezone.now() + 2 * KEPT_FOR)


def aged(name, age):
    """Make a stored file as old as this."""
    at = (timezone.now() - age).timestamp()
    os.utime(STORAGE.path(name), (at, at))
    return name


def orphan(age, name="complaints/left.sealed"):
    return aged(STORAGE.save(name, ContentFile(b"sealed")), age)


def with_a_file(**given):
    made, _code = received(files=[(TEXT.encode(), ".txt", "记录.txt")], **given)
    return Evidence.objects.get(complaint=made)


def swept():
    said = StringIO()
    call_command("sweep_orphans", stdout=said)
    return said.getvalue()


def test_an_old_file_without_a_row_goes_and_one_with_a_row_stays():
    kept, old, young = with_a_file(), orphan(KEPT_FOR + MINUTE), orphan(KEPT_FOR - MINUTE)
    aged(kept.file.name, 100 * KEPT_FOR)

    assert swept() == "1 sealed files without a row deleted\n"

    assert [STORAGE.exists(name) for name in (kept.file.name, old, young)] == [True, False, True]
    assert vault.content_of(kept).decode() == TEXT
    assert swept() == ""


def test_sweeping_the_house_sweeps_them_and_says_how_many():
    left = [orphan(2 * KEPT_FOR) for _number in range(2)]
    said = StringIO()

    call_command("sweep", stdout=said)

    assert "2 sealed files without a row deleted\n" in said.getvalue()
    assert [STORAGE.exists(name) for name in left] == [False, False]


def test_the_file_of_a_sending_that_was_not_stored_is_left_alone_until_it_is_old():
    with transaction.atomic():
        name = with_a_file().file.name
        transaction.set_rollback(True)
    assert not Complaint.objects.exists()

    assert sweep_orphans(now=timezone.now()) == 0
    assert STORAGE.exists(name)
    assert sweep_orphans(now=timezone.now() + KEPT_FOR + MINUTE) == 1
    assert not STORAGE.exists(name)


def test_what_is_not_a_sealed_file_of_a_complaint_is_not_touched():
    others = [
        orphan(2 * KEPT_FOR, "complaints/readme.txt"),
        orphan(2 * KEPT_FOR, "documents/left.sealed"),
    ]

    assert swept() == ""

    assert [STORAGE.exists(name) for name in others] == [True, True]
    for name in others:
        STORAGE.delete(name)


def test_a_row_whose_file_was_destroyed_protects_no_other_file():
    row = with_a_file()
    VaultKey.objects.update(key=None, destroyed_on=TODAY)
    clear_files(row.complaint_id)
    left = orphan(2 * KEPT_FOR)

    assert swept() == "1 sealed files without a row deleted\n"
    assert not STORAGE.exists(left)


def test_before_the_first_file_there_is_nothing_to_sweep():
    folder = STORAGE.path("complaints")
    if os.path.isdir(folder):
        os.rename(folder, f"{folder}.aside")
    try:
        assert swept() == ""
    finally:
        if os.path.isdir(f"{folder}.aside"):
            os.rename(f"{folder}.aside", folder)
