"""Files of hotline tickets on the handler's desk."""

from io import BytesIO

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from complaints.models import Complaint, HotlineImport
from office.roles import Role
from tests import make
from tests.complaints import make_entered as made
from tests.complaints.make_complaints import figures, handler
from tests.make import DAY, TODAY
from tests.registry.desk import sent, url

pytestmark = pytest.mark.django_db
DESK = "hotline_imports"
MARKS = ["标记", made.PHONE, "香烟"]


@pytest.fixture(autouse=True)
def _figures():
    figures()


@pytest.fixture
def officer(at_desk):
    return at_desk(handler())


def text(response):
    return response.content.decode()


def upload(client, *rows, **given):
    file = given.pop("file", None) or made.table(*rows)
    return client.post(
        url(DESK, "add"), sent(division=make.division("330681").pk, file=file, **given)
    )


def test_a_file_is_checked_looked_at_and_entered(client, officer):
    response = upload(client, made.row("T-1"), made.row("T-2", facts=""))
    batch = HotlineImport.objects.get()
    assert response.url == url(DESK, "inspect", batch.pk)
    page = text(client.get(response.url))
    assert "T-1" in page
    assert "what happened：Nothing stands here." in page
    assert "The limits of each complaint run from the day of entry" in page
    assert not [mark for mark in MARKS if mark in page]
    act = url(DESK, "act", batch.pk, "enter")
    assert "1 complaints are entered" in text(client.get(act))
    form = sent()
    first, second = client.post(act, form), client.post(act, form)
    assert first.url == second.url == response.url
    complaint = Complaint.objects.get()
    page = text(client.get(response.url))
    assert complaint.number in page
    assert not [mark for mark in MARKS if mark in page]
    assert client.post(act, sent()).status_code == 422
    assert Complaint.objects.count() == 1


def test_the_same_upload_sent_twice_is_one_import(client, officer):
    form = {"division": make.division("330681").pk, **sent()}
    for _time in range(2):
        client.post(url(DESK, "add"), {**form, "file": made.table(made.row("T-1"))})
    assert HotlineImport.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"%PDF-1.4", "This is a PDF document."),
        ("甲,乙\n1,2\n".encode(), "No row with known headings"),
        (b"x" * (2 << 20) + b"x", "larger than 2 MB"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_in_words(client, officer, content, sentence):
    file = made.SimpleUploadedFile("a.csv", content)
    response = upload(client, file=file)
    assert response.status_code == 422
    assert sentence in text(response)
    assert not HotlineImport.objects.exists()


def result(client, batch):
    response = client.get(url(DESK, "result", batch.pk))
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()], sheet


def test_the_result_gives_numbers_and_reasons_and_no_word_of_a_ticket(client, officer):
    upload(client, made.row("-1-1"), made.row("T-2", facts="", phone="=1+1"))
    batch = HotlineImport.objects.get()
    client.post(url(DESK, "act", batch.pk, "enter"), sent())
    rows, sheet = result(client, batch)
    number = Complaint.objects.get().number
    assert rows[1][:4] == [2, "-1-1", "new", number]
    assert rows[2][:4] == [3, "T-2", "refused", None]
    assert rows[2][4] == (
        "caller's telephone：This is no telephone number.\nwhat happened：Nothing stands here."
    )
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert not [mark for mark in MARKS if mark in str(rows)]


def test_the_number_of_a_known_ticket_is_shown_only_to_those_who_may_see_it(client, at_desk):
    there = make.division("330682")
    made.entered(made.window("330682001"), channel="hotline", source_number="T-1")
    own, _code = made.entered(made.window(), channel="hotline", source_number="T-2")
    at_desk(handler())
    upload(client, made.row("T-1"), made.row("T-2"))
    batch = HotlineImport.objects.get()
    rows, _sheet = result(client, batch)
    assert [row[2:4] for row in rows[1:]] == [["known", None], ["known", own.number]]
    assert "TS330682" not in text(client.get(url(DESK, "inspect", batch.pk)))
    assert there.code not in str(rows)


def test_an_abandoned_file_shows_neither_rows_nor_result(client, officer):
    upload(client, made.row("T-1"))
    batch = HotlineImport.objects.get()
    client.post(url(DESK, "act", batch.pk, "abandon"), sent())
    batch.refresh_from_db()
    assert (batch.state, batch.key) == ("abandoned", None)
    assert client.get(url(DESK, "result", batch.pk)).status_code == 404
    assert "T-1" not in text(client.get(url(DESK, "inspect", batch.pk)))
    assert not Complaint.objects.exists()


def test_the_empty_form_comes_back_as_it_is(client, officer):
    response = client.get(url(DESK, "form"))
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    cells = ["T-1", "2026-11-20", "", "", "", "", "", made.FACTS, ""]
    sheet.append(cells)
    target = BytesIO()
    sheet.parent.save(target)
    assert len(heads) == len(cells)
    upload(client, file=made.SimpleUploadedFile("a.xlsx", target.getvalue()))
    assert HotlineImport.objects.get().new == 1


@pytest.mark.parametrize("page", ["inspect", "history", "result", "act/enter", "act/abandon"])
def test_nothing_of_another_county_is_found(client, officer, page):
    batch = made.checked(made.row("T-1"), by=handler("330682"), division=make.division("330682"))
    name, _slash, act = page.partition("/")
    address = url(DESK, name, batch.pk, *filter(None, [act]))
    assert client.get(address).status_code == 404
    assert client.post(address, sent()).status_code in {404, 405}
    assert str(batch) not in text(client.get(url(DESK, "index")))
    batch.refresh_from_db()
    assert batch.state == "checked"


def test_a_file_for_another_county_is_not_taken(client, officer):
    response = client.post(
        url(DESK, "add"),
        sent(division=make.division("330682").pk, file=made.table(made.row("T-1"))),
    )
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["division"])


@pytest.mark.parametrize("role", [Role.JUSTICE_OFFICE, Role.COUNTY_BUREAU, Role.AUDITOR])
def test_others_do_not_open_it(client, at_desk, role):
    at_desk(make.officer(role, make.division("330681")))
    assert client.get(url(DESK, "index")).status_code == 404
    assert client.get(url(DESK, "form")).status_code == 404
    assert upload(client, made.row("T-1")).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_list_and_page_take_as_many_queries_for_one_row_as_for_three(
    client, officer, rows, django_assert_num_queries
):
    for number in range(rows):
        batch = made.checked(*[made.row(f"T-{number}{line}") for line in range(rows)], by=officer)
    client.get(url(DESK, "index"))
    with django_assert_num_queries(9):
        client.get(url(DESK, "index"))
    with django_assert_num_queries(11):
        client.get(url(DESK, "inspect", batch.pk))


def test_the_nightly_command_gives_up_old_files(client, officer, capsys):
    made.checked(made.row("T-1"), by=officer)
    HotlineImport.objects.update(checked_on=TODAY - 8 * DAY)
    call_command("abandon_hotline_imports")
    assert HotlineImport.objects.get().state == "abandoned"
