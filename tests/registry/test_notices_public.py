"""What the public sees of notices, and how it objects."""

import pytest
from django.urls import reverse

from office.desk.submissions import new_key
from office.documents import attach
from registry.actions import notices as acts
from registry.flows import NoticeState
from registry.models import Objection
from registry.search import allowance
from tests import make
from tests.make import DAY, TODAY
from tests.registry import cases
from tests.registry.cases import note
from tests.registry.conftest import NOW

pytestmark = pytest.mark.django_db
N = NoticeState


@pytest.fixture(autouse=True)
def _rules(db, client, time_machine):
    time_machine.move_to(NOW)
    client.cookies["django_language"] = "en"
    cases.load_rules()


def page(name, *args):
    return reverse(name, args=args)


def listed(response):
    return list(response.context["page"].object_list)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(
    client, rows, django_assert_num_queries
):
    for number in range(rows):
        cases.notice(division=make.division(f"33068100{number + 1}"))
    client.get(page("notices"))

    with django_assert_num_queries(3):
        client.get(page("notices"))


def test_running_and_past_notices_stand_apart_and_drafts_nowhere(client):
    running, past = cases.notice(), cases.notice(on=TODAY - 30 * DAY)
    withdrawn = cases.notice(N.WITHDRAWN)
    cases.notice(N.DRAFT)

    assert listed(client.get(page("notices"))) == [running]
    assert listed(client.get(page("notices"), {"when": "past"})) == [withdrawn, past]


def test_notices_are_found_by_county_and_kind(client):
    own = cases.notice(division=make.division("330681003"))
    other = cases.notice(division=make.division("330682"), kind="edition")

    assert listed(client.get(page("notices"), {"division": "330681"})) == [own]
    assert listed(client.get(page("notices"), {"kind": "edition"})) == [other]
    nonsense = {"division": "x", "kind": "\x00", "page": "-1"}
    assert listed(client.get(page("notices"), nonsense)) == [other, own]


def test_an_empty_list_says_so(client):
    assert "No notice is running today" in client.get(page("notices")).content.decode()


@pytest.mark.parametrize(
    ("state", "status"), [(N.DRAFT, 404), (N.PUBLISHED, 200), (N.WITHDRAWN, 200)]
)
def test_a_notice_is_shown_once_it_is_published(client, state, status):
    row = cases.notice(state)

    assert client.get(row.get_absolute_url()).status_code == status


def test_a_withdrawn_notice_keeps_title_dates_and_reason_but_not_its_text(client):
    row = cases.notice(N.WITHDRAWN)
    shown = client.get(row.get_absolute_url()).content.decode()

    assert row.title in shown
    assert row.withdrawal_reason in shown
    assert row.number in shown
    assert "予以公示" not in shown
    for name in ("notice_paper", "object_to_notice"):
        assert client.get(page(name, row.public_id)).status_code == 404


def test_only_papers_for_the_public_are_handed_out(client):
    row, other = cases.notice(), cases.notice()
    public = attach(row, upload=cases.pdf(), kind="published", **note())
    internal = attach(row, upload=cases.pdf("内部.pdf"), kind="internal", **note())

    shown = client.get(row.get_absolute_url()).content.decode()

    assert page("notice_document", row.public_id, public.pk) in shown
    assert "内部" not in shown
    handed = client.get(page("notice_document", row.public_id, public.pk))
    assert b"".join(handed.streaming_content) == cases.PDF
    for notice, paper in ((row, internal), (other, public)):
        assert client.get(page("notice_document", notice.public_id, paper.pk)).status_code == 404


def test_the_notice_is_printed_as_an_official_paper(client):
    response = client.get(page("notice_paper", cases.notice().public_id))

    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")


def sent(**typed):
    return {"submission": new_key(), "text": "该村仍有纠纷。", **typed}


def test_an_objection_is_taken_and_the_code_is_shown_once(client):
    row = cases.notice()
    address = page("object_to_notice", row.public_id)
    form = client.get(address).context["form"]

    response = client.post(address, sent(submission=form["submission"].value(), name="王大妈"))

    code = response.context["code"]
    made = Objection.objects.get()
    assert (made.notice, made.text, made.name, made.is_anonymous) == (
        row, "该村仍有纠纷。", "王大妈", False,
    )  # fmt: skip
    assert code in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert acts.follow_objection(code) == made


def test_the_form_sent_twice_shows_the_same_code_and_makes_one_objection(client):
    address, form = page("object_to_notice", cases.notice().public_id), sent()

    codes = {client.post(address, form).context["code"] for _time in range(3)}

    assert len(codes) == 1
    assert Objection.objects.count() == 1


def test_what_is_wrong_is_said_and_what_was_typed_stays(client):
    address = page("object_to_notice", cases.notice().public_id)

    response = client.post(address, sent(text="", phone="123", name="王大妈"))

    shown = response.content.decode()
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"text", "phone"}
    assert "Write what you object to." in shown
    assert 'value="王大妈"' in shown
    assert "Error: " in shown
    assert Objection.objects.count() == 0


def test_after_the_term_the_form_is_gone_and_nothing_is_taken(client):
    row = cases.notice(on=TODAY - 30 * DAY)
    address = page("object_to_notice", row.public_id)

    assert "The last day was" in client.get(address).content.decode()
    late = client.post(address, sent())
    assert late.status_code == 422
    assert late.context["form"].non_field_errors() == [
        "The time for objections to this notice is over."
    ]
    assert Objection.objects.count() == 0


def test_the_answer_is_read_with_the_code_only(client):
    row = cases.notice()
    made, code = acts.file_objection(row.pk, submission="a" * 32, text="不同意。", today=TODAY)
    acts.reject_objection(made.pk, answer="经核实，理由不成立。", **note())
    address = page("follow_objection")

    shown = client.post(address, {"code": code.lower()})
    wrong = client.post(address, {"code": "AAAA-AAAA-AAAA-AAAA"})

    assert "经核实，理由不成立。" in shown.content.decode()
    assert "不同意" not in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert wrong.status_code == 422
    assert wrong.context["form"].errors["code"] == [
        "No objection has this code. Check it letter by letter."
    ]


@pytest.mark.parametrize("what", ["objection", "receipt"])
def test_whoever_sends_too_often_is_asked_to_wait(client, monkeypatch, what):
    monkeypatch.setattr(allowance, "SENDINGS_AN_HOUR", 2)
    row = cases.notice()
    address = {
        "objection": page("object_to_notice", row.public_id), "receipt": page("follow_objection"),
    }[what]  # fmt: skip

    answers = [
        client.post(address, {**sent(), "code": "AAAA"}, REMOTE_ADDR="203.0.113.7").status_code
        for _time in range(3)
    ]

    assert answers[-1] == 429
    assert 429 not in answers[:2]


def test_the_menu_leads_to_the_notices(client):
    assert 'href="/notices/"' in client.get(page("notices")).content.decode()


def test_a_deregistered_organization_says_so_with_date_and_successor(client):
    heir = make.organization(name="枫桥镇人民调解委员会")
    row = cases.closure("carried_out", on=TODAY - 30 * DAY, successor=heir)

    shown = client.get(row.organization.get_absolute_url()).content.decode()

    assert "deregistered" in shown
    assert "枫桥镇人民调解委员会" in shown
    assert heir.get_absolute_url() in shown
    assert "Nov. 13, 2026" in shown


@pytest.mark.parametrize(("on", "led"), [(TODAY, True), (TODAY - 30 * DAY, False)])
def test_the_page_of_an_organization_that_leaves_leads_to_its_running_notice(client, on, led):
    row = cases.closure("on_notice", on=on)

    shown = client.get(row.organization.get_absolute_url()).content.decode()

    assert (row.notice.get_absolute_url() in shown) is led
