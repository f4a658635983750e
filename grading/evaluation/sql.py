"""Pieces of SQL with their parameters in order, and the few words that the databases differ in.

Names and words come from this package; everything a rule or a person wrote is a parameter.
"""

from typing import NamedTuple

from django.db import connection

from grading.rules.service import DAYS_OF_A_MONTH


class Sql(NamedTuple):
    """A piece of SQL and its parameters."""

    text: str
    params: tuple = ()

    def __format__(self, _spec):
        return self.text


TRUE, FALSE = Sql("TRUE"), Sql("FALSE")


def sql(template, *pieces):
    """Fill a template: a piece of SQL where ``{}`` stands, a parameter for anything else.

    >>> sql("{} = {}", Sql("a"), 5)
    Sql(text='a = %s', params=(5,))
    """
    made = [piece if isinstance(piece, Sql) else Sql("%s", (piece,)) for piece in pieces]
    return Sql(template.format(*made), tuple(one for piece in made for one in piece.params))


def text(word):
    """Return a word as a value; PostgreSQL has to be told that it is one."""
    return sql("CAST({} AS text)", word)


def joined(separator, pieces):
    """Join pieces of SQL."""
    pieces = list(pieces)
    return Sql(separator.join(one.text for one in pieces), sum((one.params for one in pieces), ()))


def of_query(rows):
    """Return the SQL of a queryset."""
    text, params = rows.query.get_compiler(connection=connection).as_sql()
    return Sql(text, tuple(params))


def is_postgresql():
    return connection.vendor == "postgresql"


def day(value):
    """Return a day as a parameter the database compares days with."""
    return sql("{}::date", value) if is_postgresql() else sql("{}", value.isoformat())


def earlier(left, right):
    return sql("LEAST({}, {})" if is_postgresql() else "MIN({}, {})", left, right)


def scaled(column, places):
    """Return a column of exact decimals as a whole number, so many places further left."""
    if not places:
        return column
    if is_postgresql():
        return Sql(f"({column.text} * {10**places})::bigint", column.params)
    return Sql(f"CAST(ROUND({column.text} * {10**places}) AS INTEGER)", column.params)


# Where a part of a day stands in SQLite, which keeps days as text: cut out, it need not be parsed.
PLACES = {"YEAR": (1, 4), "MONTH": (6, 2), "DAY": (9, 2)}


def _part(name, column):
    if is_postgresql():
        return f"EXTRACT({name} FROM {column})::integer"
    begins, long = PLACES[name]
    return f"CAST(substr({column}, {begins}, {long}) AS INTEGER)"


def year(column):
    """Return the year a day lies in."""
    return Sql(_part("YEAR", column.text), column.params)


def _last_day(column, month):
    """Return the number of days of a column's month, or of the month before it."""
    if is_postgresql():
        ahead = " + interval '1 month'" if month == "this" else ""
        end = f"(date_trunc('month', {column}){ahead} - interval '1 day')"
        return f"EXTRACT(DAY FROM {end})::integer"
    shift = "'+1 month', '-1 day'" if month == "this" else "'-1 day'"
    return f"CAST(strftime('%%d', {column}, 'start of month', {shift}) AS INTEGER)"


def days_between(from_on, until_on):
    """Return service between two columns of days, in days of which thirty-one make a month.

    The same as ``grading.rules.service.full_months`` does with two days.
    """
    a, b = from_on, until_on
    months = (
        f"(({_part('YEAR', b)} - {_part('YEAR', a)}) * 12"
        f" + {_part('MONTH', b)} - {_part('MONTH', a)})"
    )
    first, last = _part("DAY", a), _part("DAY", b)
    this, before = _last_day(b, "this"), _last_day(b, "before")
    least = "LEAST" if is_postgresql() else "MIN"
    return Sql(
        f"(CASE WHEN {last} >= {least}({first}, {this})"
        f" THEN {months} * {DAYS_OF_A_MONTH} + {last} - {least}({first}, {this})"
        f" ELSE ({months} - 1) * {DAYS_OF_A_MONTH} + {last} + {before}"
        f" - {least}({first}, {before}) END)"
    )
