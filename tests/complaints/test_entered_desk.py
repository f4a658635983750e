"""Taking complaints at the desk: the form, the code once, the slip, and what is never shown."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pypdf import PdfReader

from complaints import vault
from complaints.models import Complaint, EnteredComplaint
from office.roles import Role
from tests import make
from tests.complaints import make_entered as made
from tests.complaints.make_complaints import figures, handler
from tests.make import DAY, TODAY
from tests.registry.desk import sent, url

pytestmark = pytest.mark.django_db
DESK = "entered_complaints"
MARKS = ["标记", made.PHONE]


@pytest.fixture(autouse=True)
def _figures():
    figures()


@pytest.fixture
def officer(at_desk):
    return at_desk(made.window())


def text(response):
    return response.content.decode()


def enter(client, **typed):
    return client.post(url(DESK, "add"), sent(**made.form(**typed)))


def code_on(response):
    return response.context["code"]


def slip(client, code):
    return client.post(url(DESK, "slip"), {"code": code})


def words(response):
    pages = PdfReader(BytesIO(response.content)).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "")


def test_the_code_is_shown_once_and_the_page_says_nothing_of_the_case(client, officer):
    response = enter(client)
    complaint = Complaint.objects.get()
    assert response.status_code == 200
    assert complaint.number in text(response)
    assert code_on(response) in text(response)
    assert not [mark for mark in MARKS if mark in text(response)]
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"
    head = text(response).split("</title>")[0]
    assert "Error" not in head
    assert code_on(response) not in head
    for page in [url(DESK, "index"), url(DESK, "inspect", complaint.pk)]:
        answer = text(client.get(page))
        assert complaint.number in answer
        assert not [mark for mark in [*MARKS, code_on(response)] if mark in answer]


def test_the_second_click_shows_the_same_number_and_code(client, officer):
    form = sent(**made.form())
    first, second = (client.post(url(DESK, "add"), form) for _click in range(2))
    assert code_on(first) == code_on(second)
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"channel": "web"}, "channel"),
        ({"channel": "hotline"}, "source_number"),
        ({"source_number": "?!"}, "source_number"),
        ({"channel": "upper", "source_number": "T-1"}, "source_on"),
        ({"channel": "upper", "source_number": "T-1", "source_on": "2026-11-20"}, "source_body"),
        ({"source_on": (TODAY + DAY).isoformat()}, "source_on"),
        ({"mode": ""}, "mode"),
        ({"name": ""}, "name"),
        ({"phone": ""}, "phone"),
        ({"phone": "12345"}, "phone"),
        ({"mode": "anonymous"}, "name"),
        ({"mode": "anonymous", "name": ""}, "phone"),
        ({"about": "mediator"}, "mediator"),
        ({"about": "organization"}, "organization"),
        ({"whom": ""}, "whom"),
        ({"grounds": []}, "grounds"),
        ({"grounds": ["nonsense"]}, "grounds"),
        ({"facts": ""}, "facts"),
        ({"facts": "太短"}, "facts"),
        ({"facts": "长" * 5001}, "facts"),
        ({"happened_on": (TODAY + DAY).isoformat()}, "happened_on"),
        ({"mediator": "999999"}, "mediator"),
    ],
)
def test_what_is_missing_is_named_and_what_was_typed_stays(client, officer, typed, field):
    response = enter(client, **typed)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    if "facts" not in typed:
        assert made.FACTS in text(response)
    assert not Complaint.objects.exists()


def test_what_was_refused_can_be_sent_again_with_the_same_form(client, officer):
    form = sent(**made.form(phone=""))
    assert client.post(url(DESK, "add"), form).status_code == 422
    assert client.post(url(DESK, "add"), form | {"phone": made.PHONE}).status_code == 200
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"phone": "", "address": "某村一号"}, 200),
        ({"channel": "hotline", "source_number": "T-1", "name": ""}, 200),
        ({"mode": "anonymous", "name": "", "phone": ""}, 200),
        ({"source_on": TODAY.isoformat(), "happened_on": TODAY.isoformat()}, 200),
        ({"facts": "长" * 5000}, 200),
    ],
)
def test_what_is_just_enough_is_taken(client, officer, typed, status):
    assert enter(client, **typed).status_code == status


def test_anybody_on_the_roster_of_the_city_can_be_chosen_and_nobody_off_it(client, officer):
    person, body = made.on_roster("330682001", "上虞某某人民调解委员会", "王某某")
    off = make.appointment(body=make.organization(in_division=make.division("330681"))).mediator
    assert enter(client, about="mediator", mediator=off.pk).status_code == 422
    assert enter(client, about="mediator", mediator=person.pk).status_code == 200
    complaint = Complaint.objects.get()
    assert (complaint.mediator, complaint.organization) == (person, body)
    assert complaint.division.code == "330682"


@pytest.mark.parametrize("kind", ["mediator", "organization"])
def test_the_choosers_show_the_public_roster_and_no_more(client, officer, kind):
    person, body = made.on_roster("330682001", "上虞某某人民调解委员会", "王某某")
    person.phone, person.certificate_number = "13811112222", "浙诸证0001"
    person.save()
    off = make.appointment(body=make.organization(name="未列入组织", state="draft")).mediator
    row = person if kind == "mediator" else body
    page = f"/admin/choose/roster-{kind}/"
    listed = text(client.get(f"{page}results/"))
    assert str(row) in listed
    assert body.name in listed
    for hidden in [off.name, "未列入组织", "13811112222", "浙诸证0001"]:
        assert hidden not in listed
    assert client.get(f"{page}chosen/{row.pk}/").status_code == 200


@pytest.mark.parametrize("role", [Role.CLERK, Role.COUNTY_BUREAU, Role.AUDITOR, Role.TRAINER])
def test_others_open_neither_desk_nor_choosers(client, at_desk, role):
    at_desk(
        make.officer(role, make.organization())
        if role == Role.CLERK
        else make.officer(role, make.division("330681"))
    )
    pages = [url(DESK, page) for page in ("index", "add", "export")]
    pages += ["/admin/choose/roster-mediator/", "/admin/choose/roster-organization/results/"]
    assert [client.get(page).status_code for page in pages] == [404] * len(pages)
    assert enter(client).status_code == 404
    assert slip(client, "x").status_code == 404


def test_several_files_are_vetted_and_sealed(client, officer):
    picture = BytesIO()
    Image.new("RGB", (20, 20)).save(picture, "JPEG")
    uploads = [
        SimpleUploadedFile("标记照片.jpg", picture.getvalue()),
        SimpleUploadedFile("标记单据.pdf", b"%PDF-1.4 x %%EOF"),
    ]
    assert enter(client, files=uploads).status_code == 200
    complaint = Complaint.objects.get()
    assert [name for _row, name in vault.files(complaint)] == ["标记照片.jpg", "标记单据.pdf"]
    assert "标记照片" not in made.tables()
    evidence = complaint.evidence.last()
    with evidence.file.open("rb") as file:
        assert b"%PDF" not in file.read()
    assert vault.content_of(evidence) == b"%PDF-1.4 x %%EOF"


def test_a_file_of_no_known_kind_is_refused_and_nothing_is_entered(client, officer):
    response = enter(client, files=[SimpleUploadedFile("a.exe", b"MZ")])
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["files"])
    many = [SimpleUploadedFile(f"{n}.pdf", b"%PDF-1.4 x %%EOF") for n in range(10)]
    assert enter(client, files=many).status_code == 422
    assert not Complaint.objects.exists()


@pytest.mark.parametrize("mode", ["named", "anonymous"])
def test_the_slip_bears_number_code_and_dates_and_names_nobody(client, officer, mode):
    person, body = made.on_roster()
    contact = {"name": "", "phone": ""} if mode == "anonymous" else {}
    response = enter(client, mode=mode, about="mediator", mediator=person.pk, **contact)
    paper = slip(client, code_on(response))
    said = words(paper)
    complaint = Complaint.objects.get()
    due = complaint.clocks.get(key="accept_days").due_on
    for wanted in [complaint.number, code_on(response), "2026-11-23", str(due), "12348",
                   "/complaints/follow/"]:  # fmt: skip
        assert wanted in said, wanted
    for hidden in [*MARKS, person.name, body.name, officer.name]:
        assert hidden not in said, hidden
    assert "no-store" in paper["Cache-Control"]
    assert code_on(response) not in paper["Content-Disposition"]


def test_the_slip_of_a_ticket_gives_both_limits(client, officer):
    response = enter(client, channel="hotline", source_number="T-1")
    limits = Complaint.objects.get().clocks.values_list("due_on", flat=True)
    said = words(slip(client, code_on(response)))
    assert len(limits) == 2
    assert all(str(day) in said for day in limits)


def test_the_qr_code_opens_the_page_without_the_code(client, officer):
    response = enter(client)
    assert response.context["address"] == "http://testserver/complaints/follow/"
    assert code_on(response) not in response.context["picture"]


def test_a_browser_may_send_the_form_for_the_slip(at_desk):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(at_desk(made.window()))
    page = text(browser.get(url(DESK, "add")))
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    form = sent(**made.form(), csrfmiddlewaretoken=token)
    origin = {"HTTP_ORIGIN": "http://testserver"}
    code = code_on(browser.post(url(DESK, "add"), form, **origin))
    typed = {"code": code, "csrfmiddlewaretoken": token}
    assert browser.post(url(DESK, "slip"), typed, HTTP_ORIGIN="null").status_code == 403
    assert browser.post(url(DESK, "slip"), typed, **origin).status_code == 200


def test_only_the_officer_who_entered_it_prints_the_slip_and_only_with_the_code(
    client, officer, at_desk
):
    code = code_on(enter(client))
    assert slip(client, "AAAA-AAAA-AAAA-AAAA").status_code == 404
    assert slip(client, "").status_code == 404
    assert client.get(url(DESK, "slip")).status_code == 405
    assert slip(client, code).status_code == 200
    at_desk(made.window())
    assert slip(client, code).status_code == 404


def test_a_recused_officer_is_shown_code_and_slip_and_then_nothing(client, at_desk):
    person, _body = made.on_roster()
    person.user = at_desk(made.window())
    person.save()
    response = enter(client, about="mediator", mediator=person.pk)
    complaint = Complaint.objects.get()
    assert slip(client, code_on(response)).status_code == 200
    assert complaint.number not in text(client.get(url(DESK, "index")))
    assert client.get(url(DESK, "inspect", complaint.pk)).status_code == 404


def test_a_ticket_that_was_entered_is_named_on_the_form(client, officer):
    enter(client, channel="hotline", source_number="T-1")
    response = enter(client, channel="hotline", source_number="ｔ-1")
    assert response.status_code == 422
    assert f"it is complaint {Complaint.objects.get().number}" in text(response)
    assert made.FACTS in text(response)


def test_nothing_of_another_place_is_found(client, at_desk):
    there, _code = made.entered(made.window("330682001"))
    for officer in (made.window(), handler()):
        at_desk(officer)
        assert client.get(url(DESK, "inspect", there.pk)).status_code == 404
        assert there.number not in text(client.get(url(DESK, "index")))
        file = client.post(url(DESK, "export"), sent(format="csv"))
        assert there.number not in b"".join(file.streaming_content).decode()


def test_there_is_no_history_and_the_export_bears_no_word_of_the_case(client, officer):
    enter(client)
    row = EnteredComplaint.objects.get()
    assert client.get(url(DESK, "history", row.pk)).status_code == 404
    file = client.post(url(DESK, "export"), sent(format="csv"))
    said = b"".join(file.streaming_content).decode()
    assert row.number in said
    assert not [mark for mark in MARKS if mark in said]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(
    client, officer, rows, django_assert_num_queries
):
    for _number in range(rows):
        made.entered(made.window())
    client.get(url(DESK, "index"))
    with django_assert_num_queries(10):
        client.get(url(DESK, "index"))
