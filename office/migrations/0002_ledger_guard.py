"""The head of the chain, and the triggers that refuse to alter what was written."""

from django.db import migrations

SQLITE_UP = [
    "CREATE TRIGGER ledger_no_update BEFORE UPDATE ON office_ledgerentry "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
    "CREATE TRIGGER ledger_no_delete BEFORE DELETE ON office_ledgerentry "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
]
SQLITE_DOWN = ["DROP TRIGGER IF EXISTS ledger_no_update", "DROP TRIGGER IF EXISTS ledger_no_delete"]
POSTGRES_UP = [
    "CREATE OR REPLACE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'restrict_violation'; END $$",
    "CREATE TRIGGER ledger_no_change BEFORE UPDATE OR DELETE ON office_ledgerentry "
    "FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only()",
    "CREATE TRIGGER ledger_no_truncate BEFORE TRUNCATE ON office_ledgerentry "
    "FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()",
]
POSTGRES_DOWN = [
    "DROP TRIGGER IF EXISTS ledger_no_change ON office_ledgerentry",
    "DROP TRIGGER IF EXISTS ledger_no_truncate ON office_ledgerentry",
]


def up(connection):
    return POSTGRES_UP if connection.vendor == "postgresql" else SQLITE_UP


def down(connection):
    return POSTGRES_DOWN if connection.vendor == "postgresql" else SQLITE_DOWN


def guard(apps, schema_editor):
    apps.get_model("office", "LedgerHead").objects.get_or_create(pk=1)
    for sql in up(schema_editor.connection):
        schema_editor.execute(sql)


def unguard(apps, schema_editor):
    for sql in down(schema_editor.connection):
        schema_editor.execute(sql)


class Migration(migrations.Migration):
    dependencies = [("office", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
