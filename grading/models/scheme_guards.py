"""What the database itself refuses: to change a text that is settled, two versions on one day.

PostgreSQL holds this by a trigger and an exclusion constraint. SQLite has no exclusion, so triggers
refuse there; they are put in place after every migration, because SQLite loses those of a table it
rebuilds.
"""

from django.db import connections

from grading.flows.scheme import RULING, SETTLED
from grading.models.scheme import SchemeVersion

SEALED = ("scheme_id", "number", "text", "digest", "parent_id")
ONE_A_DAY, FINAL = "schemeversion_one_a_day", "schemeversion_text_is_final"


def install(sender, using, **kwargs):
    """Put the triggers in place. A receiver of ``post_migrate``."""
    connection = connections[using]
    if SchemeVersion._meta.db_table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            for sql in statements(connection.vendor):
                cursor.execute(sql)


def statements(vendor):
    """Return the statements that make the triggers anew."""
    words = {
        "table": SchemeVersion._meta.db_table,
        "ruling": _listed(RULING),
        "settled": _listed(SETTLED),
        "one": ONE_A_DAY,
        "final": FINAL,
    }
    if vendor == "postgresql":
        changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in SEALED)
        return [sql.format(**words, changed=changed) for sql in POSTGRESQL]
    changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in SEALED)
    once = [sql.format(**words, changed=changed) for sql in SQLITE]
    return once + [
        sql.format(**words, event=event) for event in ("INSERT", "UPDATE") for sql in OVERLAP
    ]


def _listed(states):
    return ", ".join(f"'{state}'" for state in states)


POSTGRESQL = [
    "CREATE OR REPLACE FUNCTION {final}() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '{final}' USING ERRCODE = 'restrict_violation'; END $$",
    "CREATE OR REPLACE TRIGGER {final} BEFORE UPDATE ON {table} FOR EACH ROW "
    "WHEN (OLD.state IN ({settled}) AND ({changed} OR NEW.state NOT IN ({settled}))) "
    "EXECUTE FUNCTION {final}()",
]
SQLITE = [
    "DROP TRIGGER IF EXISTS {final}",
    "CREATE TRIGGER {final} BEFORE UPDATE ON {table} "
    "WHEN OLD.state IN ({settled}) AND ({changed} OR NEW.state NOT IN ({settled})) "
    "BEGIN SELECT RAISE(ABORT, '{final}'); END",
]
OVERLAP = [
    "DROP TRIGGER IF EXISTS {one}_{event}",
    "CREATE TRIGGER {one}_{event} AFTER {event} ON {table} WHEN NEW.state IN ({ruling}) "
    "BEGIN SELECT RAISE(ABORT, '{one}') WHERE EXISTS (SELECT 1 FROM {table} AS held "
    "WHERE held.scheme_id = NEW.scheme_id AND held.id <> NEW.id AND held.state IN ({ruling}) "
    "AND (held.effective_until IS NULL OR held.effective_until > NEW.effective_from) "
    "AND (NEW.effective_until IS NULL OR NEW.effective_until > held.effective_from)); END",
]
