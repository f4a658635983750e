"""Invented cases of any number, made inside the database by counting: no seed is needed.

Numbers stand for people and organisations who are not there: figures never look at them. One
mediator has a little more than three cases, as in the nation; a case of seven has two mediators,
one of two hundred is a second entry. Days run over 400, a year of which is asked for.
"""

import json

from django.db import connection, models

from casework.models import CaseRecord, CaseShare

CASES_OF_A_MEDIATOR = 25 / 8
MEDIATORS_OF_A_BODY = 5
DAYS = 400
FIRST = "2025-12-10"
# As long as an encrypted summary of sixty characters.
SUMMARY = "k1:" + "Zm9yIHRoZSBiZW5jaG1hcms" * 11


def chance(multiplier, many):
    """SQL for a number below ``many`` that looks random and depends on the case alone."""
    return f"((n * {multiplier} % 2147483647) % {many})"


def one_of(chosen, *cases, otherwise="''"):
    """SQL for the first of (share below, value) that a number is below."""
    whens = " ".join(f"WHEN {chosen} < {below} THEN {value}" for below, value in cases)
    return f"CASE {whens} ELSE {otherwise} END"


def day(shift):
    if connection.vendor == "sqlite":
        return f"date('{FIRST}', ({shift}) || ' days')"
    return f"(DATE '{FIRST}' + ({shift})::int)"


def numbers(total):
    """SQL for a table ``counted`` of the numbers from 1 on."""
    if connection.vendor == "sqlite":
        return (
            "WITH RECURSIVE counted(n) AS"
            f" (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {total})"
        )
    return f"WITH counted AS (SELECT n::bigint FROM generate_series(1, {total}) AS n)"


def values(total):
    """Return {column: SQL of ``n``} for what figures ask of a case."""
    state = one_of(
        "s", (6, "'accepted'"), (88, "'succeeded'"), (93, "'failed'"), (96, "'withdrawn'"),
        (98, "'transferred'"), (99, "'void'"), otherwise="'draft'",
    )  # fmt: skip
    accepted = f"(n * {DAYS} / {total + 1})"
    won, closed = "s >= 6 AND s < 88", "s >= 6 AND s < 98"
    fulfilled = f"{won} AND f >= 18 AND f < 93"
    true, false = ("1", "0") if connection.vendor == "sqlite" else ("true", "false")
    form = one_of("v", (60, "'written'"), (98, "'oral'"))
    voluntary = one_of("v", (80, true), (90, false), otherwise="NULL")
    return {
        "id": "n",
        "number": "'B' || n",
        "organization_id": f"m / {MEDIATORS_OF_A_BODY} + 1",
        "division_id": "330000000000 + (m % 900) * 1000000",
        "dispute_type_id": "s % 14 + 1",
        "difficulty_id": "f % 4 + 1",
        "source": "'applied'",
        "accepted_on": day(accepted),
        "closed_on": f"CASE WHEN {closed} THEN {day(f'{accepted} + v % 60')} END",
        "attempts": "1",
        "state": state,
        "agreement": f"CASE WHEN {won} THEN {form} ELSE '' END",
        "fulfilment": f"CASE WHEN {won} THEN "
        + one_of("f", (10, "''"), (18, "'pending'"), (93, "'fulfilled'"), (97, "'partly'"),
                 otherwise="'refused'") + " ELSE '' END",
        "is_voluntary": f"CASE WHEN {fulfilled} THEN {voluntary} END",
        "confirmation": f"CASE WHEN {won} THEN "
        + one_of("c", (1, "'refused'"), (40, "'confirmed'"), (50, "'applied'")) + " ELSE '' END",
        "judgment": one_of("c", (2, "'changed'"), (3, "'invalid'")),
        "summary": f"'{SUMMARY}'",
        "origin": "'imported'",
        "same_as_id": "CASE WHEN n % 200 = 0 THEN n - 1 END",
    }  # fmt: skip


def filled(field):
    """SQL for a column that figures do not ask for."""
    if field.null:
        return "NULL"
    if isinstance(field, models.DateTimeField):
        return "CURRENT_TIMESTAMP"
    default = field.get_default()
    if isinstance(default, list | dict):
        return f"'{json.dumps(default)}'"
    if isinstance(default, bool | int):
        return str(default) if connection.vendor == "sqlite" else str(default).lower()
    return f"'{default or ''}'"


def fill(total):
    """Make the cases and the parts in them; indexes are built afterwards."""
    people = int(total / CASES_OF_A_MEDIATOR)
    known = values(total)
    columns = {
        field.column: known.get(field.column) or filled(field)
        for field in CaseRecord._meta.concrete_fields
    }
    drawn = (
        f"drawn AS (SELECT n, {chance(48271, 100)} AS s, {chance(16807, 100)} AS f,"
        f" {chance(69621, 100)} AS v, {chance(39373, 1000)} AS c,"
        f" {chance(1583458089, people)} AS m FROM counted)"
    )
    with connection.cursor() as cursor, bare_tables(cursor):
        cursor.execute(
            f"INSERT INTO {CaseRecord._meta.db_table} ({', '.join(columns)}) "
            f"{numbers(total)}, {drawn} SELECT {', '.join(columns.values())} FROM drawn"
        )
        second = f"({chance(1583458089, people)} + 1) % {people}"
        for role, who, where in (
            ("lead", chance(1583458089, people), ""),
            ("together", second, "WHERE n % 7 = 0"),
        ):
            cursor.execute(
                f"INSERT INTO {CaseShare._meta.db_table} (case_id, mediator_id, role, weight) "
                f"{numbers(total)} SELECT n, {who} + 1, '{role}', 1 FROM counted {where}"
            )


class bare_tables:  # noqa: N801 reads as a phrase
    """Without checks of foreign keys and without indexes, but for those that constraints need."""

    def __init__(self, cursor):
        self.cursor, self.made = cursor, []

    def __enter__(self):
        is_sqlite = connection.vendor == "sqlite"
        off = "PRAGMA foreign_keys = OFF" if is_sqlite else "SET session_replication_role = replica"
        self.cursor.execute(off)
        for table in (CaseRecord._meta.db_table, CaseShare._meta.db_table):
            self.cursor.execute(SQLITE_INDEXES if is_sqlite else POSTGRES_INDEXES, [table])
            self.made += self.cursor.fetchall()
        for name, _sql in self.made:
            self.cursor.execute(f'DROP INDEX "{name}"')

    def __exit__(self, *error):
        for _name, sql in self.made:
            self.cursor.execute(sql)
        self.cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


SQLITE_INDEXES = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL"
)
POSTGRES_INDEXES = (
    "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s"
    " AND indexname NOT IN (SELECT conname FROM pg_constraint)"
)
