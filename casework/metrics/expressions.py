"""What Django has no exact or fast word for, on both databases."""

from django.db.models import Aggregate, BigIntegerField, DateField, Func, IntegerField
from django.db.models.expressions import Star


class Rows(Aggregate):
    """How many rows, or how many that meet ``filter``; Django counts such only of a column."""

    function = "COUNT"
    output_field = IntegerField()
    empty_result_set_value = 0

    def __init__(self, filter=None):  # noqa: A002 the name Django gives it
        super().__init__(Star(), filter=filter)


class DaysBetween(Func):
    """Whole days from the second date to the first; an integer on either database."""

    arity = 2
    output_field = IntegerField()

    def as_sqlite(self, compiler, connection, **context):
        template = "CAST(julianday(%(expressions)s) AS INTEGER)"
        return self.as_sql(
            compiler, connection, template=template, arg_joiner=") - julianday(", **context
        )

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(
            compiler, connection, template="(%(expressions)s)", arg_joiner=" - ", **context
        )


class FirstOfMonth(Func):
    """The first day of the month a date lies in."""

    arity = 1
    output_field = DateField()

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(
            compiler, connection, template="substr(%(expressions)s, 1, 7) || '-01'", **context
        )

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(
            compiler, connection, template="date_trunc('month', %(expressions)s)::date", **context
        )


class FirstOfYear(FirstOfMonth):
    """The first day of the year a date lies in."""

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(
            compiler, connection, template="substr(%(expressions)s, 1, 4) || '-01-01'", **context
        )

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(
            compiler, connection, template="date_trunc('year', %(expressions)s)::date", **context
        )


class Enclosing(Func):
    """The number of the division of so many digits that a division lies in."""

    output_field = BigIntegerField()

    def __init__(self, expression, digits):
        self.size = 10 ** (12 - digits)
        super().__init__(expression)

    def as_sql(self, compiler, connection, **context):
        # Both databases divide integers downwards.
        template = f"(%(expressions)s / {self.size} * {self.size})"
        return super().as_sql(compiler, connection, template=template, **context)
