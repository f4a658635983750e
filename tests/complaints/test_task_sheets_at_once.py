"""Several people act on one task sheet at the same moment."""

import pytest

from complaints import actions
from complaints.models import Complaint, ComplaintClock, SheetStatement, TaskSheet
from office import ledger
from office.models import LedgerEntry
from tests import make
from tests.complaints import make_task_sheets as made
from tests.complaints.make_complaints import handler
from tests.make import DAY, TODAY
from tests.registry.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _figures():
    made.figures()


def test_a_sheet_approved_twice_at_once_is_sent_once():
    second = handler()
    sheet = made.sheet("proposed", second=second)
    approve = [lambda: actions.approve_sheet(sheet.pk, by=second, today=TODAY)] * 4
    assert at_once(*approve) == ["done", "refused", "refused", "refused"]
    assert TaskSheet.objects.get().state == "sent"
    assert Complaint.objects.get().state == "assigned"
    assert SheetStatement.objects.filter(kind="text").count() == 1
    assert ComplaintClock.objects.filter(task=sheet.pk).count() == 2
    assert LedgerEntry.objects.filter(act="complaints.tasksheet.approve").count() == 1
    assert ledger.faults() == []


def test_approved_and_taken_back_at_once_one_of_the_two_happens():
    second = handler()
    sheet = made.sheet("proposed", second=second)
    author = sheet.complaint.handler
    outcomes = at_once(
        lambda: actions.approve_sheet(sheet.pk, by=second, today=TODAY),
        lambda: actions.recall_sheet(sheet.pk, by=author, today=TODAY),
    )
    assert outcomes == ["done", "refused"]
    sheet.refresh_from_db()
    complaint = Complaint.objects.get()
    assert (sheet.state, complaint.state) in [("sent", "assigned"), ("draft", "accepted")]


def test_drawn_up_twice_at_once_there_is_one_sheet():
    case = made.accepted()
    draw = [lambda: actions.draw_sheet(case, by=case.handler, today=TODAY)] * 3
    assert at_once(*draw) == ["done", "refused", "refused"]
    assert TaskSheet.objects.count() == 1


def test_objected_and_reported_at_once_one_answer_counts():
    sheet, unit = made.sheet("sent"), make.user()
    outcomes = at_once(
        lambda: actions.object_to_sheet(sheet.pk, words="不归我管。", by=unit, today=TODAY),
        lambda: actions.report_findings(sheet.pk, by=unit, today=TODAY, **made.REPORT),
    )
    assert outcomes == ["done", "refused"]
    sheet.refresh_from_db()
    expected = {"objected": "screening", "reported": "findings_in"}
    assert Complaint.objects.get().state == expected[sheet.state]


def test_a_unit_reminded_twice_at_once_is_reminded_once():
    sheet = made.sheet("sent")
    note = {"words": "请报送。", "by": sheet.complaint.handler, "today": TODAY + 22 * DAY}
    remind = [lambda: actions.remind_unit(sheet.pk, **note)] * 3
    assert at_once(*remind) == ["done", "refused", "refused"]
    assert SheetStatement.objects.filter(kind="reminder").count() == 1
