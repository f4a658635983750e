"""What a unit, a higher body and the person complained of see and do, and what they never see."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from complaints import actions
from complaints.models import Complaint, FindingsPaper, ReceivedSheet, SheetStatement, TaskSheet
from office.models import LedgerEntry
from office.roles import Role
from office.workbench import lines_of
from tests import make
from tests.complaints import make_task_sheets as made
from tests.complaints.make_complaints import handler
from tests.complaints.make_task_sheets import IDENTITY, MARK
from tests.make import DAY, TODAY
from tests.registry.desk import elsewhere, sent, url

pytestmark = pytest.mark.django_db
LATE = TODAY + 22 * DAY
TYPED = {
    "first": "王一平", "second": "李二安", "is_heard": "yes", "said": "承认收烟。",
    "finding_property": "founded", "text_property": "收受香烟属实。", "proposal": "批评教育。",
}  # fmt: skip
FACTS = f"我叫{MARK}，电话13900007777，住{IDENTITY['address']}。{MARK}送了两条香烟。"


@pytest.fixture(autouse=True)
def _figures():
    made.figures()


@pytest.fixture
def sheet():
    return made.sheet("sent", facts=FACTS)


def picture(name="照片.jpg"):
    content = BytesIO()
    Image.new("RGB", (8, 8)).save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")


def leaks(response):
    content = response.content.decode()
    pieces = [MARK, IDENTITY["phone"], IDENTITY["address"], "12组8号"]
    return [piece for piece in pieces if piece in content]


def listed(client, desk="received_sheets"):
    return [row.pk for row, _url, _cells in client.get(url(desk, "index")).context["listed"]]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(
    client, at_desk, rows, django_assert_max_num_queries
):
    body = make.organization()
    for _number in range(rows):
        made.sheet("sent", about=make.appointment(body=body).mediator)
    at_desk(made.clerk(body))
    client.get(url("received_sheets", "index"))
    with django_assert_max_num_queries(16):
        assert len(listed(client)) == rows


def test_a_clerk_sees_the_sheets_of_the_own_organization_once_they_went_out(client, at_desk, sheet):
    at_desk(made.clerk(sheet.organization))
    made.sheet("sent")
    waiting = made.sheet("proposed", about=make.appointment(body=sheet.organization).mediator)
    assert listed(client) == [sheet.pk]
    for other in (made.sheet("sent"), waiting):
        assert client.get(url("received_sheets", "inspect", other.pk)).status_code == 404
        assert client.get(url("received_sheets", "paper", other.pk)).status_code == 404
        act = url("received_sheets", "act", other.pk, "report")
        assert client.post(act, sent(**TYPED)).status_code == 404


def test_no_page_of_the_unit_tells_who_complained(client, at_desk, sheet):
    at_desk(made.clerk(sheet.organization))
    pages = [
        url("received_sheets", "index"),
        url("received_sheets", "inspect", sheet.pk),
        url("received_sheets", "act", sheet.pk, "report"),
        url("received_sheets", "act", sheet.pk, "object"),
        url("received_sheets", "act", sheet.pk, "recuse"),
    ]
    for page in pages:
        answer = client.get(page)
        assert (answer.status_code, leaks(answer)) == (200, [])
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "same-origin"
    assert "送了两条香烟" in client.get(pages[1]).content.decode()
    for page in [url("task_sheets", "inspect", sheet.pk), url("task_sheets", "index")]:
        assert client.get(page).status_code == 404


def test_the_paper_holds_the_redacted_text_alone(client, at_desk, sheet):
    at_desk(made.clerk(sheet.organization))
    answer = client.get(url("received_sheets", "paper", sheet.pk))
    assert answer["Content-Type"] == "application/pdf"
    from complaints.reports.task_sheets import paper_of  # noqa: PLC0415

    told = repr(paper_of(sheet))
    assert "香烟" in told
    assert [piece for piece in (MARK, IDENTITY["phone"]) if piece in told] == []


def test_a_clerk_who_is_complained_of_never_sees_the_sheet(client, at_desk, sheet):
    clerk = made.clerk(sheet.organization)
    person = sheet.complaint.mediator
    person.user = clerk
    person.save()
    at_desk(clerk)
    assert listed(client) == []
    assert client.get(url("received_sheets", "inspect", sheet.pk)).status_code == 404


def test_a_clerk_who_stands_back_no_longer_sees_it(client, at_desk, sheet):
    clerk = at_desk(made.clerk(sheet.organization))
    act = url("received_sheets", "act", sheet.pk, "recuse")
    answer = client.post(act, sent())
    assert answer.url == url("received_sheets", "index")
    assert listed(client) == []
    assert sheet.complaint.recusals.get().user == clerk


@pytest.mark.parametrize(
    ("role", "place", "sees"),
    [
        (Role.JUSTICE_OFFICE, "330681001", True),
        (Role.JUSTICE_OFFICE, "330681002", False),
        (Role.COUNTY_BUREAU, "330681", False),
        (Role.CITY_BUREAU, "3306", False),
        (Role.HANDLER, "330681", False),
        (Role.AUDITOR, "3306", False),
    ],
)
def test_a_sheet_to_an_office_is_read_there_and_nowhere_else(client, at_desk, role, place, sees):
    body = make.organization(in_division=make.division("330681001001"))
    head = make.appointment(body=body, post="director").mediator
    made_sheet = made.sheet("sent", about=head, division=make.division("330681"))
    assert made_sheet.division.code == "330681001"
    at_desk(make.officer(role, make.division(place)))
    page = client.get(url("received_sheets", "inspect", made_sheet.pk))
    assert (page.status_code == 200) is sees


def test_findings_are_reported_once_however_often_the_form_is_sent(client, at_desk, sheet):
    at_desk(made.clerk(sheet.organization))
    act = url("received_sheets", "act", sheet.pk, "report")
    form = sent(**TYPED, first_paper=picture())
    for _time in range(3):
        form["first_paper"] = picture()
        assert client.post(act, form).status_code == 302
    sheet.refresh_from_db()
    findings = sheet.findings.get()
    assert sheet.state == "reported"
    assert Complaint.objects.get(pk=sheet.complaint_id).state == "findings_in"
    paper = FindingsPaper.objects.get(findings=findings)
    answer = client.get(url("received_sheets", "findings_paper", sheet.pk, paper.pk))
    assert answer["Content-Disposition"] == f'attachment; filename="{sheet}-{paper.pk}.jpg"'
    assert "照片" in client.get(url("received_sheets", "inspect", sheet.pk)).content.decode()


@pytest.mark.parametrize(
    "typed",
    [{"second": "王一平"}, {"text_property": ""}, {"finding_property": ""}, {"said": ""}],
)
def test_incomplete_findings_keep_what_was_typed(client, at_desk, sheet, typed):
    at_desk(made.clerk(sheet.organization))
    act = url("received_sheets", "act", sheet.pk, "report")
    answer = client.post(act, sent(**{**TYPED, **typed}))
    assert answer.status_code == 422
    assert "批评教育。" in answer.content.decode()
    assert not sheet.findings.exists()


def test_nobody_else_gets_a_paper_of_findings(client, at_desk, sheet):
    actions.report_findings(sheet.pk, by=make.user(), today=TODAY, files=[picture()], **made.REPORT)
    paper = FindingsPaper.objects.get()
    other = made.sheet("sent")
    at_desk(made.clerk(other.organization))
    for pk in (sheet.pk, other.pk):
        page = url("received_sheets", "findings_paper", pk, paper.pk)
        assert client.get(page).status_code == 404


@pytest.mark.parametrize(("days", "status"), [(7, 302), (8, 422)])
def test_the_unit_objects_until_the_last_day(client, sheet, time_machine, days, status):
    clerk = made.clerk(sheet.organization)
    time_machine.move_to(f"{TODAY + days * DAY}T23:00:00+08:00")
    client.force_login(clerk)
    act = url("received_sheets", "act", sheet.pk, "object")
    assert client.post(act, sent(words="不归我会管。")).status_code == status
    entries = LedgerEntry.objects.filter(act="complaints.tasksheet.object")
    assert [entry.reason for entry in entries] == (["理由存于案内。"] if status == 302 else [])


def test_a_supervised_sheet_is_read_by_the_office_above_and_by_no_other(client, at_desk, sheet):
    note = {"words": "请报送。", "by": sheet.complaint.handler, "today": LATE}
    actions.remind_unit(sheet.pk, **note)
    actions.supervise_unit(sheet.pk, **note)
    page = url("supervised_sheets", "inspect", sheet.pk)
    at_desk(make.officer(Role.COUNTY_BUREAU, make.division("330681")))
    answer = client.get(page)
    assert (answer.status_code, leaks(answer)) == (200, [])
    assert listed(client, "supervised_sheets") == [sheet.pk]
    assert client.get(url("received_sheets", "inspect", sheet.pk)).status_code == 404
    for officer in [
        make.officer(Role.COUNTY_BUREAU, elsewhere()),
        make.officer(Role.JUSTICE_OFFICE, make.division("330681001")),
        made.clerk(sheet.organization),
    ]:
        at_desk(officer)
        assert client.get(page).status_code == 404


def respondent_of(sheet):
    person = sheet.complaint.mediator
    person.user = make.user(name=person.name)
    person.save()
    return person.user


def test_the_person_complained_of_reads_the_redacted_text_and_states_a_side(client, at_desk, sheet):
    user = at_desk(respondent_of(sheet))
    page = reverse("my_complaint", args=[sheet.pk])
    asked = client.get(page)
    form = {"submission": "a" * 32, "text": "我没有收烟。"}
    for _time in range(3):
        assert client.post(page, form).url == page
    told = client.get(page)
    assert "送了两条香烟" in asked.content.decode()
    assert [leaks(answer) for answer in (asked, told, client.get(reverse("my_complaints")))] == [
        [], [], [],
    ]  # fmt: skip
    assert "我没有收烟。" in told.content.decode()
    assert [text for _row, text in actions.side_of_respondent(sheet.complaint)] == ["我没有收烟。"]
    assert SheetStatement.objects.get(kind="side").by == user
    assert "no-store" in told["Cache-Control"]
    assert told["Referrer-Policy"] == "same-origin"


def test_forms_arrive_as_browsers_send_them(client, sheet, settings):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(respondent_of(sheet))
    page = reverse("my_complaint", args=[sheet.pk])
    asked = browser.get(page)
    # A browser hides the origin of a form from its own site too, if the page says no-referrer.
    origin = "null" if asked["Referrer-Policy"] == "no-referrer" else "http://testserver"
    form = {"submission": "e" * 32, "text": "没有。"}
    form["csrfmiddlewaretoken"] = browser.cookies[settings.CSRF_COOKIE_NAME].value
    assert browser.post(page, form, headers={"Origin": origin}).url == page


def test_the_unit_reads_the_side_of_the_person(client, at_desk, sheet):
    actions.state_side(sheet.pk, text="我没有收烟。", by=respondent_of(sheet), today=TODAY)
    at_desk(made.clerk(sheet.organization))
    page = client.get(url("received_sheets", "inspect", sheet.pk))
    assert "我没有收烟。" in page.content.decode()


@pytest.mark.parametrize(
    ("state", "seen", "may_say"),
    [
        ("draft", False, False), ("proposed", False, False), ("sent", True, True),
        ("objected", True, False), ("reported", True, False), ("sent_back", True, True),
        ("done", True, False),
    ],
)  # fmt: skip
def test_a_side_is_stated_from_the_sending_until_the_findings(
    client, at_desk, state, seen, may_say
):
    sheet = made.sheet(state, facts=FACTS)
    at_desk(respondent_of(sheet))
    page = reverse("my_complaint", args=[sheet.pk])
    assert (client.get(page).status_code == 200) is seen
    answer = client.post(page, {"submission": "b" * 32, "text": "没有。"})
    assert answer.status_code == (302 if may_say else 422 if seen else 404)
    assert SheetStatement.objects.filter(kind="side").exists() is may_say


def test_nobody_states_the_side_of_another_or_sees_the_page(client, at_desk, sheet):
    other = make.appointment(body=sheet.organization).mediator
    other.user = make.user()
    other.save()
    at_desk(other.user)
    page = reverse("my_complaint", args=[sheet.pk])
    assert client.get(page).status_code == 404
    assert client.post(page, {"submission": "c" * 32, "text": "x"}).status_code == 404
    with pytest.raises(TaskSheet.DoesNotExist):
        actions.state_side(sheet.pk, text="x", by=other.user, today=TODAY)


def test_the_own_page_has_a_line_for_it(sheet):
    user = respondent_of(sheet)
    tasks, places = lines_of(user, TODAY)
    address = reverse("my_complaint", args=[sheet.pk])
    assert [task.due_on for task in tasks if task.url == address] == [TODAY + 21 * DAY]
    assert reverse("my_complaints") in [place.url for place in places]
    actions.state_side(sheet.pk, text="没有。", by=user, today=TODAY)
    tasks, _places = lines_of(user, TODAY)
    assert address not in [task.url for task in tasks]
    others = lines_of(make.user(), TODAY)[1]
    assert reverse("my_complaints") not in [place.url for place in others]


def test_once_the_key_is_destroyed_the_pages_stand_without_words(client, at_desk, sheet):
    from complaints import vault  # noqa: PLC0415

    user = respondent_of(sheet)
    vault.destroy(sheet.complaint, today=TODAY)
    for who, page in [
        (made.clerk(sheet.organization), url("received_sheets", "inspect", sheet.pk)),
        (sheet.complaint.handler, url("task_sheets", "inspect", sheet.pk)),
        (user, reverse("my_complaint", args=[sheet.pk])),
    ]:
        at_desk(who)
        answer = client.get(page)
        assert answer.status_code == 200
        assert "香烟" not in answer.content.decode()


def test_the_ledger_tells_units_and_mediators_nothing_of_the_text(sheet):
    note = {"words": "请报送。", "by": sheet.complaint.handler, "today": LATE}
    actions.remind_unit(sheet.pk, **note)
    actions.report_findings(sheet.pk, by=make.user(), today=LATE, **made.REPORT)
    actions.send_findings_back(sheet.pk, **note)
    told = [
        repr([one.reason, one.before, one.after, one.evidence])
        for one in LedgerEntry.objects.filter(subject_type__startswith="complaints.")
    ]
    secrets = [MARK, IDENTITY["phone"], "香烟", "承认", "批评教育", "请报送"]
    assert [secret for secret in secrets if secret in "".join(told)] == []


def test_rows_of_the_proxy_are_those_that_went_out():
    made.sheet("draft")
    gone = made.sheet("sent")
    assert [row.pk for row in ReceivedSheet.objects.gone_out()] == [gone.pk]
    assert handler() not in [gone.second]
