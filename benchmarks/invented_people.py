"""Invented mediators and posts of any number, made inside the database by counting.

They are the people that ``invented_cases`` only has the numbers of. One in three changed the
organisation: there is a gap between the two posts, or they overlap.
"""

from django.db import connection

from benchmarks.invented_cases import MEDIATORS_OF_A_BODY, chance, filled, numbers, one_of
from casework.models import DisputeType
from registry.models import Appointment, Division, Mediator, Organization


def fill(people):
    """Make so many people, each with one post or two, in organisations of five."""
    with connection.cursor() as cursor:
        _without_triggers(cursor)
        insert(
            cursor,
            Division,
            1,
            {"code": "'33'", "id": "330000000000", "name": "'省'", "level": "'province'"},
        )
        insert(
            cursor, Organization, people // MEDIATORS_OF_A_BODY + 1,
            {"id": "n", "public_id": "'b' || n", "name": "'调委会' || n", "kind": "'village'",
             "division_id": "330000000000", "state": "'listed'"},
        )  # fmt: skip
        insert(
            cursor, DisputeType, 14,
            {"id": "n", "code": "'t' || n", "name": "'纠纷' || n", "speciality_id": "1"},
        )  # fmt: skip
        insert(
            cursor, Mediator, people,
            {"id": "n", "public_id": "'m' || n", "name": "'调解员' || n",
             "division_id": "330000000000"},
        )  # fmt: skip
        insert(cursor, Appointment, people, _post(f"{chance(48271, 3000)} + 100", "NULL"))
        # A second post that ended before or after the present one began.
        begins, lasts = f"{chance(48271, 3000)} + 700", f"{chance(16807, 600)} + 30"
        insert(
            cursor, Appointment, people,
            _post(begins, _day(f"({begins}) - ({lasts})")) | {"state": "'ended'",
                                                              "ended_by": "'resigned'"},
            where=f"{chance(69621, 3)} = 0",
        )  # fmt: skip
        cursor.execute("ANALYZE")


def _post(days_ago, until):
    full, part = "'full_time'", "'part_time'"
    employment = one_of(chance(39373, 10), (2, full), (9, part), otherwise="'invited'")
    return {
        "mediator_id": "n",
        "organization_id": f"n / {MEDIATORS_OF_A_BODY} + 1",
        "post": "'mediator'",
        "employment": employment,
        "route": "'appointed'",
        "from_on": _day(days_ago),
        "until_on": until,
        "state": "'in_post'",
    }


def _day(days_ago):
    if connection.vendor == "sqlite":
        return f"date('2026-11-23', '-' || ({days_ago}) || ' days')"
    return f"(DATE '2026-11-23' - ({days_ago})::int)"


def insert(cursor, model, count, known, where="TRUE"):
    """Make rows of a model: ``known`` are columns as SQL of ``n``, the others stay empty."""
    quoted = connection.ops.quote_name
    columns = {
        field.column: known.get(field.column) or filled(field)
        for field in model._meta.concrete_fields
        if field.column != "id" or "id" in known
    }
    cursor.execute(
        f"INSERT INTO {model._meta.db_table} ({', '.join(map(quoted, columns))}) "
        f"{numbers(count)} SELECT {', '.join(columns.values())} FROM counted WHERE {where}"
    )


def _without_triggers(cursor):
    """Take away what keeps versions and indexes of single rows: a million come at once."""
    if connection.vendor == "postgresql":
        cursor.execute("SET session_replication_role = replica")
        # Invented posts may overlap.
        for name in ("in_an_organization", "full_time"):
            dropped = f"DROP CONSTRAINT IF EXISTS appointment_no_overlap_{name}"
            cursor.execute(f"ALTER TABLE registry_appointment {dropped}")
        return
    cursor.execute("PRAGMA foreign_keys = OFF")
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (name,) in cursor.fetchall():
        cursor.execute(f'DROP TRIGGER "{name}"')
