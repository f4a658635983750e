"""The index of the roster rows. An entry goes with its row, whoever takes the row away."""

from django.db import migrations

SQLITE_UP = [
    "CREATE VIRTUAL TABLE {index} USING fts5("
    "tokens, facets UNINDEXED, text UNINDEXED, "
    "detail=none, columnsize=0, tokenize=\"ascii tokenchars '_-'\")",
    "CREATE TRIGGER {row}_leaves_index AFTER DELETE ON {row} "
    "BEGIN DELETE FROM {index} WHERE rowid = OLD.rank; END",
]
SQLITE_DOWN = ["DROP TRIGGER IF EXISTS {row}_leaves_index", "DROP TABLE IF EXISTS {index}"]
POSTGRES_UP = [
    "CREATE TABLE {index} (rank bigint PRIMARY KEY, tokens bigint[] NOT NULL, "
    "facets text NOT NULL, text text NOT NULL)",
    # The planner must know which tokens are common: then it reads in order instead of sorting.
    "ALTER TABLE {index} ALTER COLUMN tokens SET STATISTICS 2000",
    "CREATE INDEX {index}_tokens ON {index} USING gin (tokens) WITH (fastupdate = off)",
    "CREATE FUNCTION {row}_leaves_index() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN DELETE FROM {index} WHERE rank IN (SELECT rank FROM gone); RETURN NULL; END $$",
    "CREATE TRIGGER {row}_leaves_index AFTER DELETE ON {row} REFERENCING OLD TABLE AS gone "
    "FOR EACH STATEMENT EXECUTE FUNCTION {row}_leaves_index()",
    "CREATE FUNCTION {row}_empties_index() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN TRUNCATE {index}; RETURN NULL; END $$",
    "CREATE TRIGGER {row}_empties_index AFTER TRUNCATE ON {row} "
    "FOR EACH STATEMENT EXECUTE FUNCTION {row}_empties_index()",
]
POSTGRES_DOWN = [
    "DROP TRIGGER IF EXISTS {row}_leaves_index ON {row}",
    "DROP TRIGGER IF EXISTS {row}_empties_index ON {row}",
    "DROP FUNCTION IF EXISTS {row}_leaves_index",
    "DROP FUNCTION IF EXISTS {row}_empties_index",
    "DROP TABLE IF EXISTS {index}",
]


def run(schema_editor, statements):
    for kind in ("mediator", "organization"):
        for sql in statements:
            schema_editor.execute(sql.format(row=f"registry_{kind}row", index=f"registry_{kind}index"))


def create(apps, schema_editor):
    run(schema_editor, POSTGRES_UP if schema_editor.connection.vendor == "postgresql" else SQLITE_UP)


def drop(apps, schema_editor):
    run(schema_editor, POSTGRES_DOWN if schema_editor.connection.vendor == "postgresql" else SQLITE_DOWN)


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_roster_rows")]
    operations = [migrations.RunPython(create, drop)]
