"""Task sheets: the flow state by state, the second person, the limits, what leaves and what not."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from complaints import actions
from complaints.actions.sheet_words import approved_text, draft_of, words_of
from complaints.flows import TASK_SHEET, SheetState
from complaints.models import CaseGrant, Complaint, SheetStatement, SheetWord, TaskSheet
from office.flow import Refused
from office.models import LedgerEntry
from tests import make
from tests.complaints import make_task_sheets as made
from tests.complaints.make_complaints import handler
from tests.complaints.make_task_sheets import CLEAN, FACTS, IDENTITY, MARK, REPORT
from tests.make import DAY, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
S = SheetState


@pytest.fixture(autouse=True)
def _figures():
    made.figures()


def drafts(sheet):
    return [text for _row, text in words_of(sheet, SheetWord.DRAFT)]


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("name", TASK_SHEET.steps)
def test_each_step_is_possible_from_its_states_only(state, name):
    second = handler()
    sheet = made.sheet(state, second=second)
    step = TASK_SHEET.steps[name]
    if state not in step.sources:
        with pytest.raises(Refused):
            made.take(name, sheet.pk, by=sheet.complaint.handler, second=second)
        sheet.refresh_from_db()
        assert sheet.state == state
    else:
        made.take(name, sheet.pk, by=sheet.complaint.handler, second=second)
        sheet.refresh_from_db()
        assert sheet.state == step.target
        last = LedgerEntry.objects.of(sheet).order_by("sequence").last()
        assert last.act == f"complaints.tasksheet.{name}"


@pytest.mark.parametrize(
    ("state", "of_complaint"),
    [
        ("proposed", "accepted"), ("returned", "accepted"), ("sent", "assigned"),
        ("objected", "screening"), ("reported", "findings_in"), ("sent_back", "assigned"),
        ("done", "findings_in"), ("recalled", "accepted"),
    ],
)  # fmt: skip
def test_the_complaint_goes_along(state, of_complaint):
    sheet = made.sheet(state)
    assert Complaint.objects.get(pk=sheet.complaint_id).state == of_complaint


def test_a_sheet_is_drawn_up_redacted_and_addressed():
    case = made.accepted()
    sheet = actions.draw_sheet(case, by=case.handler, today=TODAY)
    assert drafts(sheet) == [CLEAN]
    assert (sheet.organization, sheet.addressee) == (case.organization, case.organization.name)
    assert str(sheet) == f"{case.number}-1"


def test_one_sheet_is_in_work_at_a_time():
    sheet = made.sheet("sent")
    case = sheet.complaint
    with pytest.raises(Refused):
        actions.draw_sheet(case, by=case.handler, today=TODAY)
    second = made.sheet("draft").complaint
    with pytest.raises(Refused, match="in work already"):
        actions.draw_sheet(second, by=second.handler, today=TODAY)
    other = TaskSheet.objects.get(complaint=second)
    other.pk, other.serial = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        TaskSheet.objects.bulk_create([other])


def test_after_an_objection_a_new_sheet_is_drawn_up():
    sheet = made.sheet("objected")
    Complaint.objects.filter(pk=sheet.complaint_id).update(state="accepted")
    again = actions.draw_sheet(sheet.complaint, by=sheet.complaint.handler, today=TODAY)
    assert again.serial == 2


@pytest.mark.parametrize("state", ["received", "screening", "assigned", "findings_in", "decided"])
def test_only_an_accepted_complaint_waits_for_a_sheet(state):
    case = made.accepted()
    Complaint.objects.filter(pk=case.pk).update(state=state)
    with pytest.raises(Refused, match="not accepted"):
        actions.draw_sheet(case, by=case.handler, today=TODAY)


def test_only_who_was_given_the_complaint_draws_up_its_sheet():
    case, sheet = made.accepted(), made.sheet()
    other = handler()
    for act in [
        lambda: actions.draw_sheet(case, by=other, today=TODAY),
        lambda: actions.redact_sheet(sheet.pk, chosen=[0], by=other, today=TODAY),
        lambda: actions.propose_sheet(sheet.pk, second=handler(), by=other, today=TODAY),
    ]:
        with pytest.raises(actions.NotGiven):
            act()


def test_a_suggestion_that_is_not_taken_leaves_the_words():
    sheet = made.sheet()
    by = sheet.complaint.handler
    actions.redact_sheet(sheet.pk, chosen=[0], by=by, today=TODAY)
    assert drafts(sheet)[-1] == FACTS.replace(MARK, "投诉人")


def test_the_text_is_edited_on_the_draft_one_saw():
    sheet = made.sheet()
    by, other = sheet.complaint.handler, handler()
    actions.give_access(sheet.complaint, other, "handler", by=by, today=TODAY)
    based_on = draft_of(sheet)[0].pk
    actions.write_sheet(sheet.pk, text="调解员收烟。", based_on=based_on, by=other, today=TODAY)
    with pytest.raises(Refused, match="another draft"):
        actions.write_sheet(sheet.pk, text="别的", based_on=based_on, by=by, today=TODAY)
    sheet.refresh_from_db()
    assert (drafts(sheet)[-1], sheet.drawn_by) == ("调解员收烟。", other)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{MARK}说", ["The text still holds: a name."]),
        ("沈 默 然说", ["The text still holds: a name."]),
        ("打13900007777", ["The text still holds: a mobile number."]),
        (IDENTITY["address"], ["The text still holds: an address."]),
        ("330681198005041111", ["The text still holds: an ID number."]),
    ],
)
def test_words_that_name_the_complainant_are_not_handed_on(text, said):
    sheet = made.sheet()
    by = sheet.complaint.handler
    write = {"based_on": draft_of(sheet)[0].pk, "by": by, "today": TODAY}
    actions.write_sheet(sheet.pk, text=text, **write)
    with pytest.raises(Refused) as refusal:
        actions.propose_sheet(sheet.pk, second=handler(), by=by, today=TODAY)
    assert refusal.value.messages == said
    assert text not in str(refusal.value)
    assert not CaseGrant.objects.filter(part="second").exists()


def test_what_was_planted_after_the_proposal_is_found_at_the_approval():
    second = handler()
    sheet = made.sheet("proposed", second=second)
    from complaints.actions.sheet_words import say_in_sheet  # noqa: PLC0415

    author = sheet.complaint.handler
    say_in_sheet(sheet, SheetWord.DRAFT, f"{MARK}来过", by=author, today=TODAY)
    with pytest.raises(Refused, match="a name"):
        actions.approve_sheet(sheet.pk, by=second, today=TODAY)
    assert Complaint.objects.get(pk=sheet.complaint_id).state == "accepted"


def test_the_second_person_reads_while_deciding_and_no_longer():
    second = handler()
    sheet = made.sheet("proposed", second=second)
    assert actions.may_read(sheet.complaint, second)
    actions.approve_sheet(sheet.pk, by=second, today=TODAY)
    assert not actions.may_read(sheet.complaint, second)
    assert actions.may_read(sheet.complaint, sheet.complaint.handler)


@pytest.mark.parametrize("name", ["return", "recall", "drop"])
def test_whatever_ends_the_proposal_ends_the_reading(name):
    second = handler()
    sheet = made.sheet("proposed", second=second)
    made.take(name, sheet.pk, by=sheet.complaint.handler, second=second)
    sheet.refresh_from_db()
    assert not actions.may_read(sheet.complaint, second)
    assert sheet.second is None


def test_a_second_who_handles_the_complaint_anyway_reads_on():
    sheet = made.sheet()
    by, second = sheet.complaint.handler, handler()
    actions.give_access(sheet.complaint, second, "handler", by=by, today=TODAY)
    actions.propose_sheet(sheet.pk, second=second, by=by, today=TODAY)
    actions.approve_sheet(sheet.pk, by=second, today=TODAY)
    assert actions.may_read(sheet.complaint, second)


def test_the_author_is_not_the_approver():
    sheet = made.sheet("proposed")
    author = sheet.complaint.handler
    with pytest.raises(Refused, match="Somebody else"):
        actions.approve_sheet(sheet.pk, by=author, today=TODAY)
    with pytest.raises(Refused, match="Somebody else"):
        actions.return_sheet(sheet.pk, words="x", by=author, today=TODAY)
    with pytest.raises(Refused, match="Somebody else"):
        actions.approve_sheet(sheet.pk, by=handler(), today=TODAY)
    for field in ["approved_by", "second"]:
        with pytest.raises(IntegrityError), transaction.atomic():
            TaskSheet.objects.filter(pk=sheet.pk).update(**{field: author})


def test_nobody_who_wrote_any_draft_approves():
    sheet = made.sheet()
    by, other = sheet.complaint.handler, handler()
    actions.give_access(sheet.complaint, other, "handler", by=by, today=TODAY)
    based_on = draft_of(sheet)[0].pk
    actions.write_sheet(sheet.pk, text="收烟。", based_on=based_on, by=other, today=TODAY)
    with pytest.raises(Refused, match="Whoever wrote"):
        actions.propose_sheet(sheet.pk, second=by, by=other, today=TODAY)


@pytest.mark.parametrize("place", ["330681", "3306"])
def test_the_second_is_a_handler_of_the_same_or_a_higher_body(place):
    sheet, second = made.sheet(), handler(place)
    actions.propose_sheet(sheet.pk, second=second, by=sheet.complaint.handler, today=TODAY)


def test_no_one_of_another_county_nor_one_in_conflict_nor_one_who_left_is_the_second():
    sheet = made.sheet()
    case, by = sheet.complaint, sheet.complaint.handler
    respondent, recused = handler(), handler()
    case.mediator.user = respondent
    case.mediator.save()
    case.recusals.create(user=recused, declared_on=TODAY)
    gone = handler(until_on=timezone.localdate() - DAY)
    for second in [handler("330682"), respondent, recused, gone, make.user()]:
        with pytest.raises(Refused, match="may not decide"):
            actions.propose_sheet(sheet.pk, second=second, by=by, today=timezone.localdate())


def test_the_approval_sends_the_sheet_with_its_limits_and_a_message_that_tells_nothing(
    django_capture_on_commit_callbacks,
):
    case = made.accepted()
    made.clerk(case.organization, email="clerk@example.org")
    actions.start_clock(case, "assign_days", today=TODAY)
    sheet = made.sheet("proposed", case=case, second=(second := handler()))
    with django_capture_on_commit_callbacks(execute=True):
        actions.approve_sheet(sheet.pk, by=second, today=TODAY)
    sheet.refresh_from_db()
    [message] = mail.outbox
    assert approved_text(sheet) == CLEAN
    assert (sheet.approved_by, sheet.sent_on) == (second, TODAY)
    assert made.clocks(sheet) == {"object_days": True, "findings_days": True}
    assert case.clocks.get(key="assign_days").stopped_on == TODAY
    assert (message.to, message.subject) == (["clerk@example.org"], "有一条新消息")
    assert case.number not in message.body


def test_the_person_complained_of_is_not_written_to_even_as_a_clerk(
    django_capture_on_commit_callbacks,
):
    case = made.accepted()
    clerk = made.clerk(case.organization, email="self@example.org")
    sheet = made.sheet("proposed", case=case, second=(second := handler()))
    case.mediator.user = clerk
    case.mediator.save()
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(Refused, match="in conflict"),
    ):
        actions.approve_sheet(sheet.pk, by=second, today=TODAY)
    assert mail.outbox == []


def test_if_the_complaint_does_not_follow_nothing_is_sent():
    sheet = made.sheet("proposed", second=(second := handler()))
    Complaint.objects.filter(pk=sheet.complaint_id).update(suspended_on=TODAY)
    with pytest.raises(Refused, match="suspended"):
        actions.approve_sheet(sheet.pk, by=second, today=TODAY)
    sheet.refresh_from_db()
    assert (sheet.state, made.clocks(sheet), approved_text(sheet)) == ("proposed", {}, "")


def test_when_the_middle_fails_nothing_of_the_approval_stays():
    sheet = made.sheet("proposed", second=(second := handler()))
    from complaints.models import ComplaintPolicy  # noqa: PLC0415

    ComplaintPolicy.objects.filter(key="findings_days").delete()
    with pytest.raises(Refused, match="No policy"):
        actions.approve_sheet(sheet.pk, by=second, today=TODAY)
    sheet.refresh_from_db()
    assert (sheet.state, made.clocks(sheet), approved_text(sheet)) == ("proposed", {}, "")
    assert actions.may_read(sheet.complaint, second)


# Five working days from Monday 23 November end on Monday the 30th, fifteen on 14 December.
LAST_TO_OBJECT, LAST_TO_REPORT = TODAY + 7 * DAY, TODAY + 21 * DAY


@pytest.mark.parametrize(("on", "passes"), [(LAST_TO_OBJECT, True), (LAST_TO_OBJECT + DAY, False)])
def test_the_unit_objects_up_to_the_last_day(on, passes):
    sheet = made.sheet("sent")
    assert sheet.limit_to_object().due_on == LAST_TO_OBJECT
    assert (TASK_SHEET.refusals(sheet, "object", on) == []) is passes


def test_an_objection_starts_the_screening_again():
    sheet = made.sheet("objected")
    assert made.clocks(sheet) == {"object_days": False, "findings_days": False}
    assert sheet.complaint.clocks.filter(key="accept_days", stopped_on=None).count() == 1


@pytest.mark.parametrize(("on", "late"), [(LAST_TO_REPORT, []), (LAST_TO_REPORT + DAY, ["sheet"])])
def test_findings_are_overdue_from_the_day_after(on, late):
    sheet = made.sheet("sent")
    assert sheet.limit_of_findings().due_on == LAST_TO_REPORT
    assert len(TaskSheet.objects.overdue(on)) == len(late)
    actions.report_findings(sheet.pk, by=make.user(), today=on, **REPORT)
    assert not TaskSheet.objects.overdue(on + 99 * DAY).exists()


def test_findings_come_back_once_and_the_limit_begins_anew():
    sheet = made.sheet("reported")
    case, later = sheet.complaint, TODAY + DAY
    actions.send_findings_back(sheet.pk, words="补证据。", by=case.handler, today=later)
    clock = case.clocks.get(key="findings_days", stopped_on=None)
    assert clock.start_on == later
    actions.report_findings(sheet.pk, by=make.user(), today=later, **REPORT)
    with pytest.raises(Refused, match="once only"):
        actions.send_findings_back(sheet.pk, words="再补。", by=case.handler, today=later)
    assert sheet.findings.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        TaskSheet.objects.filter(pk=sheet.pk).update(state="sent_back", was_sent_back=False)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"investigators": ["王一平", "王一平"]}, "Two different people"),
        ({"investigators": ["王一平", " 王 一平 "]}, "Two different people"),
        ({"investigators": ["王一平", ""]}, "Two different people"),
        ({"grounds": {}}, "Findings are missing"),
        ({"grounds": {"property": {"finding": "", "text": "x"}}}, "Findings are missing"),
        ({"grounds": {"property": {"finding": "founded", "text": " "}}}, "Findings are missing"),
    ],
)
def test_incomplete_findings_are_refused(given, said):
    sheet = made.sheet("sent")
    with pytest.raises(Refused, match=said):
        actions.report_findings(sheet.pk, by=make.user(), today=TODAY, **{**REPORT, **given})
    assert Complaint.objects.get(pk=sheet.complaint_id).state == "assigned"


def test_findings_are_sealed_and_told_again():
    sheet = made.sheet("reported")
    [(row, told)] = actions.findings_of(sheet)
    assert told == {key: REPORT[key] for key in ["said", "grounds", "proposal"]}
    assert (row.first_investigator, row.second_investigator) == ("王一平", "李二安")
    assert actions.findings_on(sheet.complaint)[0] == row
    with pytest.raises(IntegrityError), transaction.atomic():
        sheet.findings.update(second_investigator="王一平")


@pytest.mark.parametrize("act", ["send_back", "remind"])
def test_words_to_the_unit_are_held_against_who_complained(act):
    sheet = made.sheet("reported" if act == "send_back" else "sent")
    note = {"words": f"请问{MARK}", "by": sheet.complaint.handler}
    say = actions.send_findings_back if act == "send_back" else actions.remind_unit
    with pytest.raises(Refused, match="a name"):
        say(sheet.pk, today=LAST_TO_REPORT + DAY, **note)


def test_a_late_unit_is_reminded_once_a_day_and_then_supervised():
    sheet = made.sheet("sent")
    note = {"words": "请报送。", "by": sheet.complaint.handler}
    with pytest.raises(Refused, match="not overdue"):
        actions.remind_unit(sheet.pk, today=LAST_TO_REPORT, **note)
    late = LAST_TO_REPORT + DAY
    with pytest.raises(Refused, match="Remind the unit first"):
        actions.supervise_unit(sheet.pk, today=late, **note)
    actions.remind_unit(sheet.pk, today=late, **note)
    with pytest.raises(Refused, match="once a day"):
        actions.remind_unit(sheet.pk, today=late, **note)
    actions.remind_unit(sheet.pk, today=late + DAY, **note)
    actions.supervise_unit(sheet.pk, today=late + DAY, **note)
    sheet.refresh_from_db()
    assert sheet.supervisor.code == "330681"
    kinds = sheet.statements.filter(kind__in=["reminder", "supervision"])
    assert list(kinds.values_list("kind", flat=True)) == ["reminder", "reminder", "supervision"]
    row = kinds.first()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        SheetStatement.objects.bulk_create([row])


def test_the_end_of_a_complaint_ends_its_sheets():
    reported, sent = made.sheet("reported"), made.sheet("sent")
    for sheet, state in [(reported, "done"), (sent, "recalled")]:
        by = sheet.complaint.handler
        assert actions.end_sheets(sheet.complaint, by=by, today=TODAY) == 1
        assert actions.end_sheets(sheet.complaint, by=by, today=TODAY) == 0
        sheet.refresh_from_db()
        assert sheet.state == state
    assert made.clocks(sent) == {"object_days": False, "findings_days": False}


@pytest.mark.parametrize(
    ("state", "then"),
    [
        ("draft", "dropped"), ("proposed", "dropped"), ("sent", "recalled"),
        ("sent_back", "recalled"), ("reported", "done"),
    ],
)  # fmt: skip
def test_a_complaint_that_is_withdrawn_leaves_no_sheet_in_work(state, then):
    second = handler()
    sheet = made.sheet(state, second=second)
    case = sheet.complaint
    actions.withdraw_complaint(case.pk, by=case.handler, today=TODAY, reason="撤回。")
    sheet.refresh_from_db()
    assert sheet.state == then
    assert not actions.may_read(case, second)
    assert not any(made.clocks(sheet).values())


def test_a_complaint_that_is_joined_to_another_leaves_no_sheet_in_work():
    person = make.appointment().mediator
    sheet = made.sheet("sent", about=person)
    case = sheet.complaint
    other = made.accepted(about=person, by=case.handler)
    actions.merge(case.pk, into=other, by=case.handler, today=TODAY, reason="同一事实。")
    sheet.refresh_from_db()
    assert sheet.state == "recalled"


def test_a_complaint_that_is_passed_on_takes_no_draft_along():
    second = handler()
    sheet = made.sheet("proposed", second=second)
    case = sheet.complaint
    note = {"by": case.handler, "today": TODAY, "reason": "属地。"}
    actions.transfer(case.pk, division=make.division("330682"), **note)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.second) == ("dropped", None)


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "nonsense"},
        {"organization": None},
        {"outside": "村委会"},
        {"state": "proposed", "second": None},
        {"state": "sent"},
    ],
)
def test_the_database_refuses_what_makes_no_sense(broken):
    sheet = made.sheet()
    with pytest.raises(IntegrityError), transaction.atomic():
        TaskSheet.objects.filter(pk=sheet.pk).update(**broken)


def test_no_word_of_a_sheet_lies_open_in_any_table(transactional_db):
    sheet = made.sheet("sent_back")
    whole = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - every table there is
            whole.extend(str(row) for row in cursor.fetchall())
    text = "\n".join(whole)
    secrets = [MARK, IDENTITY["phone"], "香烟", "承认收烟", "批评教育", "补证"]
    assert [secret for secret in secrets if secret in text] == []
    assert sheet.complaint.number in text


def test_a_pause_of_the_clocks_gives_the_unit_its_days_back():
    sheet = made.sheet("sent")
    case = sheet.complaint
    actions.pause_clocks(case, today=TODAY + DAY, why="suspended")
    assert TASK_SHEET.refusals(sheet, "object", TODAY + 60 * DAY) == []
    actions.resume_clocks(case, today=TODAY + 2 * DAY, why="suspended")
    assert sheet.limit_to_object().due_on == LAST_TO_OBJECT + timedelta(days=1)
