"""What a monitor is told, and when a node takes itself out of service."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from portal.health import TASKS_ARE_LATE_AFTER, background_work

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.get_default_timezone())
MINUTE = timedelta(minutes=1)
WELL = {"database": "ok", "migrations": "ok", "cache": "ok", "tasks": "ok"}


def queued(time_machine, at, run_after=None):
    time_machine.move_to(at, tick=False)
    return DBTaskResult.objects.create(
        task_path="portal.tasks.nothing",
        args_kwargs={"args": [], "kwargs": {}},
        run_after=run_after or get_date_max(),
        backend_name="default",
    )


def test_a_living_process_says_so_without_asking_the_database(client):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_neither_answer_is_kept_by_a_cache(client, db):
    for address in ("/healthz", "/readyz"):
        assert "no-store" in client.get(address)["Cache-Control"].split(", ")


def test_health_is_only_read(client):
    assert client.post("/healthz").status_code == 405
    assert client.post("/readyz").status_code == 405


def test_a_node_that_can_work_is_ready(client, db):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (200, WELL)


def test_a_node_that_waits_for_a_migration_is_not_ready(client, db):
    MigrationRecorder(connection).record_unapplied("portal", "0001_initial")

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {**WELL, "migrations": "pending", "tasks": "unknown"}


def test_a_node_whose_cache_fails_is_not_ready(client, db, monkeypatch):
    def fail(*args, **kwargs):
        raise ConnectionError

    monkeypatch.setattr(cache, "set", fail)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {**WELL, "cache": "ConnectionError", "tasks": "unknown"}


def test_a_node_whose_cache_forgets_at_once_is_not_ready(client, db, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

    assert client.get("/readyz").json()["cache"] == "lost"


@pytest.mark.parametrize(("waits", "said"), [(0 * MINUTE, "ok"), (MINUTE, "late")])
def test_a_task_that_nobody_takes_is_late(db, time_machine, waits, said):
    queued(time_machine, NOW - TASKS_ARE_LATE_AFTER - waits)

    assert background_work(NOW) == said


@pytest.mark.parametrize(("waits", "said"), [(0 * MINUTE, "ok"), (MINUTE, "late")])
def test_a_task_for_later_is_late_only_after_its_time(db, time_machine, waits, said):
    queued(time_machine, NOW - 60 * MINUTE, run_after=NOW - TASKS_ARE_LATE_AFTER - waits)

    assert background_work(NOW) == said


def test_late_tasks_do_not_take_a_node_out_of_service(client, db, time_machine):
    queued(time_machine, NOW - 60 * MINUTE)
    time_machine.move_to(NOW, tick=False)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (200, {**WELL, "tasks": "late"})


def test_the_number_of_the_proxy_is_kept(client):
    answer = client.get("/healthz", headers={"X-Request-ID": "0a1b2c3d-4e5f"})

    assert answer["X-Request-ID"] == "0a1b2c3d-4e5f"


@pytest.mark.parametrize("given", ["", "short", "a" * 65, "with blank in it", 'a"}\\n{"forged":1'])
def test_a_number_that_is_none_is_replaced(client, given):
    answer = client.get("/healthz", headers={"X-Request-ID": given})

    assert len(answer["X-Request-ID"]) == 32
    assert answer["X-Request-ID"] != given
