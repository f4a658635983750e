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

# What two rows have in common, and which rows count, beside person, period and state.
SAME = {
    "appointment_no_overlap_in_an_organization": ("organization_id", ""),
    "appointment_no_overlap_full_time": ("", "employment"),
}
STATES = ", ".join(f"'{state}'" for state in HOLDING)


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
    table = Appointment._meta.db_table
    for name, (column, employment) in SAME.items():
        same = f" AND held.{column} = NEW.{column}" if column else ""
        full = " AND {row}.employment = 'full_time'" if employment else ""
        for event in ("INSERT", "UPDATE"):
            trigger = f"{name}_{event.lower()}"
            yield f"DROP TRIGGER IF EXISTS {trigger}"
            yield (
                f"CREATE TRIGGER {trigger} AFTER {event} ON {table} "
                f"WHEN NEW.state IN ({STATES}){full.format(row='NEW')} "
                f"AND {lasts('NEW')} "
                f"BEGIN SELECT RAISE(ABORT, '{name}') WHERE EXISTS (SELECT 1 FROM {table} AS held "
                f"WHERE held.mediator_id = NEW.mediator_id AND held.id <> NEW.id{same} "
                f"AND held.state IN ({STATES}){full.format(row='held')} AND {lasts('held')} "
                f"AND (held.until_on IS NULL OR held.until_on > NEW.from_on) "
                f"AND (NEW.until_on IS NULL OR NEW.until_on > held.from_on)); END"
            )


def lasts(row):
    return f"({row}.until_on IS NULL OR {row}.until_on > {row}.from_on)"
