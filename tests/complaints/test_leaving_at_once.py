"""A sheet taken back, a case passed on, a withdrawal settled - by several at the same moment."""

import pytest

from complaints import actions
from complaints.models import Complaint, ComplaintClock
from office import ledger
from office.models import LedgerEntry
from tests import make
from tests.complaints import make_task_sheets as made
from tests.complaints.make_complaints import complaint, handler
from tests.complaints.make_decisions import taken_up
from tests.make import TODAY
from tests.registry.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _figures():
    made.figures()


def test_passed_on_and_reported_at_once_one_of_the_two_happens():
    sheet, unit, other = made.sheet("sent"), make.user(), make.division("330682")
    case = Complaint.objects.get()
    note = {"by": case.handler, "today": TODAY}
    outcomes = at_once(
        lambda: actions.transfer(case.pk, division=other, **note),
        lambda: actions.report_findings(sheet.pk, by=unit, today=TODAY, **made.REPORT),
    )
    assert outcomes == ["done", "refused"]
    sheet.refresh_from_db()
    case.refresh_from_db()
    told = (sheet.state, case.state, case.division.code)
    assert told in [("recalled", "accepted", "330682"), ("reported", "findings_in", "330681")]
    assert ledger.faults() == []


def test_a_sheet_taken_back_twice_at_once_comes_back_once():
    sheet = made.sheet("sent")
    note = {"by": sheet.complaint.handler, "today": TODAY}
    back = [lambda: actions.call_back_sheet(sheet.pk, **note)] * 3
    assert at_once(*back) == ["done", "refused", "refused"]
    assert LedgerEntry.objects.filter(act="complaints.complaint.call_back").count() == 1
    assert ComplaintClock.objects.filter(key="assign_days", stopped_on=None).count() == 1


def test_a_withdrawal_settled_by_many_clicks_leads_to_one_lead():
    by = handler()
    row = complaint("screening", by=by)
    actions.withdraw_by_code(row.pk, today=TODAY)
    note = {"by": by, "today": TODAY}
    outcomes = at_once(
        lambda: actions.go_on_as_lead(row.pk, facts="多次收受财物。", **note),
        lambda: actions.go_on_as_lead(row.pk, facts="多次收受财物。", **note),
        lambda: actions.leave_withdrawn(row.pk, **note),
    )
    assert outcomes == ["done", "refused", "refused"]
    assert Complaint.objects.filter(state="lead").count() <= 1
    assert Complaint.objects.filter(settled_on=TODAY).count() == 1
    assert ledger.faults() == []


def test_the_limit_of_a_review_is_extended_once_however_many_ask():
    row, by = taken_up()
    note = {"days": 9, "by": by, "today": TODAY, "reason": "案情复杂"}
    assert at_once(*[lambda: actions.extend_review(row.pk, **note)] * 3) == [
        "done", "refused", "refused",
    ]  # fmt: skip
    assert ComplaintClock.objects.get(key="review_days").extra_days == 9
