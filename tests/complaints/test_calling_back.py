"""A sheet is taken back from its unit, and the complaint is passed on with one number and clock."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from complaints import actions
from complaints.flows import COMPLAINT, ComplaintState, SheetState
from complaints.models import Complaint, ReceivedSheet, StatementKind, TaskSheet
from complaints.reports.following import follow
from office import ledger
from office.flow import Refused
from office.models import LedgerEntry
from office.roles import Role
from tests import make
from tests.complaints import make_task_sheets as made
from tests.complaints.make_complaints import complaint, handler, said
from tests.complaints.make_task_sheets import CLEAN, MARK
from tests.make import DAY, TODAY
from tests.registry.desk import sent, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
S = ComplaintState
OTHER = "330682"
REASON = "属地不符，另有安排。"


@pytest.fixture(autouse=True)
def _figures():
    made.figures()


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def pass_on(case, *, by=None, to=OTHER, today=TODAY):
    given = {"by": by or case.handler, "today": today, "reason": REASON}
    return actions.transfer(case.pk, division=make.division(to), **given)


def running(case):
    return {clock.key: clock.due_on for clock in case.clocks.filter(stopped_on=None)}


# --- Taking a sheet back --------------------------------------------------------------------------


@pytest.mark.parametrize("state", SheetState)
def test_only_a_sheet_that_its_unit_has_is_taken_back(state):
    sheet = made.sheet(state)
    if state in {"sent", "sent_back"}:
        actions.call_back_sheet(sheet.pk, by=sheet.complaint.handler, today=TODAY)
        sheet = fresh(sheet)
        assert (sheet.state, sheet.recalled_on) == ("recalled", TODAY)
        assert fresh(sheet.complaint).state == S.ACCEPTED
        return
    of_complaint = fresh(sheet.complaint).state
    with pytest.raises(Refused, match="is not possible in the state"):
        actions.call_back_sheet(sheet.pk, by=sheet.complaint.handler, today=TODAY)
    assert (fresh(sheet).state, fresh(sheet.complaint).state) == (state, of_complaint)


@pytest.mark.parametrize("state", ComplaintState)
def test_a_complaint_comes_back_from_the_unit_only(state):
    row = Complaint(state=state)
    barred = COMPLAINT.refusals(row, "call_back", TODAY)
    assert (barred == []) is (state == S.ASSIGNED)


def test_the_limits_of_the_unit_end_and_that_to_decide_runs_on():
    sheet = made.sheet("sent")
    case = sheet.complaint
    total = actions.start_clock(case, "total_days", today=TODAY - 9 * DAY)
    actions.call_back_sheet(sheet.pk, by=case.handler, today=TODAY + DAY)
    assert made.clocks(sheet) == {"object_days": False, "findings_days": False}
    assert running(case).keys() == {"accept_days", "assign_days", "total_days"}
    assert fresh(total).start_on == TODAY - 9 * DAY
    assign = case.clocks.get(key="assign_days", stopped_on=None)
    assert assign.start_on == TODAY + DAY


def test_after_that_another_sheet_is_drawn_up():
    sheet = made.sheet("recalled")
    case = fresh(sheet.complaint)
    again = actions.draw_sheet(case, by=case.handler, today=TODAY)
    assert (again.serial, again.state) == (2, "draft")


def test_a_second_click_takes_nothing_back():
    sheet = made.sheet("recalled")
    entries = LedgerEntry.objects.count()
    with pytest.raises(Refused):
        actions.call_back_sheet(sheet.pk, by=sheet.complaint.handler, today=TODAY)
    assert LedgerEntry.objects.count() == entries


@pytest.mark.parametrize("is_given", [False, True])
def test_nobody_but_the_handler_takes_it_back(is_given):
    sheet, other = made.sheet("sent"), handler()
    if is_given:
        by = sheet.complaint.handler
        actions.give_access(sheet.complaint, other, "second", by=by, today=TODAY)
    with pytest.raises(actions.NotTheHandler):
        actions.call_back_sheet(sheet.pk, by=other, today=TODAY)
    assert (fresh(sheet).state, any(made.clocks(sheet).values())) == ("sent", True)


def test_nothing_is_taken_back_while_the_complaint_stands_still():
    sheet = made.sheet("sent")
    case = sheet.complaint
    actions.suspend(case.pk, ground="court", by=case.handler, today=TODAY)
    for act in [
        lambda: actions.call_back_sheet(sheet.pk, by=case.handler, today=TODAY),
        lambda: pass_on(case),
    ]:
        with pytest.raises(Refused, match="suspended"):
            act()
    assert (fresh(sheet).state, fresh(case).division_id) == ("sent", case.division_id)


def test_the_ledger_tells_of_the_act_and_not_of_the_case():
    sheet = made.sheet("sent")
    by = sheet.complaint.handler
    first = LedgerEntry.objects.order_by("sequence").last().sequence
    actions.call_back_sheet(sheet.pk, by=by, today=TODAY, reason=f"{MARK}另案。")
    entries = LedgerEntry.objects.filter(sequence__gt=first).order_by("sequence")
    assert sorted(entries.values_list("act", flat=True)) == [
        "complaints.complaint.call_back", "complaints.tasksheet.call_back",
    ]  # fmt: skip
    told = str(list(entries.values_list("before", "after", "reason")))
    assert [word for word in (MARK, "另案", sheet.addressee, "香烟") if word in told] == []
    assert said(sheet.complaint, StatementKind.NOTE) == [f"{MARK}另案。"]


def test_the_unit_and_who_pressed_it_get_a_message_without_a_word_of_the_case(
    django_capture_on_commit_callbacks,
):
    sheet = made.sheet("sent")
    made.clerk(sheet.organization, email="unit@example.org")
    office = make.division("330681")
    make.officer(Role.COUNTY_BUREAU, office, email="office@example.org")
    TaskSheet.objects.filter(pk=sheet.pk).update(supervisor=office)
    with django_capture_on_commit_callbacks(execute=True):
        actions.call_back_sheet(sheet.pk, by=sheet.complaint.handler, today=TODAY, reason=REASON)
    assert sorted(one.to[0] for one in mail.outbox) == ["office@example.org", "unit@example.org"]
    told = "".join(f"{one.subject}{one.body}" for one in mail.outbox)
    words = [sheet.complaint.number, REASON, MARK, sheet.addressee, CLEAN]
    assert [word for word in words if word in told] == []


def test_the_database_wants_a_day_for_what_was_taken_back_and_for_nothing_else():
    for state, fields in [("recalled", {"recalled_on": None}), ("sent", {"recalled_on": TODAY})]:
        sheet = made.sheet(state)
        with pytest.raises(IntegrityError), transaction.atomic():
            TaskSheet.objects.filter(pk=sheet.pk).update(**fields)


# --- What the unit sees of it ---------------------------------------------------------------------


def test_the_unit_cannot_open_it_any_more_and_is_told_its_number_and_nothing_else(client, at_desk):
    sheet = made.sheet("sent")
    at_desk(made.clerk(sheet.organization))
    assert client.get(url("received_sheets", "inspect", sheet.pk)).status_code == 200
    actions.call_back_sheet(sheet.pk, by=sheet.complaint.handler, today=TODAY, reason=REASON)
    for page in ("inspect", "paper"):
        assert client.get(url("received_sheets", page, sheet.pk)).status_code == 404
    for name in ("report", "object", "recuse"):
        act = url("received_sheets", "act", sheet.pk, name)
        assert (client.get(act).status_code, client.post(act, sent()).status_code) == (404, 404)
    answer = client.get(url("received_sheets", "index"))
    page = answer.content.decode()
    assert answer.context["listed"] == []
    assert (str(sheet) in page, TODAY.isoformat() in page) == (True, True)
    hidden = [REASON, MARK, "香烟", str(sheet.complaint.mediator)]
    assert [word for word in hidden if word in page] == []


@pytest.mark.parametrize(("days", "is_told"), [(30, True), (31, False)])
def test_the_unit_is_told_for_thirty_days(client, at_desk, days, is_told):
    sheet = made.sheet("recalled")
    TaskSheet.objects.filter(pk=sheet.pk).update(recalled_on=TODAY - days * DAY)
    at_desk(made.clerk(sheet.organization))
    page = client.get(url("received_sheets", "index")).content.decode()
    assert (str(sheet) in page) is is_told


def test_no_other_unit_and_nobody_with_a_part_in_it_is_told(client, at_desk):
    sheet = made.sheet("recalled")
    clerk = made.clerk(sheet.organization)
    sheet.complaint.recusals.create(user=clerk, declared_on=TODAY)
    others = [made.clerk(make.organization()), clerk]
    others.append(make.officer(Role.JUSTICE_OFFICE, make.division("330681002")))
    for other in others:
        at_desk(other)
        page = client.get(url("received_sheets", "index")).content.decode()
        assert str(sheet) not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_the_unit_asks_as_much_for_one_as_for_three(
    client, at_desk, rows, django_assert_max_num_queries
):
    body = make.organization()
    for _number in range(rows):
        made.sheet("recalled", about=make.appointment(body=body).mediator)
    at_desk(made.clerk(body))
    client.get(url("received_sheets", "index"))
    with django_assert_max_num_queries(17):
        assert len(client.get(url("received_sheets", "index")).context["taken_back"]) == rows


def test_the_person_complained_of_cannot_open_it_any_more(client, at_desk):
    sheet = made.sheet("sent")
    person = sheet.complaint.mediator
    person.user = make.user()
    person.save()
    client.force_login(person.user)
    page = reverse("my_complaint", args=[sheet.pk])
    assert client.get(page).status_code == 200
    actions.call_back_sheet(sheet.pk, by=sheet.complaint.handler, today=TODAY)
    assert client.get(page).status_code == 404


def test_the_handler_reads_on_what_the_unit_was_sent(client, at_desk):
    sheet = made.sheet("sent")
    at_desk(sheet.complaint.handler)
    act = url("task_sheets", "act", sheet.pk, "call_back")
    assert "can no longer open the sheet" in client.get(act).content.decode()
    assert client.post(act, sent(reason=REASON)).status_code == 302
    answer = client.get(url("task_sheets", "inspect", sheet.pk))
    assert "两条香烟" in answer.content.decode()
    assert client.get(url("task_sheets", "paper", sheet.pk)).status_code == 200
    assert fresh(sheet).state == "recalled"


def test_in_another_county_there_is_no_such_sheet_and_no_such_act(client, at_desk):
    sheet = made.sheet("sent")
    at_desk(handler(OTHER))
    act = url("task_sheets", "act", sheet.pk, "call_back")
    assert (client.get(act).status_code, client.post(act, sent()).status_code) == (404, 404)
    assert fresh(sheet).state == "sent"


# --- Passing it on --------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["sent", "sent_back"])
def test_a_complaint_that_a_unit_has_is_passed_on_with_one_number_and_one_clock(state):
    sheet = made.sheet(state)
    case = fresh(sheet.complaint)
    total = actions.start_clock(case, "total_days", today=TODAY - 9 * DAY)
    by = case.handler
    pass_on(case)
    after = fresh(case)
    assert (after.number, after.division.code, after.handler) == (case.number, OTHER, None)
    assert (after.state, fresh(sheet).state) == (S.ACCEPTED, "recalled")
    assert (fresh(total).due_on, fresh(total).stopped_on) == (total.due_on, None)
    assert "assign_days" in running(after)
    assert not any(made.clocks(sheet).values())
    assert not actions.may_read(after, by)
    assert not ReceivedSheet.objects.gone_out().exists()
    new = handler(OTHER)
    actions.take_over(case.pk, by=new, today=TODAY)
    again = actions.draw_sheet(fresh(case), by=new, today=TODAY)
    assert again.serial == 2


def test_the_complainant_is_told_which_body_has_it_now():
    sheet = made.sheet("sent")
    case = fresh(sheet.complaint)
    pass_on(case)
    shown = follow(case.pk, TODAY)
    name = make.division(OTHER).name
    assert name in shown.in_charge
    notice = said(case, StatementKind.NOTICE)[-1]
    assert (name in notice, "不变" in notice, REASON in notice) == (True, True, False)
    assert sheet.addressee not in str(shown)


def test_who_is_neither_handler_nor_lead_takes_nothing_back_by_passing_on():
    sheet = made.sheet("sent")
    with pytest.raises(actions.NotTheHandler):
        pass_on(fresh(sheet.complaint), by=handler())
    assert fresh(sheet).state == "sent"
    assert any(made.clocks(sheet).values())


def test_the_lead_passes_on_what_a_unit_has_without_reading_it():
    sheet = made.sheet("sent")
    lead = make.officer(Role.CITY_BUREAU, make.division("3306"))
    pass_on(fresh(sheet.complaint), by=lead, to="3306")
    assert (fresh(sheet.complaint).division.code, fresh(sheet).state) == ("3306", "recalled")


def test_a_failure_halfway_leaves_the_sheet_with_the_unit(monkeypatch):
    sheet = made.sheet("sent")
    case = fresh(sheet.complaint)
    append = ledger.append

    def fail(act, *args, **kwargs):
        if act == "complaints.complaint.transfer":
            raise RuntimeError
        return append(act, *args, **kwargs)

    monkeypatch.setattr(ledger, "append", fail)
    entries = LedgerEntry.objects.count()
    with pytest.raises(RuntimeError):
        pass_on(case)
    assert (fresh(sheet).state, fresh(case).state) == ("sent", S.ASSIGNED)
    assert fresh(case).division_id == case.division_id
    assert (any(made.clocks(sheet).values()), LedgerEntry.objects.count()) == (True, entries)


def test_the_act_on_the_desk_says_that_the_sheet_comes_back(client, at_desk):
    sheet = made.sheet("sent")
    case = fresh(sheet.complaint)
    at_desk(case.handler)
    act = url("complaints", "act", case.pk, "transfer")
    assert "taken back from the unit" in client.get(act).content.decode()
    typed = {"division": str(make.division(OTHER).pk), "reason": REASON}
    assert client.post(act, sent(**typed)).url == url("complaints", "index")
    assert client.post(act, sent(**typed)).status_code == 404
    assert fresh(case).division.code == OTHER


def test_of_another_complaint_no_sheet_is_said_to_come_back(client, at_desk):
    case = complaint("screening")
    at_desk(case.handler)
    page = client.get(url("complaints", "act", case.pk, "transfer")).content.decode()
    assert "taken back from the unit" not in page
