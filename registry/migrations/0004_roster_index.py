"""The index of the roster rows. An entry goes with its row, whoever takes the row away."""

from django.db import migrations

SQLITE_UP = [
    "CREATE TABLE {entries} (rank integer PRIMARY KEY, facets text NOT NULL, text text NOT NULL)",
    "CREATE VIRTUAL TABLE {tokens} USING fts5("
    "tokens, detail=none, columnsize=0, tokenize=\"ascii tokenchars '_-'\")",
    "CREATE TRIGGER {row}_leaves_index AFTER DELETE ON {row} BEGIN "
    "DELETE FROM {entries} WHERE rank = OLD.rank; "
    "DELETE FROM {tokens} WHERE rowid = OLD.rank; END",
]
SQLITE_DOWN = [
    "DROP TRIGGER IF EXISTS {row}_leaves_index",
    "DROP TABLE IF EXISTS {tokens}",
    "DROP TABLE IF EXISTS {entries}",
]
POSTGRES_UP = [
    "CREATE TABLE {entries} (rank bigint PRIMARY KEY, facets text NOT NULL, text text NOT NULL, "
    "tokens bigint[] NOT NULL)",
    # The planner must know which tokens are common: then it reads in order instead of sorting.
    "ALTER TABLE {entries} ALTER COLUMN tokens SET STATISTICS 2000",
    "CREATE INDEX {tokens} ON {entries} USING gin (tokens) WITH (fastupdate = off)",
    "CREATE FUNCTION {row}_leaves_index() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN DELETE FROM {entries} WHERE rank IN (SELECT rank FROM gone); RETURN NULL; END $$",
    "CREATE TRIGGER {row}_leaves_index AFTER DELETE ON {row} REFERENCING OLD TABLE AS gone "
    "FOR EACH STATEMENT EXECUTE FUNCTION {row}_leaves_index()",
    "CREATE FUNCTION {row}_empties_index() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN TRUNCATE {entries}; RETURN NULL; END $$",
    "CREATE TRIGGER {row}_empties_index AFTER TRUNCATE ON {row} "
    "FOR EACH STATEMENT EXECUTE FUNCTION {row}_empties_index()",
]
POSTGRES_DOWN = [
    "DROP TRIGGER IF EXISTS {row}_leaves_index ON {row}",
    "DROP TRIGGER IF EXISTS {row}_empties_index ON {row}",
    "DROP FUNCTION IF EXISTS {row}_leaves_index",
    "DROP FUNCTION IF EXISTS {row}_empties_index",
    "DROP TABLE IF EXISTS {entries}",
]


def run(schema_editor, statements):
    for kind in ("mediator", "organization"):
        for sql in statements:
            names = {name: f"registry_{kind}{name}" for name in ("row", "entries", "tokens")}
            names["entries"] = f"registry_{kind}entry"
            schema_editor.execute(sql.format(**names))


def create(apps, schema_editor):
    run(schema_editor, POSTGRES_UP if schema_editor.connection.vendor == "postgresql" else SQLITE_UP)


def drop(apps, schema_editor):
    run(schema_editor, POSTGRES_DOWN if schema_editor.connection.vendor == "postgresql" else SQLITE_DOWN)


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_roster_rows")]
    operations = [migrations.RunPython(create, drop)]
