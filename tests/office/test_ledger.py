"""The ledger proves that nobody altered it."""

from importlib import import_module
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from office import ledger
from office.models import LedgerEntry, LedgerHead
from tests import make

guard = import_module("office.migrations.0002_ledger_guard")
pytestmark = pytest.mark.django_db


@pytest.fixture
def three(db):
    body, officer = make.organization(), make.user(name="王五")
    return [
        ledger.append(
            "registry.organization.list",
            body,
            by=officer,
            reason=f"第{n}次",
            before={"a": n},
            after={"a": n + 1},
        )
        for n in range(3)
    ]


@pytest.fixture
def open_ledger(three):
    """The ledger without its triggers, as somebody with the database password has it."""
    with connection.cursor() as cursor:
        for sql in guard.down(connection):
            cursor.execute(sql)
    return three


def test_entries_follow_one_another(three):
    assert [entry.sequence for entry in three] == [1, 2, 3]
    assert [entry.previous_hash for entry in three[1:]] == [entry.hash for entry in three[:2]]
    assert ledger.faults() == []


def test_an_entry_tells_who_what_and_why(three):
    entry = LedgerEntry.objects.get(sequence=2)

    assert (entry.actor_name, entry.act, entry.reason) == (
        "王五",
        "registry.organization.list",
        "第1次",
    )
    assert (entry.before, entry.after) == ({"a": 1}, {"a": 2})
    assert entry.area == make.division().area


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE office_ledgerentry SET reason = 'x' WHERE sequence = 2",
        "DELETE FROM office_ledgerentry WHERE sequence = 3",
        "DELETE FROM office_ledgerentry",
    ],
)
def test_the_database_itself_refuses_to_alter_the_ledger(three, sql):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)

    assert LedgerEntry.objects.count() == 3
    assert ledger.faults() == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE.")
def test_postgresql_refuses_to_truncate_the_ledger(three):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE office_ledgerentry")

    assert LedgerEntry.objects.count() == 3


def edit():
    LedgerEntry.objects.filter(sequence=2).update(reason="Something else.")


def edit_and_rehash():
    entry = LedgerEntry.objects.get(sequence=2)
    entry.reason = "Something else."
    entry.hash = ledger.fingerprint(entry)
    entry.save()


def delete():
    LedgerEntry.objects.filter(sequence=2).delete()


def truncate():
    LedgerEntry.objects.filter(sequence=3).delete()


def insert():
    entry = LedgerEntry.objects.get(sequence=3)
    entry.sequence, entry.previous_hash = 4, entry.hash
    entry.hash = ledger.fingerprint(entry)
    entry.save(force_insert=True)


def swap():
    for old, new in [(1, 9), (2, 1), (9, 2)]:
        LedgerEntry.objects.filter(sequence=old).update(sequence=new)


@pytest.mark.parametrize("forgery", [edit, edit_and_rehash, delete, truncate, insert, swap])
def test_every_forgery_is_found(open_ledger, forgery):
    forgery()

    assert ledger.faults() != []
    with pytest.raises(CommandError):
        call_command("verify_ledger")


def test_a_ledger_cut_back_together_with_its_head_differs_from_a_head_noted_outside(open_ledger):
    noted = ledger.head()
    LedgerEntry.objects.filter(sequence=3).delete()
    LedgerHead.objects.update(sequence=2, hash=open_ledger[1].hash)

    assert ledger.faults() == []
    assert ledger.faults(noted) != []
    with pytest.raises(CommandError):
        call_command("verify_ledger", head=str(noted))


def test_an_older_head_noted_outside_is_still_part_of_a_whole_ledger(three):
    noted = ledger.head()
    ledger.append("registry.organization.list", make.organization(), by=None)
    out = StringIO()

    call_command("verify_ledger", head=str(noted), stdout=out)

    assert out.getvalue().startswith("4 ")


def test_nothing_is_written_when_the_act_fails_half_way():
    def act():
        with transaction.atomic():
            ledger.append("registry.organization.list", make.organization(), by=None)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()

    assert LedgerEntry.objects.count() == 0
    assert ledger.faults() == []


def test_a_snapshot_of_some_fields_has_those_alone():
    person = make.mediator(name="陈宏玉", sex="female", phone="15520471852")
    assert ledger.snapshot(person, {"name", "phone"}) == {"name": "陈宏玉", "phone": True}


def test_personal_data_never_reaches_the_ledger():
    person = make.mediator(id_number="330681197509012696", phone="15520471852")

    taken = ledger.snapshot(person)

    assert (taken["id_number"], taken["phone"]) == (True, True)
    assert "2696" not in str(taken)
    assert "15520471852" not in str(taken)
    assert person.id_number_hash not in str(taken)
