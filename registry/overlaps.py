"""No two posts of a person overlap: what the database itself refuses, whoever writes.

Over half-open ``[from_on, until_on)`` and in the states that hold a post: no two posts of one
person in one organisation, and no two full-time posts of one person anywhere. PostgreSQL holds this
by exclusion constraints. SQLite has none, so triggers refuse there; they are put in place after
every migration, because SQLite loses those of a table it rebuilds.
"""

from contextlib import contextmanager

from django.db import IntegrityError, connections, transaction

from office.flow import Refused
from registry.flows import HOLDING
from registry.models.appointment import OVERLAPS, Appointment

# Beside the person: the column two rows have in common, and whether only full-time posts count.
SAME = {
    "appointment_no_overlap_in_an_organization": ("organization_id", False),
    "appointment_no_overlap_full_time": ("", True),
}


@contextmanager
def told_of_overlaps():
    """Turn the refusal of the database into the sentence the model would have said.

    :raises Refused: if another connection wrote an overlapping post at the same moment.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        for name, sentence in OVERLAPS.items():
            if name in str(clash):
                raise Refused(sentence) from clash
        raise


def install(sender, using, **kwargs):
    """Put the triggers of SQLite in place. A receiver of ``post_migrate``."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    if Appointment._meta.db_table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            for sql in sqlite_statements():
                cursor.execute(sql)


def sqlite_statements():
    """Yield the statements that make the triggers anew."""
    for name, (column, full_time) in SAME.items():
        words = {
            "name": name,
            "table": Appointment._meta.db_table,
            "states": ", ".join(f"'{state}'" for state in HOLDING),
            "same": f" AND held.{column} = NEW.{column}" if column else "",
            "new_full": FULL_TIME.format(row="NEW") if full_time else "",
            "held_full": FULL_TIME.format(row="held") if full_time else "",
            "new_lasts": LASTS.format(row="NEW"),
            "held_lasts": LASTS.format(row="held"),
        }
        for event in ("INSERT", "UPDATE"):
            for statement in (DROP, CREATE):
                yield statement.format(**words, event=event)


FULL_TIME = " AND {row}.employment = 'full_time'"
LASTS = "({row}.until_on IS NULL OR {row}.until_on > {row}.from_on)"
DROP = "DROP TRIGGER IF EXISTS {name}_{event}"
CREATE = (
    "CREATE TRIGGER {name}_{event} AFTER {event} ON {table} "
    "WHEN NEW.state IN ({states}){new_full} AND {new_lasts} "
    "BEGIN SELECT RAISE(ABORT, '{name}') WHERE EXISTS (SELECT 1 FROM {table} AS held "
    "WHERE held.mediator_id = NEW.mediator_id AND held.id <> NEW.id{same} "
    "AND held.state IN ({states}){held_full} AND {held_lasts} "
    "AND (held.until_on IS NULL OR held.until_on > NEW.from_on) "
    "AND (NEW.until_on IS NULL OR NEW.until_on > held.from_on)); END"
)
