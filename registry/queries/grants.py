"""Which posts an account holds today: asked on every request, so the question is worded once.

Django takes some thirty times as long to word it as the database to answer it.
"""

from datetime import date
from functools import cache

from django.db import connection

# They stand in the kept wording where the account and the day belong.
SOMEBODY, SOME_DAY = -987_654_321, date(9876, 5, 4)
COLUMNS = ["role", "division", "division__code", "division__name"]
COLUMNS += ["organization", "organization__name"]


def posts_granted(model, user, today):
    """Return the rows (COLUMNS) of ``model.objects.granted(user, today)``."""
    sql, parameters = _wording(model, connection.vendor)
    day = connection.ops.adapt_datefield_value
    put_in = {SOMEBODY: user.pk, day(SOME_DAY): day(today)}
    with connection.cursor() as cursor:
        cursor.execute(sql, [put_in.get(value, value) for value in parameters])
        return cursor.fetchall()


@cache
def _wording(model, vendor):
    posts = model.objects.granted(SOMEBODY, SOME_DAY).values_list(*COLUMNS)
    return posts.query.sql_with_params()
