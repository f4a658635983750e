"""A mediator's own cases in the browser: the short way, drafts, what others cannot see."""

import re
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from casework import actions
from casework.models import CaseRecord, DraftInput
from office.desk.submissions import new_key
from office.models import LedgerEntry
from office.workbench import lines_of
from tests import make
from tests.casework import make_cases
from tests.make import DAY, TODAY

pytestmark = pytest.mark.django_db
MARK = "玛尔克标记名"
NEW = "/my/cases/new/"


@pytest.fixture
def person(client, time_machine):
    """A mediator in post, signed in."""
    time_machine.move_to(f"{TODAY}T09:00:00+08:00")
    client.cookies["django_language"] = "en"
    post = make.appointment()
    return signed_in(client, post.mediator)


def signed_in(client, mediator):
    if mediator.user is None:
        mediator.user = make.user()
        mediator.save()
    client.force_login(mediator.user)
    return mediator


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def typed(**more):
    """What the short way sends; every other field is as the page shows it."""
    return {
        "submission": new_key(), "dispute_type": make_cases.dispute_type().pk,
        "outcome": "oral", "applicant": f"{MARK} 13800001234", "respondent": "李某",
        "summary": "排水", "source": "applied", "attempts": "1",
        "organization": more.pop("organization", None) or body_of_the_only_post().pk, **more,
    }  # fmt: skip


def body_of_the_only_post():
    return make.Organization.objects.earliest("pk")


def page_fields(response):
    """What a browser without script would send from the page as it stands."""
    sent = {}
    for field in soup(response).select("main form [name]"):
        kind = field.get("type", field.name)
        if kind in {"submit", "button"} or field.name == "button":
            continue
        if kind in {"radio", "checkbox"} and not field.has_attr("checked"):
            continue
        if field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            sent[field["name"]] = chosen["value"]
        elif field.name == "textarea":
            sent[field["name"]] = field.text.strip()
        else:
            sent[field["name"]] = field.get("value", "")
    return sent


def test_a_simple_case_takes_four_entries_and_no_script(client, person):
    make_cases.dispute_type()
    page = client.get(NEW)
    assert soup(page).select("main script") == []
    form = page_fields(page)
    assert form["organization"] == str(body_of_the_only_post().pk)
    assert form["outcome"] == "oral"

    form |= {
        "dispute_type": make_cases.dispute_type().pk, "applicant": MARK, "respondent": "李某",
        "summary": "排水",
    }  # fmt: skip
    shown = client.post(NEW, form, follow=True)

    case = CaseRecord.objects.get()
    assert (case.state, case.agreement, case.fulfilment) == ("succeeded", "oral", "fulfilled")
    assert (case.accepted_on, case.closed_on, case.fulfilled_on) == (TODAY, TODAY, TODAY)
    assert case.is_voluntary is None
    assert case.shares.get().mediator == person
    assert case.entered_by == person.user
    assert case.number in shown.content.decode()
    assert MARK not in shown.content.decode()


def test_what_most_cases_do_not_need_is_folded_away(client, person):
    details = soup(client.get(NEW)).select_one("main details")
    assert not details.has_attr("open")
    assert details.select_one("[name=amount]")
    wrong = client.post(NEW, typed(amount="-1"))
    assert soup(wrong).select_one("main details").has_attr("open")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"outcome": "oral_later", "due_on": str(TODAY + DAY)}, ("succeeded", "oral", "pending")),
        ({"outcome": "written"}, ("succeeded", "written", "pending")),
        (
            {"outcome": "written", "fulfilled_on": str(TODAY)},
            ("succeeded", "written", "fulfilled"),
        ),
        ({"outcome": "failed"}, ("failed", "none", "")),
        ({"outcome": "withdrawn"}, ("withdrawn", "", "")),
        ({"outcome": "running"}, ("accepted", "", "")),
    ],
)
def test_each_outcome_is_entered(client, person, more, told):
    assert client.post(NEW, typed(**more)).status_code == 302
    case = CaseRecord.objects.get()
    assert (case.state, case.agreement, case.fulfilment) == told


def test_a_second_click_makes_one_case(client, person):
    form = typed()
    answers = {client.post(NEW, form).url for _time in range(20)}
    assert CaseRecord.objects.count() == len(answers) == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"dispute_type": ""}, "dispute_type"),
        ({"applicant": ""}, "applicant"),
        ({"respondent": "名" * 61}, "respondent"),
        ({"outcome": ""}, "outcome"),
        ({"accepted_on": str(TODAY + DAY)}, "accepted_on"),
        ({"accepted_on": "yesterday"}, "accepted_on"),
        ({"closed_on": str(TODAY + DAY), "accepted_on": str(TODAY)}, "closed_on"),
        ({"outcome": "written", "due_on": str(TODAY - DAY)}, "due_on"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, person, more, field):
    response = client.post(NEW, typed(**more))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    page = response.content.decode()
    assert "Error: " in page
    assert "排水" in page
    assert CaseRecord.objects.count() == 0


def test_only_where_one_serves_or_served_a_case_is_entered(client, person):
    other = make.organization()
    response = client.post(NEW, typed(organization=other.pk))
    assert list(response.context["form"].errors) == ["organization"]


def test_colleagues_are_those_of_the_same_organization(client, person):
    body = body_of_the_only_post()
    colleague = make.appointment(body=body).mediator
    stranger = make.appointment().mediator
    refused = client.post(NEW, typed(organization=body.pk, colleagues=[stranger.pk]))
    assert list(refused.context["form"].errors) == ["colleagues"]
    client.post(NEW, typed(organization=body.pk, colleagues=[colleague.pk]))
    shares = CaseRecord.objects.get().shares.values_list("mediator", "role", "weight")
    assert set(shares) == {(person.pk, "lead", 1), (colleague.pk, "together", 1)}


# --- Drafts ---------------------------------------------------------------------------------------


def test_a_draft_keeps_whatever_was_typed_and_is_gone_on_with(client, person):
    form = typed(draft="1", applicant="", amount="many", outcome="written", people="")
    kept = client.post(NEW, form)

    draft = CaseRecord.objects.get()
    assert kept.url == reverse("my_draft", args=[draft.pk])
    assert (draft.state, draft.number) == ("draft", None)
    page = client.get(kept.url)
    again = page_fields(page)
    assert (again["amount"], again["outcome"], again["respondent"]) == ("many", "written", "李某")
    assert soup(page).select_one("main details").has_attr("open")

    done = client.post(kept.url, again | {"amount": "", "applicant": MARK})
    draft.refresh_from_db()
    assert done.url == f"{reverse('my_case', args=[draft.pk])}?entered=1"
    assert (draft.state, draft.agreement, CaseRecord.objects.count()) == (
        "succeeded", "written", 1,
    )  # fmt: skip
    assert DraftInput.objects.count() == 0


def test_a_draft_twice_sent_is_one_draft(client, person):
    form = typed(draft="1")
    assert len({client.post(NEW, form).url for _time in range(5)}) == 1
    assert CaseRecord.objects.count() == 1


def test_a_draft_needs_a_type_and_says_no_more_than_that(client, person):
    response = client.post(NEW, typed(draft="1", dispute_type="", amount="many"))
    assert list(response.context["form"].errors) == ["dispute_type"]
    assert "many" in response.content.decode()


def test_a_draft_keeps_what_was_typed_when_it_cannot_be_entered(client, person):
    client.post(NEW, typed(draft="1"))
    draft = CaseRecord.objects.get()
    page = reverse("my_draft", args=[draft.pk])
    response = client.post(page, typed(applicant="", summary="新的一句"))
    assert response.status_code == 422
    assert page_fields(client.get(page))["summary"] == "新的一句"


def test_an_entered_draft_leads_to_its_case(client, person):
    client.post(NEW, typed(draft="1"))
    draft = CaseRecord.objects.get()
    page = reverse("my_draft", args=[draft.pk])
    client.post(page, typed())
    case = reverse("my_case", args=[draft.pk])
    assert client.get(page).url == case
    assert client.post(page, typed()).url == case


def test_a_draft_is_discarded_after_a_question(client, person):
    client.post(NEW, typed(draft="1"))
    draft = CaseRecord.objects.get()
    page = reverse("discard_case", args=[draft.pk])
    assert client.get(page).status_code == 200
    assert CaseRecord.objects.count() == 1
    for _time in range(2):
        assert client.post(page).url == reverse("my_cases")
    assert CaseRecord.objects.count() == 0
    acts = LedgerEntry.objects.filter(subject_id=draft.pk).order_by("sequence")
    assert [entry.act for entry in acts] == [
        "casework.caserecord.begin_draft", "casework.caserecord.discard_draft",
    ]  # fmt: skip
    assert client.get(page).status_code == 404


# --- Afterwards -----------------------------------------------------------------------------------


def test_an_open_case_is_ended_once(client, person):
    case = make_cases.case(body=body_of_the_only_post(), mediators=[person])
    page = reverse("end_case", args=[case.pk])
    wrong = client.post(page, {"outcome": "failed", "closed_on": str(TODAY + DAY)})
    assert wrong.status_code == 422
    for _time in range(2):
        client.post(page, {"outcome": "failed"})
    case.refresh_from_db()
    assert (case.state, case.closed_on, case.revision) == ("failed", TODAY, 1)


def test_a_fulfilment_is_noted_once(client, person):
    case = make_cases.case("succeeded", mediators=[person], fulfilment="pending")
    page = reverse("fulfil_case", args=[case.pk])
    assert client.post(page, {"fulfilment": "sung"}).status_code == 422
    for _time in range(2):
        client.post(page, {"fulfilment": "fulfilled", "fulfilled_on": str(TODAY)})
    case.refresh_from_db()
    assert (case.fulfilment, case.fulfilled_on, case.revision) == ("fulfilled", TODAY, 1)


PAGES = ["my_case", "my_draft", "discard_case", "end_case", "fulfil_case"]


@pytest.mark.parametrize("state", ["draft", "accepted", "succeeded"])
def test_cases_of_others_are_not_there(client, person, state):
    case = make_cases.case(state, body=body_of_the_only_post(), mediators=[make.mediator()])
    for name in PAGES:
        address = reverse(name, args=[case.pk])
        if name not in {"end_case", "fulfil_case"}:
            assert client.get(address).status_code == 404, name
        status = client.post(address, typed()).status_code
        assert status == {"my_case": 405}.get(name, 404), name
    assert CaseRecord.objects.filter(pk=case.pk, state=state, revision=0).exists()
    assert f"/my/cases/{case.pk}/" not in client.get("/my/cases/").content.decode()


def test_a_draft_of_a_colleague_may_be_seen_but_not_gone_on_with(client, person):
    draft = make_cases.case("draft", mediators=[person])
    assert client.get(reverse("my_case", args=[draft.pk])).status_code == 200
    assert client.get(reverse("my_draft", args=[draft.pk])).status_code == 404


def test_accounts_of_nobody_find_no_page_and_others_sign_in(client, person):
    client.force_login(make.user())
    assert client.get("/my/cases/").status_code == 404
    client.logout()
    assert "/login/" in client.get(NEW).url


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_one_case_as_for_three(
    client, person, rows, django_assert_num_queries
):
    for _number in range(rows):
        make_cases.case(mediators=[person])
    client.get("/my/cases/")
    with django_assert_num_queries(6):
        client.get("/my/cases/")


def test_the_list_finds_by_state_number_and_the_whole_name_of_a_party(client, person):
    assert "You have no case in the ledger" in client.get("/my/cases/").content.decode()
    first = make_cases.case("failed", mediators=[person], number="RT1")
    second = make_cases.case(mediators=[person], number="RT2")
    make_cases.party(second, name=MARK)
    other = make_cases.case(number="RT3")
    make_cases.party(other, name=MARK)

    def found(q="", **query):
        address = f"/my/cases/?{urlencode(query)}"
        page = (client.post(address, {"q": q}) if q else client.get(address)).content.decode()
        assert MARK not in page or q == MARK
        return set(re.findall(r'/my/cases/(\d+)/"', page))

    assert found() == {str(first.pk), str(second.pk)}
    assert found(state="failed") == {str(first.pk)}
    assert found(q="rt2") == {str(second.pk)}
    assert found(q=MARK) == {str(second.pk)}
    assert found(q=MARK[:2]) == set()
    assert (
        found(q="\x00", state="nonsense", page="99") == found() == {str(first.pk), str(second.pk)}
    )


def test_the_own_page_tells_of_drafts_and_of_what_is_due(client, person):
    def told():
        tasks, places = lines_of(make.User.objects.get(pk=person.user_id), TODAY)
        return [(task.due_on, task.tone) for task in tasks if "/my/cases/" in task.url], places

    tasks, places = told()
    assert tasks == []
    assert "/my/cases/" in [place.url for place in places]

    client.post(NEW, typed(draft="1"))
    for days in (-1, 0, 7, 8):
        make_cases.case(
            "succeeded", mediators=[person], fulfilment="pending", due_on=TODAY + days * DAY
        )
    tasks, _places = told()
    assert tasks == [
        (TODAY - DAY, "error"), (TODAY, "warn"), (TODAY + 7 * DAY, "warn"), (None, ""),
    ]  # fmt: skip
    assert lines_of(make.user(), TODAY)[0] == []


def test_a_page_shows_names_only_behind_a_mask(client, person):
    close = {"step": "succeed", "agreement": "oral"}
    case = actions.enter_case(
        by=person.user, today=TODAY, organization=body_of_the_only_post(),
        dispute_type=make_cases.dispute_type(), shares=[(person, "lead", 1)], summary=MARK,
        parties=[{"side": "applicant", "name": MARK, "phone": "13800001234"}], close=close,
    )  # fmt: skip
    page = client.get(reverse("my_case", args=[case.pk])).content.decode()
    assert MARK not in page
    assert "13800001234" not in page
    assert "13800001234" not in str(list(LedgerEntry.objects.values()))
