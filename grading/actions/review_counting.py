"""The figures of review sheets are counted from the registers, all of them by one statement."""

from django.db import connection
from django.db.models import Exists, OuterRef

from grading.evaluation.review_figures import OfSheets
from grading.evaluation.sql import Sql, day, is_postgresql, sql
from grading.flows.review import SheetState
from grading.models import ReviewFigure


def count_figures(cycle, today, sheets=None):
    """Count the figures of those sheets that have none standing; returns how many were stored.

    :param sheets: a queryset of sheets of the cycle; all that may get a result if none is given.
    """
    standing = ReviewFigure.objects.standing().filter(sheet=OuterRef("pk"))
    rows = cycle.sheets.current() if sheets is None else sheets
    rows = rows.exclude(state=SheetState.NOT_GRADED).filter(~Exists(standing))
    counting = OfSheets(cycle.rules, (cycle.from_on, cycle.until_on), today, sheets=rows)
    if not counting.indicators:
        return 0
    made = sql(
        "INSERT INTO {} (sheet_id, indicator, metric, state, part, whole, mix, counted_on, reason,"
        " by_id, replaced_on) SELECT q.sheet, q.indicator, q.metric, q.state, q.part, q.whole, {},"
        " {}, '', NULL, NULL FROM ({}) q",
        Sql(ReviewFigure._meta.db_table),
        Sql("CAST(q.mix AS jsonb)" if is_postgresql() else "q.mix"),
        day(today),
        counting.rows(),
    )
    with connection.cursor() as cursor:
        cursor.execute(made.text, made.params)
        return cursor.rowcount
