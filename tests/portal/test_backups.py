"""A backup brings back exactly what was there, and says so when it cannot."""

import shutil
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from office import ledger
from portal import backups
from registry.models import Organization
from tests import make

NOW = datetime(2026, 3, 2, 2, 10, tzinfo=timezone.get_default_timezone())
DAY = timedelta(days=1)


@pytest.fixture
def _files(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    private = {**settings.STORAGES["private"], "OPTIONS": {"location": tmp_path / "private"}}
    settings.STORAGES = {**settings.STORAGES, "private": private}


@pytest.fixture
def saved(tmp_path, transactional_db, _files):
    """A backup of one organisation, one entry of the ledger and one file."""
    body = make.organization(name="枫桥镇人民调解委员会")
    ledger.append("registry.organization.change", body, by=None)
    default_storage.save("photo.txt", ContentFile(b"a picture"))
    storages["private"].save("roster.txt", ContentFile(b"a roster"))
    return backups.save(tmp_path / "backups", NOW)


def test_what_was_lost_after_the_backup_comes_back(saved):
    head = str(ledger.head())
    Organization.objects.all().delete()
    default_storage.delete("photo.txt")
    shutil.rmtree(storages["private"].location)

    assert backups.restore(saved) == head

    assert [body.name for body in Organization.objects.all()] == ["枫桥镇人民调解委员会"]
    with default_storage.open("photo.txt") as stream:
        assert stream.read() == b"a picture"
    with storages["private"].open("roster.txt") as stream:
        assert stream.read() == b"a roster"
    assert ledger.faults() == []


def test_what_was_written_after_the_backup_is_gone(saved):
    make.organization(name="别处的调解委员会")

    backups.restore(saved)

    assert Organization.objects.count() == 1


def test_a_damaged_backup_changes_nothing(saved):
    Organization.objects.all().delete()
    with (saved / "files.tar").open("ab") as stream:
        stream.write(b"!")

    with pytest.raises(ValidationError, match=r"files\.tar"):
        backups.restore(saved)

    assert Organization.objects.count() == 0


def test_a_place_without_a_backup_is_refused(tmp_path, db):
    with pytest.raises(ValidationError):
        backups.restore(tmp_path)


def test_restoring_asks_to_be_meant(saved):
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", saved)

    said = StringIO()
    call_command("restore", saved, replace=True, stdout=said)

    assert said.getvalue() == f"Restored; the ledger is whole, its head is {ledger.head()}\n"


@pytest.mark.parametrize(("age", "kept"), [(30 * DAY, True), (30 * DAY + DAY, False)])
def test_a_backup_is_kept_for_its_days(tmp_path, age, kept):
    old = tmp_path / (NOW - age).strftime("%Y%m%dT%H%M%S")
    old.mkdir()

    backups.prune(tmp_path, NOW - 30 * DAY)

    assert old.exists() is kept


def task(status, **times):
    return DBTaskResult.objects.create(
        task_path="portal.tasks.nothing",
        args_kwargs={"args": [], "kwargs": {}},
        run_after=get_date_max(),
        backend_name="default",
        status=status,
        **times,
    )


@pytest.mark.parametrize(
    ("since", "status"), [(timedelta(hours=6), "RUNNING"), (timedelta(hours=7), "READY")]
)
def test_the_task_of_a_killed_worker_goes_back_in_the_queue(db, time_machine, since, status):
    time_machine.move_to(NOW, tick=False)
    lost = task("RUNNING", started_at=NOW - since)

    call_command("sweep", stdout=StringIO())

    lost.refresh_from_db()
    assert lost.status == status


def test_a_result_is_swept_after_thirty_days(db, time_machine):
    time_machine.move_to(NOW, tick=False)
    kept = task("FAILED", finished_at=NOW - 30 * DAY)
    task("SUCCESSFUL", finished_at=NOW - 31 * DAY)

    call_command("sweep", stdout=StringIO())

    assert list(DBTaskResult.objects.all()) == [kept]
