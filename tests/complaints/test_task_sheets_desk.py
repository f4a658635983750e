"""Task sheets on the handlers' desk: who sees them, the pages, the acts of two people."""

from types import SimpleNamespace

import pytest

from complaints import actions
from complaints.actions.sheet_words import draft_of, words_of
from complaints.models import Complaint, TaskSheet
from complaints.viewsets.task_sheets import sheet_sections
from office.roles import Role
from tests import make
from tests.complaints import make_task_sheets as made
from tests.complaints.make_complaints import handler
from tests.complaints.make_task_sheets import CLEAN, FACTS, MARK
from tests.make import DAY, TODAY
from tests.registry.desk import fields, sent, url

pytestmark = pytest.mark.django_db
LATE = TODAY + 22 * DAY


@pytest.fixture(autouse=True)
def _figures():
    made.figures()


def listed(client):
    return [
        row.pk for row, _url, _cells in client.get(url("task_sheets", "index")).context["listed"]
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(
    client, at_desk, rows, django_assert_max_num_queries
):
    by = handler()
    for _number in range(rows):
        made.sheet("sent", by=by)
    at_desk(by)
    client.get(url("task_sheets", "index"))
    with django_assert_max_num_queries(16):
        assert len(listed(client)) == rows


def test_only_those_given_the_complaint_find_its_sheets(client, at_desk):
    sheet = made.sheet("sent")
    page = url("task_sheets", "inspect", sheet.pk)
    for other in [
        handler(), handler("330682"), handler("3306"), made.clerk(sheet.organization),
        make.officer(Role.CITY_BUREAU, make.division("3306")),
        make.officer(Role.AUDITOR, make.division("3306")), make.user(is_superuser=True),
    ]:  # fmt: skip
        at_desk(other)
        answers = [page, url("task_sheets", "act", sheet.pk, "remind")]
        answers += [url("task_sheets", "history", sheet.pk), url("task_sheets", "paper", sheet.pk)]
        assert [client.get(one).status_code for one in answers] == [404] * 4
    at_desk(sheet.complaint.handler)
    assert client.get(page).status_code == 200
    assert listed(client) == [sheet.pk]


def test_whoever_declared_a_part_no_longer_finds_them(client, at_desk):
    sheet = made.sheet("sent")
    sheet.complaint.recusals.create(user=sheet.complaint.handler, declared_on=TODAY)
    at_desk(sheet.complaint.handler)
    assert listed(client) == []


def test_a_sheet_is_drawn_up_for_a_complaint_with_one_click(client, at_desk):
    case = made.accepted()
    at_desk(case.handler)
    add = url("task_sheets", "add")
    form = fields(client.get(f"{add}?complaint={case.pk}"))
    answer = client.post(add, form)
    sheet = TaskSheet.objects.get()
    assert answer.url == url("task_sheets", "inspect", sheet.pk)
    assert client.post(add, form).url == answer.url
    page = client.get(answer.url).content.decode()
    assert MARK in page
    assert "投诉人" in page
    assert draft_of(sheet)[1] == CLEAN


def test_a_complaint_of_others_or_one_with_a_sheet_is_not_offered(client, at_desk):
    case, other = made.accepted(), made.accepted()
    at_desk(case.handler)
    add = url("task_sheets", "add")
    offered = client.get(add).context["form"].fields["complaint"].queryset
    assert list(offered) == [case]
    assert client.post(add, sent(complaint=other.pk)).status_code == 422
    actions.draw_sheet(case, by=case.handler, today=TODAY)
    assert not client.get(add).context["form"].fields["complaint"].queryset.exists()


def test_suggestions_are_all_taken_unless_one_is_taken_out(client, at_desk):
    sheet = made.sheet()
    at_desk(sheet.complaint.handler)
    act = url("task_sheets", "act", sheet.pk, "redact")
    form = client.get(act).context["form"]
    assert form.initial["chosen"] == [0, 1]
    client.post(act, sent(chosen=["0"]))
    assert draft_of(sheet)[1] == FACTS.replace(MARK, "投诉人")


def test_the_text_is_edited_beside_the_original(client, at_desk):
    sheet = made.sheet()
    at_desk(sheet.complaint.handler)
    act = url("task_sheets", "act", sheet.pk, "write")
    page = client.get(act)
    form = fields(page)
    assert form["text"] == CLEAN
    assert f"<mark>{MARK}</mark>" in page.content.decode()
    assert client.post(act, form | {"text": "调解员收烟。"}).status_code == 302
    stale = client.post(act, form | {"text": "另一稿", "submission": "d" * 32})
    assert stale.status_code == 422
    assert "另一稿" in stale.content.decode()
    assert draft_of(sheet)[1] == "调解员收烟。"


def test_two_people_send_it_from_their_desks(client, at_desk):
    sheet, second = made.sheet(), handler(name="孟二")
    author = sheet.complaint.handler
    at_desk(author)
    propose = url("task_sheets", "act", sheet.pk, "propose")
    offered = client.get(propose).context["form"].fields["second"].queryset
    assert second in offered
    assert author not in offered
    assert client.post(propose, sent(second=second.pk)).status_code == 302
    for name in ("approve", "return"):
        assert client.get(url("task_sheets", "act", sheet.pk, name)).status_code == 404
    page = url("task_sheets", "inspect", sheet.pk)
    assert "/act/recall/" in client.get(page).content.decode()
    assert "/act/approve/" not in client.get(page).content.decode()
    at_desk(second)
    shown = client.get(page).content.decode()
    assert "/act/approve/" in shown
    assert "/act/recall/" not in shown
    assert client.get(url("task_sheets", "act", sheet.pk, "recall")).status_code == 404
    approve = url("task_sheets", "act", sheet.pk, "approve")
    assert MARK in client.get(approve).content.decode()
    answer = client.post(approve, sent())
    assert answer.status_code == 302
    sheet.refresh_from_db()
    assert (sheet.state, sheet.approved_by) == ("sent", second)
    assert client.get(page).status_code == 404


def test_a_sheet_comes_back_with_words(client, at_desk):
    second = handler()
    sheet = made.sheet("proposed", second=second)
    at_desk(second)
    client.post(url("task_sheets", "act", sheet.pk, "return"), sent(words="地点要删。"))
    at_desk(sheet.complaint.handler)
    page = client.get(url("task_sheets", "inspect", sheet.pk)).content.decode()
    assert "地点要删。" in page
    assert [text for _row, text in words_of(sheet, "return")] == ["地点要删。"]


def test_a_text_with_a_name_is_refused_and_the_name_is_not_repeated(client, at_desk):
    sheet = made.sheet()
    by = sheet.complaint.handler
    row, _text = draft_of(sheet)
    actions.write_sheet(sheet.pk, text=f"{MARK}说", based_on=row.pk, by=by, today=TODAY)
    at_desk(by)
    answer = client.post(url("task_sheets", "act", sheet.pk, "propose"), sent(second=handler().pk))
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == ["The text still holds: a name."]


def test_the_way_up_is_told_with_its_reasons(client, at_desk):
    body = make.organization(in_division=make.division("330681001001"))
    head = make.appointment(body=body, post="director").mediator
    sheet = made.sheet(about=head, division=make.division("330681"))
    at_desk(sheet.complaint.handler)
    page = client.get(url("task_sheets", "inspect", sheet.pk)).content.decode()
    assert "its head is the person complained of" in page
    route = url("task_sheets", "act", sheet.pk, "route")
    form = client.get(route).context["form"]
    assert [key for key, _label in form.fields["to"].choices] == ["", "township", "county", "city"]
    assert "outside" not in form.fields
    assert client.post(route, sent(to="organization")).status_code == 422
    assert client.post(route, sent(to="county")).status_code == 302


def test_the_handler_answers_for_a_unit_without_an_account_only(client, at_desk):
    sheet = made.sheet("sent")
    at_desk(sheet.complaint.handler)
    act = url("task_sheets", "act", sheet.pk, "object")
    assert client.get(act).context["refusals"] == []
    made.clerk(sheet.organization)
    assert client.get(act).context["refusals"] == ["The unit has an account: it answers itself."]
    assert client.post(act, sent(words="x")).status_code == 422


def test_a_late_unit_is_pressed_from_the_page(client, at_desk, time_machine):
    sheet = made.sheet("sent")
    by = at_desk(sheet.complaint.handler)
    remind = url("task_sheets", "act", sheet.pk, "remind")
    assert client.get(remind).context["refusals"] == ["The findings are not overdue."]
    time_machine.move_to(f"{LATE}T09:00:00+08:00")
    client.force_login(by)
    assert client.post(remind, sent(words="请报送。")).status_code == 302
    assert client.post(remind, sent(words="请报送。")).status_code == 422
    supervise = url("task_sheets", "act", sheet.pk, "supervise")
    assert client.post(supervise, sent(words="请督办。")).status_code == 302
    page = client.get(url("task_sheets", "inspect", sheet.pk)).content.decode()
    assert "请督办。" in page
    assert "Division 330681司法局" in page
    made.sheet("sent", by=by, today=LATE)
    late = client.get(url("task_sheets", "index"), {"late": "late"})
    assert [row.pk for row, _url, _cells in late.context["listed"]] == [sheet.pk]


def test_the_page_of_the_complaint_has_a_section_of_sheets(client, at_desk):
    case = made.accepted()
    page = SimpleNamespace(request=SimpleNamespace(user=case.handler), today=TODAY)
    at_desk(case.handler)
    client.get(url("task_sheets", "index"))
    [section] = sheet_sections(case, page)
    assert section.context["draw"] == f"{url('task_sheets', 'add')}?complaint={case.pk}"
    sheet = made.sheet("sent", case=case)
    [section] = sheet_sections(Complaint.objects.get(pk=case.pk), page)
    assert [row.pk for row, *_rest in section.context["sheets"]] == [sheet.pk]
    assert section.context["draw"] == ""
    other = SimpleNamespace(request=SimpleNamespace(user=handler()), today=TODAY)
    [section] = sheet_sections(case, other)
    assert (section.context["sheets"], section.context["draw"]) == ([], "")


def test_pages_are_kept_nowhere(client, at_desk):
    sheet = made.sheet()
    at_desk(sheet.complaint.handler)
    answer = client.get(url("task_sheets", "inspect", sheet.pk))
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"
