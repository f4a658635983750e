"""The life of an import: whole or not at all, one winner, recoverable, undoable, forgettable."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from office import ledger
from office.flow import Refused
from registry import actions
from registry.flows import IMPORT
from registry.imports import progress, work
from registry.imports.people import People
from registry.models import (
    Appointment,
    Division,
    ImportBatch,
    ImportRow,
    Mediator,
    Organization,
    Verdict,
)
from tests import make
from tests.make import TODAY
from tests.registry.rosters import (
    COMMITTEE,
    HEADS,
    ZHUJI,
    counts,
    id_number,
    import_people,
    load_zhuji,
    person,
    register,
    run,
    table,
    undo,
    xlsx,
)

pytestmark = pytest.mark.django_db
GUARDED = {"by": None, "today": TODAY, "in_background": False}


@pytest.fixture
def committee():
    load_zhuji()
    return make.organization(name=COMMITTEE, in_division=make.division("330681109"))


def received(tmp_path, *rows):
    path = xlsx(tmp_path / "a.xlsx", table(*rows))
    with path.open("rb") as file:
        return actions.receive_import(
            file,
            kind="mediators",
            division=Division.objects.get(code=ZHUJI),
            name="a.xlsx",
            by=None,
        )


def checked(tmp_path, *rows):
    batch = received(tmp_path, *rows)
    actions.check_import(batch.pk, **GUARDED)
    batch.refresh_from_db()
    return batch


def people(count):
    return [person(11 + 2 * n, 姓名=f"张{chr(0x4E00 + n)}") for n in range(count)]


def test_a_fault_in_the_middle_leaves_nothing(committee, tmp_path, monkeypatch):
    monkeypatch.setattr("registry.imports.reading.CHUNK", 2)
    batch = checked(tmp_path, *people(5))
    before, entries = register(), ledger.head().sequence
    stored, calls = work.store, []

    def fail_on_the_second(kind, outcomes):
        calls.append(len(outcomes))
        if len(calls) == 2:
            raise OSError("No space left on device")
        return stored(kind, outcomes)

    monkeypatch.setattr(work, "store", fail_on_the_second)
    with pytest.raises(OSError, match="No space"):
        actions.apply_import(batch.pk, **GUARDED)

    batch.refresh_from_db()
    assert (batch.state, calls) == ("failed", [2, 2])
    assert batch.fault
    assert register() == before
    assert ledger.head().sequence == entries + 2  # "apply" and "fail"
    monkeypatch.setattr(work, "store", stored)
    actions.check_import(batch.pk, **GUARDED)
    actions.apply_import(batch.pk, **GUARDED)
    assert Mediator.objects.count() == 5


def test_what_the_register_learned_since_the_check_stops_the_import(committee, tmp_path):
    batch = checked(tmp_path, person(11), person(13))
    make.mediator(in_division=committee.division, id_number=id_number(13))

    actions.apply_import(batch.pk, **GUARDED)

    batch.refresh_from_db()
    assert batch.state == "failed"
    assert "2" in batch.fault
    assert Mediator.objects.count() == 1
    actions.check_import(batch.pk, **GUARDED)
    batch.refresh_from_db()
    assert (batch.new, batch.changed) == (1, 1)


def test_a_double_that_only_the_database_sees_stops_the_import(committee, tmp_path, monkeypatch):
    batch = checked(tmp_path, person(11))

    def taken(kind, outcomes):
        raise IntegrityError

    monkeypatch.setattr(work, "store", taken)
    actions.apply_import(batch.pk, **GUARDED)

    batch.refresh_from_db()
    assert batch.state == "failed"


def test_of_two_officers_one_enters_the_file(committee, tmp_path):
    batch = checked(tmp_path, person(11))
    actions.apply_import(batch.pk, **GUARDED)

    with pytest.raises(Refused):
        actions.apply_import(batch.pk, **GUARDED)
    work.apply(batch.pk, by=None, today=TODAY)

    assert Mediator.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_at_the_same_moment_one_wins(committee, tmp_path):
    batch = checked(tmp_path, person(11), person(13))
    meet, outcomes = threading.Barrier(2), []

    def enter():
        try:
            meet.wait()
            actions.apply_import(batch.pk, **GUARDED)
            outcomes.append("entered")
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    officers = [threading.Thread(target=enter) for _officer in range(2)]
    for officer in officers:
        officer.start()
    for officer in officers:
        officer.join()

    assert sorted(outcomes) == ["entered", "refused"]
    assert Mediator.objects.count() == 2


def test_work_that_is_started_twice_is_done_once(committee, tmp_path):
    batch = received(tmp_path, person(11))
    actions.check_import(batch.pk, **GUARDED)
    before = ledger.head()

    for job in (work.check, work.apply, work.undo):
        job(batch.pk, by=None, today=TODAY)

    assert ledger.head() == before
    assert ImportRow.objects.count() == 1


@pytest.mark.parametrize(
    ("state", "after"), [("checking", "failed"), ("applying", "failed"), ("undoing", "applied")]
)
def test_an_import_whose_worker_was_killed_can_be_started_again(committee, tmp_path, state, after):
    batch = checked(tmp_path, person(11))
    ImportBatch.objects.filter(pk=batch.pk).update(state=state, changed_at=timezone.now())
    progress.forget(batch.pk)
    now = timezone.now()

    with pytest.raises(Refused):
        actions.release_import(batch.pk, by=None, today=TODAY, now=now)
    later = now + timedelta(seconds=progress.SILENT_SECONDS + 1)
    actions.release_import(batch.pk, by=None, today=TODAY, now=later)

    batch.refresh_from_db()
    assert batch.state == after
    assert batch.fault
    with pytest.raises(Refused):
        actions.release_import(batch.pk, by=None, today=TODAY, now=later)


def test_a_worker_that_was_heard_lately_is_not_given_up(committee, tmp_path):
    batch = checked(tmp_path, person(11))
    now = timezone.now()
    ImportBatch.objects.filter(pk=batch.pk).update(
        state="applying", changed_at=now - timedelta(days=1)
    )
    progress.tell(batch.pk, 1, 2)
    try:
        with pytest.raises(Refused):
            actions.release_import(batch.pk, by=None, today=TODAY, now=now)
    finally:
        progress.forget(batch.pk)


def _correct(row):
    row.name = "李四"
    row.save()


TOUCHES = {
    "a correction": _correct,
    "a consent": lambda row: row.consents.create(
        field="phone", given_on=TODAY, recorded_by=make.user()
    ),
    "a second post": make.appointment,
    "a suspension": lambda row: Appointment.objects.update(state="suspended"),
    "a level": make.level_holding,
    "an account": lambda row: Mediator.objects.filter(pk=row.pk).update(user=make.user()),
}


@pytest.mark.parametrize("touch", TOUCHES.values(), ids=TOUCHES)
def test_what_somebody_touched_since_is_not_undone(committee, tmp_path, touch):
    import_people(tmp_path, person(11), person(13))
    touch(Mediator.objects.get(id_number_hash__of=id_number(13)))
    before = register()

    with pytest.raises(CommandError, match=r"2|Other|其他"):
        undo()

    assert register() == before
    assert ImportBatch.objects.get().state == "applied"


def test_an_organization_with_members_is_not_undone(tmp_path):
    load_zhuji()
    rows = table({"组织名称": COMMITTEE, "类型": "村居"})
    run("import_organizations", xlsx(tmp_path / "o.xlsx", rows))
    organizations = ImportBatch.objects.get()
    import_people(tmp_path, person(11))

    actions.undo_import(organizations.pk, **GUARDED)
    organizations.refresh_from_db()
    assert organizations.state == "applied"
    undo()
    actions.undo_import(organizations.pk, **GUARDED)

    assert not Organization.objects.exists()


def test_imports_are_undone_from_the_last_to_the_first(committee, tmp_path):
    empty = register()
    import_people(tmp_path, person(11), person(13))
    one = register()
    import_people(tmp_path, person(11, 姓名="张建国", 职务="主任", 擅长领域="物业", 等级="二级"))
    first, second = ImportBatch.objects.order_by("pk")

    actions.undo_import(first.pk, **GUARDED)
    first.refresh_from_db()
    assert first.state == "applied"
    actions.undo_import(second.pk, **GUARDED)
    assert register() == one
    actions.undo_import(first.pk, **GUARDED)

    assert register() == empty
    assert ledger.faults() == []


def test_an_abandoned_import_keeps_neither_file_nor_rows(
    committee, tmp_path, django_capture_on_commit_callbacks
):
    batch = checked(tmp_path, person(11))
    stored = Path(batch.file.path)
    assert stored.exists()

    with django_capture_on_commit_callbacks(execute=True):
        actions.abandon_import(batch.pk, by=None, today=TODAY)

    assert not stored.exists()
    assert not ImportRow.objects.exists()


def test_after_their_time_files_and_rows_are_deleted_and_nothing_is_undone(
    committee, tmp_path, django_capture_on_commit_callbacks
):
    import_people(tmp_path, person(11))
    batch = ImportBatch.objects.get()
    stored = Path(batch.file.path)

    with django_capture_on_commit_callbacks(execute=True):
        call_command("empty_imports", "--days", "1")
        assert stored.exists()
        call_command("empty_imports", "--days", "-1")

    assert not stored.exists()
    assert not ImportRow.objects.exists()
    with pytest.raises(Refused):
        actions.undo_import(batch.pk, **GUARDED)
    assert Mediator.objects.count() == 1


def test_the_file_is_kept_where_no_address_leads(committee, tmp_path, settings):
    batch = received(tmp_path, person(11))

    assert Path(settings.MEDIA_ROOT).resolve() not in Path(batch.file.path).resolve().parents


def test_the_database_keeps_nothing_of_a_refused_row(committee, tmp_path):
    batch = checked(tmp_path, person(11))
    row = ImportRow(
        batch=batch, number=9, sheet_row=9, verdict=Verdict.ERROR, target="x", content="y"
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_missing_file_is_told_and_not_kept(committee, tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.xlsx"):
        run("import_mediators", tmp_path / "nowhere.xlsx")
    assert counts(run.last) == {}
    with pytest.raises(CommandError, match="999999"):
        run("import_mediators", xlsx(tmp_path / "a.xlsx", table(person(11))), division="999999")
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"%PDF-1.7", b"\x89PNG\r\n", b"a,b\n1,2\n", "姓名,性别\n".encode()],
)
def test_an_unusable_file_says_so_and_leaves_nothing(committee, tmp_path, content):
    path = tmp_path / "roster.xlsx"
    path.write_bytes(content)

    with pytest.raises(CommandError, match=r"\w{4}"):
        run("import_mediators", path, "--check")

    assert run.last == {**dict.fromkeys(run.last, 0), "errors": []}


def test_missing_columns_are_named(committee, tmp_path):
    rows = [["姓名", "身份证号码", "性别"], ["张建国", id_number(), "男"]]

    with pytest.raises(CommandError) as refusal:
        run("import_mediators", xlsx(tmp_path / "a.xlsx", rows))

    assert len(str(refusal.value).split("\n")) == 2


def test_a_choice_that_the_file_does_not_allow_is_refused(committee, tmp_path):
    batch = received(tmp_path, person(11))
    actions.settle_headings(batch.pk, choices={"name": 99}, by=None)

    actions.check_import(batch.pk, **GUARDED)

    batch.refresh_from_db()
    assert batch.state == "failed"


@pytest.mark.parametrize("state", list(ImportBatch._meta.get_field("state").flatchoices))
def test_every_state_offers_the_steps_that_lead_on(committee, tmp_path, state):
    batch = received(tmp_path, person(11))
    batch.state, batch.new = state[0], 1

    open_steps = {name for name in IMPORT.steps if not IMPORT.refusals(batch, name, TODAY)}

    assert open_steps == {step.name for step in IMPORT.ahead_of(batch)}


CELLS = st.one_of(st.none(), st.text(max_size=20), st.integers(), st.floats(), st.dates())


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(cells=st.dictionaries(st.sampled_from(HEADS), CELLS))
def test_whatever_stands_in_a_row_it_is_refused_or_taken_never_a_fault(committee, tmp_path, cells):
    reader = People.reader(dict(zip(NAMES, range(6), strict=True)), today=TODAY)
    row = type("Row", (), {"number": 2, "cells": list((person(11) | cells).values())})
    judge = People(Division.objects.get(code=ZHUJI), today=TODAY)

    (outcome,) = judge.judge([reader.draft(1, row)])

    assert (outcome.verdict == Verdict.ERROR) == bool(outcome.draft.faults)


NAMES = ["name", "sex", "id_number", "organization", "employment", "phone"]
