"""What was withdrawn with the code: looked at by a handler, left, or followed up as a lead."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from complaints import actions, vault
from complaints.flows import ComplaintState
from complaints.models import Complaint, SealedIdentity, StatementKind, VaultKey
from complaints.reports.following import follow
from complaints.reports.unsettled import withdrawals_on_my_page
from complaints.vault import Destroyed
from office import ledger
from office.flow import Refused
from office.models import LedgerEntry
from office.roles import Role
from tests import make
from tests.complaints import make_task_sheets
from tests.complaints.make_complaints import (
    DAY,
    IDENTITY,
    TODAY,
    complaint,
    figures,
    handler,
    received,
    said,
)
from tests.registry.desk import sent, url

pytestmark = pytest.mark.django_db
S = ComplaintState
FACTS = "多次收受当事人财物。"
ACTS = {
    "go_on_as_lead": lambda pk, **note: actions.go_on_as_lead(pk, facts=FACTS, **note),
    "leave_withdrawn": actions.leave_withdrawn,
}


@pytest.fixture(autouse=True)
def _figures(in_english):
    figures()


@pytest.fixture
def by():
    return handler()


def withdrawn(by=None, state="screening", **given):
    """A complaint its holder withdrew; by nobody taken up unless there is a handler."""
    row = complaint(state, by=by, **given) if by else received(**given)[0]
    return actions.withdraw_by_code(row.pk, today=TODAY)


def lead_of(row):
    return Complaint.objects.exclude(pk=row.pk).get()


def fresh(row):
    return Complaint.objects.get(pk=row.pk)


# --- Settling it ----------------------------------------------------------------------------------


def test_serious_facts_go_on_as_a_lead_and_the_complaint_stays_withdrawn(by):
    row = withdrawn(by)
    actions.go_on_as_lead(row.pk, facts=FACTS, by=by, today=TODAY + DAY, reason="情节较重")
    row, lead = fresh(row), lead_of(row)
    assert (row.state, row.settled_on, row.closed_on) == (S.WITHDRAWN, TODAY + DAY, TODAY)
    assert (lead.state, lead.mode, lead.handler) == (S.LEAD, "anonymous", by)
    assert (lead.mediator, lead.grounds) == (row.mediator, row.grounds)
    assert said(lead, StatementKind.FACTS) == [FACTS]
    assert said(row, StatementKind.NOTE)[-2:] == [f"关联案件：{lead.number}", "情节较重"]
    assert said(lead, StatementKind.NOTE) == [f"关联案件：{row.number}"]


def test_the_lead_keeps_nothing_of_who_complained(by):
    row = withdrawn(by, facts=f"我是{IDENTITY['name']}，他收了香烟。")
    actions.go_on_as_lead(row.pk, facts=FACTS, by=by, today=TODAY)
    lead = lead_of(row)
    assert vault.identity(lead) == {}
    assert SealedIdentity.objects.get().complaint == row
    told = "".join(text for _row, text in vault.statements(lead))
    assert [word for word in IDENTITY.values() if word in told] == []
    assert (lead.source_number, lead.entered_by, vault.files(lead)) == ("", by, [])


@pytest.mark.parametrize(
    "facts",
    [
        f"{IDENTITY['name']}反映其收受财物。",
        "钱 一 民 反映",
        f"电话{IDENTITY['phone']}",
    ],
)
def test_facts_that_say_who_complained_are_refused(by, facts):
    row = withdrawn(by)
    with pytest.raises(Refused) as refusal:
        actions.go_on_as_lead(row.pk, facts=facts, by=by, today=TODAY)
    assert list(refusal.value.message_dict) == ["facts"]
    assert facts not in str(refusal.value)
    assert (Complaint.objects.count(), fresh(row).settled_on) == (1, None)
    # So are those with which a handler notes a withdrawal himself.
    other = complaint("screening", by=by)
    with pytest.raises(Refused):
        actions.withdraw_complaint(other.pk, facts=facts, by=by, today=TODAY)
    assert fresh(other).state == S.SCREENING


def test_it_is_left_at_that(by):
    row = withdrawn(by)
    actions.leave_withdrawn(row.pk, by=by, today=TODAY, reason="事实轻微")
    assert (fresh(row).settled_on, Complaint.objects.count()) == (TODAY, 1)
    assert said(row, StatementKind.NOTE) == ["事实轻微"]


@pytest.mark.parametrize("first", ACTS)
@pytest.mark.parametrize("then", ACTS)
def test_it_is_settled_once(by, first, then):
    row = withdrawn(by)
    ACTS[first](row.pk, by=by, today=TODAY)
    count, entries = Complaint.objects.count(), LedgerEntry.objects.count()
    with pytest.raises(Refused, match="has ended"):
        ACTS[then](row.pk, by=by, today=TODAY)
    assert (Complaint.objects.count(), LedgerEntry.objects.count()) == (count, entries)


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("state", [s for s in S if s not in {S.WITHDRAWN, S.MERGED, S.RECEIVED}])
def test_in_no_other_state_is_there_anything_to_settle(by, state, name):
    row = complaint(state, by=by)
    with pytest.raises(Refused):
        ACTS[name](row.pk, by=by, today=TODAY)
    assert (fresh(row).state, fresh(row).settled_on, Complaint.objects.count()) == (state, None, 1)


@pytest.mark.parametrize("name", ACTS)
def test_only_the_handler_settles_it(by, name):
    row, other = withdrawn(by), handler()
    actions.give_access(row, other, "second", by=by, today=TODAY)
    with pytest.raises(actions.NotTheHandler):
        ACTS[name](row.pk, by=other, today=TODAY)
    actions.take_access(row, by, by=by, today=TODAY)
    with pytest.raises(actions.NotGiven):
        ACTS[name](row.pk, by=by, today=TODAY)
    assert fresh(row).settled_on is None


def test_a_withdrawal_the_handler_notes_is_settled_with_it(by):
    row = complaint("screening", by=by)
    assert actions.withdraw_complaint(row.pk, by=by, today=TODAY).settled_on == TODAY
    assert not Complaint.objects.unsettled().exists()


def test_what_was_taken_up_by_nobody_is_taken_over_to_be_looked_at(by):
    row = withdrawn()
    with pytest.raises(actions.NotTheHandler):
        actions.leave_withdrawn(row.pk, by=by, today=TODAY)
    actions.take_over(row.pk, by=by, today=TODAY)
    assert actions.may_read(row, by)
    actions.go_on_as_lead(row.pk, facts=FACTS, by=by, today=TODAY)
    assert lead_of(row).state == S.LEAD
    with pytest.raises(Refused, match="has ended"):
        actions.hand_over(row.pk, to=handler(), by=by, today=TODAY)


def test_it_is_handed_to_another_while_it_is_to_be_looked_at_and_nothing_else_is_done(by):
    row, other = withdrawn(by), handler()
    with pytest.raises(Refused, match="has ended"):
        actions.suspend(row.pk, ground="court", by=by, today=TODAY)
    with pytest.raises(Refused, match="has ended"):
        actions.write(row.pk, kind="note", text="补记", by=by, today=TODAY)
    actions.hand_over(row.pk, to=other, by=by, today=TODAY)
    actions.leave_withdrawn(row.pk, by=other, today=TODAY)
    assert fresh(row).settled_on == TODAY


def test_of_a_destroyed_case_nothing_goes_on(by):
    row = withdrawn(by)
    VaultKey.objects.filter(complaint=row).update(key=None, destroyed_on=TODAY)
    with pytest.raises(Refused, match="destroyed"):
        actions.go_on_as_lead(row.pk, facts=FACTS, by=by, today=TODAY)
    with pytest.raises(Destroyed):
        vault.identity(row)
    assert Complaint.objects.count() == 1
    actions.leave_withdrawn(row.pk, by=by, today=TODAY)


def test_a_failure_halfway_leaves_it_to_be_looked_at(by, monkeypatch):
    row = withdrawn(by)
    append = ledger.append

    def fail(act, *args, **kwargs):
        if act == "complaints.complaint.go_on_as_lead":
            raise RuntimeError
        return append(act, *args, **kwargs)

    monkeypatch.setattr(ledger, "append", fail)
    with pytest.raises(RuntimeError):
        actions.go_on_as_lead(row.pk, facts=FACTS, by=by, today=TODAY)
    assert (fresh(row).settled_on, Complaint.objects.count()) == (None, 1)


def test_the_database_settles_nothing_that_was_not_withdrawn(by):
    row = complaint("rejected", by=by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.filter(pk=row.pk).update(settled_on=TODAY)


def test_the_ledger_knows_the_act_and_no_word_and_no_link(by):
    row = withdrawn(by)
    actions.go_on_as_lead(row.pk, facts=FACTS, by=by, today=TODAY, reason="与村民王某有关")
    lead = lead_of(row)
    entry = LedgerEntry.objects.get(act="complaints.complaint.go_on_as_lead")
    assert entry.after == {"settled_on": TODAY.isoformat()}
    told = str(list(LedgerEntry.objects.values_list("before", "after", "reason")))
    assert [word for word in (FACTS, "王某", IDENTITY["name"], row.number) if word in told] == []
    of_row = str(list(LedgerEntry.objects.of(row).values_list("before", "after", "reason")))
    assert lead.number not in of_row


# --- What its holder and the unit see -------------------------------------------------------------


def test_the_code_tells_that_it_was_withdrawn_and_of_no_lead(by):
    row = withdrawn(by)
    before = follow(row.pk, TODAY)
    actions.go_on_as_lead(row.pk, facts=FACTS, by=by, today=TODAY, reason="情节较重")
    after = follow(row.pk, TODAY)
    assert after == before
    assert after.standing == ["Your complaint was withdrawn."]
    assert [word for word in (FACTS, lead_of(row).number, "线索") if word in str(after)] == []


@pytest.mark.parametrize(
    ("state", "then"), [("draft", "dropped"), ("sent", "recalled"), ("reported", "done")]
)
def test_withdrawn_with_the_code_it_leaves_no_sheet_in_work(
    state, then, django_capture_on_commit_callbacks
):
    sheet = make_task_sheets.sheet(state)
    make_task_sheets.clerk(sheet.organization, email="unit@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_by_code(sheet.complaint_id, today=TODAY)
        actions.withdraw_by_code(sheet.complaint_id, today=TODAY)
    sheet.refresh_from_db()
    assert sheet.state == then
    assert not any(make_task_sheets.clocks(sheet).values())
    units = [one for one in mail.outbox if one.to == ["unit@example.org"]]
    assert len(units) == (state == "sent")


# --- On the desk ----------------------------------------------------------------------------------


def listed(client, **query):
    response = client.get(url("complaints", "index"), query)
    return [row.pk for row, _url, _cells in response.context["listed"]]


def act(client, row, name, **typed):
    return client.post(url("complaints", "act", row.pk, name), sent(**typed))


def test_the_queue_has_a_tab_of_those_to_be_looked_at(client, at_desk, by):
    mine, nobodys, left = withdrawn(by), withdrawn(), withdrawn(by)
    actions.leave_withdrawn(left.pk, by=by, today=TODAY)
    at_desk(by)
    assert sorted(listed(client, group="unsettled")) == [mine.pk, nobodys.pk]
    assert listed(client, group="ended") == [left.pk]
    at_desk(handler("330682"))
    assert listed(client, group="unsettled") == []


def test_the_handlers_own_page_counts_them(by):
    row = withdrawn(by)
    withdrawn()
    [task] = withdrawals_on_my_page(by, TODAY)
    assert (task.note, row.number in f"{task.label}{task.url}") == ("1 complaint", False)
    assert withdrawals_on_my_page(handler(), TODAY) == []
    row.recusals.create(user=by, declared_on=TODAY)
    assert withdrawals_on_my_page(by, TODAY) == []


def test_a_handler_goes_on_with_it_from_its_page(client, at_desk, by):
    row = withdrawn(by)
    at_desk(by)
    page = client.get(url("complaints", "inspect", row.pk)).content.decode()
    assert ("Go on with it as a lead" in page, "Leave it at the withdrawal" in page) == (True, True)
    form = sent(facts=FACTS)
    address = url("complaints", "act", row.pk, "go_on_as_lead")
    assert client.post(address, form).status_code == 302
    assert client.post(address, form).status_code == 302
    assert lead_of(row).state == S.LEAD
    again = client.get(url("complaints", "inspect", row.pk)).content.decode()
    assert "Leave it at the withdrawal" not in again


def test_facts_that_name_somebody_stay_typed_and_the_field_says_why(client, at_desk, by):
    row = withdrawn(by)
    at_desk(by)
    answer = act(client, row, "go_on_as_lead", facts=f"{IDENTITY['name']}说他收钱。")
    assert answer.status_code == 422
    assert "says who complained" in answer.content.decode()
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize("name", ACTS)
def test_whoever_was_not_given_it_finds_no_such_act(client, at_desk, by, name):
    row = withdrawn(by)
    others = [
        handler(), handler("330682"), make.officer(Role.AUDITOR, make.division("3306")),
        make.officer(Role.CITY_BUREAU, make.division("3306")),
    ]  # fmt: skip
    for other in others:
        at_desk(other)
        assert client.get(url("complaints", "act", row.pk, name)).status_code == 404
        assert act(client, row, name, facts=FACTS).status_code == 404
    assert fresh(row).settled_on is None
