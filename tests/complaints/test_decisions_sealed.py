"""Nothing typed while a complaint is decided, told, reviewed and closed lies open anywhere."""

import pytest
from django.db import connection

from complaints import actions
from complaints.models import Complaint
from office.flow import Refused
from tests import make
from tests.complaints.make_complaints import figures, handler
from tests.complaints.make_decisions import (
    FOUNDED,
    begin,
    found,
    fresh,
    outside,
    post_of,
    reviewer,
)
from tests.make import DAY, TODAY

pytestmark = pytest.mark.django_db(transaction=True)
MARK = "春分那天的两条香烟"
TOLD = {"to_complainant": MARK, "to_respondent": MARK, "to_unit": MARK}


def everything():
    """All that the tables hold, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - every table there is
            found.extend(str(row) for row in cursor.fetchall())
    return "\n".join(found)


def test_no_word_of_the_whole_path_lies_open_in_any_table():
    figures()
    row = found(about=post_of().mediator, today=TODAY - 9 * DAY)
    by, above = row.handler, reviewer()
    note = {"today": TODAY, "reasons": MARK}
    actions.decide(row.pk, by=by, items=FOUNDED, measures=["criticism", "removal"], **note)
    actions.reply(row.pk, by=by, today=TODAY, **TOLD)
    begin(row, "in_review", actions.begin_review)
    actions.take_up_review(row.pk, by=above, today=TODAY)
    actions.review(
        row.pk, by=above, outcome="changed", items=FOUNDED, measures=["removal"], **note, **TOLD
    )
    begin(row, "in_recheck", actions.begin_recheck)
    actions.recheck(row.pk, by=by, today=TODAY, **outside(reasons=MARK))
    task = row.decisions.get(stands=True).consequences.get()
    clerk = make.user()
    actions.leave(task.pk, by=clerk, today=TODAY, reason=MARK, why_not="declined")
    actions.report_retaliation(fresh(row), text=MARK, today=TODAY, submission="a" * 32)
    actions.close(row.pk, by=by, today=TODAY, reason=MARK)

    told = everything()
    assert Complaint.objects.get(pk=row.pk).number in told
    assert MARK not in told
    assert "香烟" not in told


def test_no_refusal_repeats_what_was_typed():
    figures()
    row = found()
    for act in [
        lambda: actions.decide(
            row.pk, by=handler(), today=TODAY, items=FOUNDED, reasons=MARK, measures=[]
        ),
        lambda: actions.decide(row.pk, by=row.handler, today=TODAY, items=[], reasons=MARK),
    ]:
        with pytest.raises(Refused) as refused:
            act()
        assert MARK not in str(refused.value)
