"""The case ledger on the desk: list, filters, page, forms, acts, export, masks, other districts."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from casework.flows import CASE, CaseState
from casework.models import CaseRecord
from casework.viewsets.case_acts import ACTS
from office.models import LedgerEntry
from office.roles import Role
from tests import make
from tests.casework import make_cases
from tests.make import DAY, TODAY
from tests.registry.cases import load_rules
from tests.registry.desk import REASON, elsewhere, fields, sent, url

pytestmark = pytest.mark.django_db
S = CaseState
MARK, STORY = "玛尔克标记名", "标记纠纷经过"


def listed(response):
    return [row for row, _url, _cells in response.context["listed"]]


def marked(state="succeeded", **fields):
    case = make_cases.case(state, summary=STORY, **fields)
    make_cases.party(case, name=MARK, phone="13800001234")
    return case


def act(client, case, name, **typed):
    return client.post(url("cases", "act", case.pk, name), sent(**typed))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(
    client, county, rows, django_assert_num_queries
):
    for number in range(rows):
        body = make.organization(in_division=make.division(f"33068100{number + 1}"))
        make_cases.case(body=body, difficulty=make_cases.difficulty())
    client.get(url("cases", "index"))

    with django_assert_num_queries(14):
        client.get(url("cases", "index"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_as_many_queries_for_one_mediator_as_for_three(
    client, county, rows, django_assert_num_queries
):
    make_cases.figures()
    body = make.organization()
    people = [make.appointment(body=body).mediator for _number in range(rows)]
    case = make_cases.case("succeeded", body=body, mediators=people)
    for _number in range(rows):
        make_cases.party(case)
        twin = make_cases.case(body=body, amount=5, people=2)
        make_cases.case(body=body, same_as=case, amount=5, people=2)
    CaseRecord.objects.filter(pk=case.pk).update(amount=5, people=2)
    client.get(url("cases", "inspect", case.pk))

    with django_assert_num_queries(23):
        page = client.get(url("cases", "inspect", case.pk))
    assert str(twin) in page.content.decode()


def test_the_tabs_count_the_states(client, county):
    for state in ("draft", "accepted", "accepted", "void"):
        make_cases.case(state)
    tabs = [(tab.label, tab.count) for tab in client.get(url("cases", "index")).context["tabs"]]
    assert tabs == [("All", 4), ("draft", 1), ("accepted", 2), ("struck out", 1)]


def test_the_list_answers_its_query(client, county):
    make_cases.figures()
    first = marked(number="RT1", amount=5, people=2, source="court", fulfilment="pending",
                   difficulty=make_cases.difficulty("major"))  # fmt: skip
    second = make_cases.case(
        "draft", body=make.organization("draft", in_division=make.division("330681009")),
        mediators=[make.mediator(name="赵六")], accepted_on=TODAY - 50 * DAY,
    )  # fmt: skip
    both = {first, second}
    queries = [
        ({}, both),
        ({"number": "rt1"}, {first}),
        ({"organization": second.organization_id}, {second}),
        ({"division": 330681009000}, {second}),
        ({"mediator": "赵"}, {second}),
        ({"dispute_type": first.dispute_type_id}, both),
        ({"difficulty": first.difficulty_id}, {first}),
        ({"source": "court"}, {first}),
        ({"agreement": "written"}, {first}),
        ({"fulfilment": "pending"}, {first}),
        ({"accepted_from": str(first.accepted_on)}, {first}),
        ({"accepted_until": str(second.accepted_on)}, {second}),
        ({"closed_from": str(first.closed_on)}, {first}),
        ({"closed_until": str(first.closed_on)}, {first}),
        ({"flagged": "outside"}, {second}),
        ({"flagged": "unlisted"}, {second}),
        ({"flagged": "twin"}, set()),
        ({"state": "draft"}, {second}),
    ]
    for query, found in queries:
        assert set(listed(client.get(url("cases", "index"), query))) == found, query


def test_likely_twins_are_found_in_the_list_and_shown_on_the_page(client, county):
    make_cases.figures()
    first = make_cases.case(amount=5, people=2)
    second = make_cases.case(body=first.organization, amount=5, people=2)
    found = listed(client.get(url("cases", "index"), {"flagged": "twin"}))
    assert set(found) == {first, second}
    page = client.get(url("cases", "inspect", first.pk)).content.decode()
    assert url("cases", "inspect", second.pk) in page


def test_what_looks_wrong_is_said_on_the_page(client, county):
    body = make.organization("deregistered", deregistered_on=TODAY - 90 * DAY, name="旧调委会")
    case = make_cases.case(body=body, mediators=[make.mediator(name="孙七")])
    page = client.get(url("cases", "inspect", case.pk)).content.decode()
    assert "孙七 held no post in “旧调委会” on" in page
    assert "“旧调委会” was not on the roster on" in page


def test_cases_of_another_district_are_not_there(client, county):
    other = make_cases.case(body=make.organization(in_division=elsewhere()))
    make_cases.case()
    assert other not in listed(client.get(url("cases", "index")))
    pages = [("inspect",), ("edit",), ("history",), *[("act", one.name) for one in ACTS]]
    for page, *more in pages:
        address = url("cases", page, other.pk, *more)
        assert client.get(address).status_code == 404, address
        assert client.post(address, sent()).status_code == 404, address
    other.refresh_from_db()
    assert (other.state, other.revision) == ("accepted", 0)


@pytest.mark.parametrize("role", [Role.CITY_BUREAU, Role.AUDITOR])
def test_who_only_reads_finds_no_act(client, at_desk, role):
    at_desk(make.officer(role, make.division("3306")))
    case = make_cases.case()
    assert client.get(url("cases", "inspect", case.pk)).status_code == 200
    assert client.get(url("cases", "edit", case.pk)).status_code == 404
    assert client.get(url("cases", "add")).status_code == 404
    for one in ACTS:
        assert client.get(url("cases", "act", case.pk, one.name)).status_code == 404
    assert client.get(url("cases", "export")).status_code == 200


def test_a_clerk_keeps_the_cases_of_the_own_organization(client, at_desk):
    body = make.organization()
    at_desk(make.officer(Role.CLERK, body))
    own, other = make_cases.case(body=body), make_cases.case()
    assert listed(client.get(url("cases", "index"))) == [own]
    assert client.get(url("cases", "inspect", other.pk)).status_code == 404
    assert act(client, own, "fail", closed_on=str(TODAY), reason="").status_code == 302
    own.refresh_from_db()
    assert (own.state, own.agreement) == ("failed", "none")
    for name in ("void", "parties", "join"):
        assert client.get(url("cases", "act", own.pk, name)).status_code == 404
    assert client.get(url("cases", "export")).status_code == 404


def new(person, body, **typed):
    return sent(
        organization=body.pk, dispute_type=make_cases.dispute_type().pk, source="applied",
        accepted_on=str(TODAY - DAY), attempts=1, mediator_1=person.pk, role_1="lead", weight_1=2,
        **{"applicants": f"{MARK} 13800001234", "respondents": "枫桥茶厂（单位）", **typed},
    )  # fmt: skip


def test_a_case_that_is_over_is_entered_in_one_form(client, county):
    post = make.appointment()
    second = make.appointment(body=post.organization).mediator
    typed = new(
        post.mediator, post.organization, mediator_2=second.pk, role_2="together", weight_2=1,
        ended="succeed", closed_on=str(TODAY), agreement="oral", fulfilment="fulfilled",
        is_voluntary="yes", documents=["record"], new_summary=STORY, amount="1200.50",
    )  # fmt: skip

    response = client.post(url("cases", "add"), typed)

    case = CaseRecord.objects.get()
    assert response.url == url("cases", "inspect", case.pk)
    assert (case.state, case.agreement, case.is_voluntary) == ("succeeded", "oral", True)
    assert list(case.shares.values_list("role", "weight")) == [("lead", 2), ("together", 1)]
    parties = [(one.side, one.name, one.phone, one.is_unit) for one in case.parties.all()]
    assert parties == [
        ("applicant", MARK, "13800001234", False), ("respondent", "枫桥茶厂", "", True),
    ]  # fmt: skip
    assert (case.documents, case.summary) == (["record"], STORY)
    page = client.get(url("cases", "inspect", case.pk)).content.decode()
    assert "66.7 %" in page


def test_sent_twenty_times_it_is_one_case(client, county):
    post = make.appointment()
    typed = new(post.mediator, post.organization)
    answers = {client.post(url("cases", "add"), typed).url for _time in range(20)}
    assert CaseRecord.objects.count() == len(answers) == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"accepted_on": str(TODAY + DAY)}, "accepted_on"),
        ({"dispute_type": ""}, "dispute_type"),
        ({"mediator_1": ""}, "mediator_1"),
        ({"attempts": 0}, "attempts"),
        ({"amount": "-1"}, "amount"),
        ({"applicants": "名" * 61}, "applicants"),
        ({"ended": "fail", "closed_on": str(TODAY + DAY)}, "closed_on"),
        ({"ended": "fail", "as_draft": "on"}, "as_draft"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_entered(client, county, typed, field):
    post = make.appointment()
    values = {**new(post.mediator, post.organization), **typed}
    response = client.post(url("cases", "add"), values)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert CaseRecord.objects.count() == 0


def test_an_organization_or_mediator_of_another_district_cannot_be_chosen(client, county):
    post, far = (
        make.appointment(),
        make.appointment(body=make.organization(in_division=elsewhere())),
    )
    for person, body, field in [
        (far.mediator, post.organization, "mediator_1"),
        (post.mediator, far.organization, "organization"),
    ]:
        response = client.post(url("cases", "add"), new(person, body))
        assert list(response.context["form"].errors) == [field]


def test_a_draft_is_begun_accepted_and_another_discarded(client, county):
    post = make.appointment()
    for _time in range(2):
        client.post(url("cases", "add"), new(post.mediator, post.organization, as_draft="on"))
    first, second = CaseRecord.objects.order_by("pk")
    assert first.number is None

    act(client, first, "accept")
    gone = act(client, second, "discard")

    assert gone.url == url("cases", "index")
    first.refresh_from_db()
    assert (first.state, first.number) == ("accepted", "RT3306812026000001")
    assert CaseRecord.objects.count() == 1


def test_several_drafts_are_accepted_at_once(client, county):
    drafts = [make_cases.case("draft") for _number in range(2)]
    make_cases.case("draft", mediators=[])
    page = url("cases", "bulk", "accept")
    pks = list(CaseRecord.objects.values_list("pk", flat=True))
    client.post(page, {**sent(), "pk": pks})
    states = CaseRecord.objects.filter(state="accepted").values_list("pk", flat=True)
    assert set(states) == {draft.pk for draft in drafts}


def test_an_edit_shows_no_name_and_leaves_what_is_left_empty(client, county):
    case = marked()
    page = url("cases", "edit", case.pk)
    shown = client.get(page)
    assert MARK not in shown.content.decode()
    assert STORY not in shown.content.decode()

    form = fields(shown) | {"attempts": 3, "reason": REASON}
    assert client.post(page, form).status_code == 302

    case.refresh_from_db()
    assert (case.attempts, case.summary, case.parties.get().name) == (3, STORY, MARK)
    assert case.shares.count() == 1


def test_somebody_out_of_reach_stays_among_the_mediators(client, county):
    far = make.appointment(body=make.organization(in_division=elsewhere())).mediator
    case = make_cases.case(mediators=[make.appointment().mediator, far])
    shown = client.get(url("cases", "edit", case.pk))
    assert "mediator_1" not in shown.context["form"].fields
    client.post(url("cases", "edit", case.pk), fields(shown) | {"attempts": 2, "reason": REASON})
    assert case.shares.count() == 2


def test_parties_are_shown_once_for_a_reason_after_the_password(client, at_desk):
    county = at_desk(password_shown=True)
    case = marked()
    asked = act(client, case, "parties", reason="")
    shown = act(client, case, "parties")
    assert MARK not in asked.content.decode()
    assert MARK in shown.content.decode()
    assert STORY in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    entry = LedgerEntry.objects.of(case).get()
    assert (entry.act, entry.actor, entry.reason) == (
        "casework.caserecord.unmask_parties", county, REASON,
    )  # fmt: skip


def test_nobody_meets_a_name_without_asking_for_it(client, county):
    case = marked()
    act(client, case, "reopen")
    history = client.get(url("cases", "history", case.pk))
    pages = [
        client.get(url("cases", "index")),
        client.get(url("cases", "inspect", case.pk)),
        history,
    ]
    pages += [client.get(url("cases", "act", case.pk, one.name)) for one in ACTS]
    for page in pages:
        text = page.content.decode()
        assert MARK not in text
        assert STORY not in text
        assert "13800001234" not in text


def test_the_export_names_no_party(client, county):
    marked(number="RT7")
    response = client.post(url("cases", "export"), {**sent(), "format": "xlsx"})
    sheet = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content)))
    cells = [str(cell) for row in sheet.get_sheet_by_index(0).to_python() for cell in row]
    assert "RT7" in cells
    assert not any(MARK in cell or STORY in cell for cell in cells)
    entry = LedgerEntry.objects.get(act="casework.caserecord.export")
    assert entry.after["rows"] == 1


TAKEN = [
    ("succeed", "accepted", {"closed_on": str(TODAY), "agreement": "written"}, "succeeded"),
    ("withdraw", "accepted", {"closed_on": str(TODAY)}, "withdrawn"),
    (
        "transfer", "accepted", {"closed_on": str(TODAY), "transferred_to": "法院"},
        "transferred",
    ),
    ("reopen", "failed", {}, "accepted"),
    ("void", "failed", {}, "void"),
    ("fulfilment", "succeeded", {"fulfilment": "refused", "reason": ""}, "succeeded"),
    ("court", "succeeded", {"confirmation": "applied", "reason": ""}, "succeeded"),
]  # fmt: skip


@pytest.mark.parametrize("given", TAKEN, ids=lambda given: given[0])
def test_each_act_is_taken_from_its_page(client, county, given):
    name, state, typed, told = given
    make_cases.figures()
    case = make_cases.case(state)
    assert act(client, case, name, **typed).status_code == 302
    case.refresh_from_db()
    assert case.state == told
    assert case.revision == 1


# The thirtieth day of the 22 October is a Saturday: the term runs on to Monday, which is today.
@pytest.mark.parametrize(("days", "said"), [(32, "may ask"), (33, "ended on")])
def test_a_late_request_to_the_court_is_warned_of(client, county, days, said):
    make_cases.figures()
    load_rules()
    case = make_cases.case(
        "succeeded", accepted_on=TODAY - 60 * DAY, closed_on=TODAY - days * DAY,
        agreed_on=TODAY - days * DAY,
    )  # fmt: skip
    page = client.get(url("cases", "act", case.pk, "court"))
    [sentence] = page.context["consequences"]
    assert said in sentence


def test_entries_are_joined_by_number_and_parted(client, county):
    first, second = make_cases.case(number="RT1"), make_cases.case(number="RT2")
    far = make_cases.case(number="RT3", body=make.organization(in_division=elsewhere()))
    for number in ("RT9", far.number, second.number):
        wrong = act(client, second, "join", number=number)
        assert wrong.context["form"].errors["number"] == [
            "There is no other case with this number."
        ]
    act(client, second, "join", number=" RT1 ")
    second.refresh_from_db()
    assert second.same_as == first
    act(client, second, "part")
    second.refresh_from_db()
    assert second.same_as is None


def test_every_step_has_its_button():
    assert {one.name for one in ACTS} >= set(CASE.steps)
