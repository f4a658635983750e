"""No two subsidy schemes of a division rule on one day: what the database itself refuses.

PostgreSQL holds this by an exclusion constraint. SQLite has none, so triggers refuse there; they
are put in place after every migration, because SQLite loses those of a table it rebuilds.
"""

from django.db import connections

from casework.flows.subsidy_scheme import RULING
from casework.models.subsidy_scheme import SubsidyScheme

NAME = "subsidyscheme_no_overlap"


def install(sender, using, **kwargs):
    """Put the triggers of SQLite in place. A receiver of ``post_migrate``."""
    connection = connections[using]
    table = SubsidyScheme._meta.db_table
    if connection.vendor == "sqlite" and table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            for sql in sqlite_statements():
                cursor.execute(sql)


def sqlite_statements():
    """Yield the statements that make the triggers anew."""
    words = {
        "name": NAME,
        "table": SubsidyScheme._meta.db_table,
        "states": ", ".join(f"'{state}'" for state in RULING),
    }
    for event in ("INSERT", "UPDATE"):
        for statement in (DROP, CREATE):
            yield statement.format(**words, event=event)


DROP = "DROP TRIGGER IF EXISTS {name}_{event}"
CREATE = (
    "CREATE TRIGGER {name}_{event} AFTER {event} ON {table} WHEN NEW.state IN ({states}) "
    "BEGIN SELECT RAISE(ABORT, '{name}') WHERE EXISTS (SELECT 1 FROM {table} AS held "
    "WHERE held.division_id = NEW.division_id AND held.id <> NEW.id AND held.state IN ({states}) "
    "AND (held.until_on IS NULL OR held.until_on > NEW.from_on) "
    "AND (NEW.until_on IS NULL OR NEW.until_on > held.from_on)); END"
)
