"""Notices, objections, orders to rectify and deregistrations on the desk."""

import pytest

from office.documents import attach
from office.models import LedgerEntry
from office.roles import Role
from registry.flows import CLOSURE, NOTICE, OBJECTION, RECTIFICATION
from registry.models import Closure, Objection, Organization, PublicNotice, Rectification
from registry.models.notice import KINDS, NoticeKind
from registry.permissions import CLOSE
from tests import make
from tests.make import DAY, TODAY
from tests.registry import cases
from tests.registry.desk import REASON, elsewhere, fields, sent, url

pytestmark = pytest.mark.django_db
BEFORE = TODAY - 30 * DAY  # so that the notice has run by TODAY


@pytest.fixture(autouse=True)
def _rules(db):
    cases.load_rules()


def item_in(place):
    body = make.organization(in_division=place)
    make.appointment(body=body)
    return cases.closure(body=body, on=BEFORE).items.get()


ROWS = {
    "notices": lambda place: cases.notice(division=place),
    "objections": lambda place: cases.objection(to=cases.notice(division=place), name="王大妈"),
    "rectifications": lambda place: cases.rectification(body=make.organization(in_division=place)),
    "closures": lambda place: cases.closure(body=make.organization(in_division=place)),
    "closure_items": item_in,
}
FLOWS = {
    "notices": NOTICE,
    "objections": OBJECTION,
    "rectifications": RECTIFICATION,
    "closures": CLOSURE,
}
ACTS = [
    *[(desk, step) for desk, flow in FLOWS.items() for step in flow.steps],
    ("objections", "read"),
    ("closures", "inventory"),
    ("closures", "custody"),
    ("closures", "attach"),
    ("notices", "attach"),
    ("rectifications", "attach"),
    ("closure_items", "settle"),
]
PAPERS = [("notices", "paper"), ("rectifications", "letter")]


def listed(response):
    return [row for row, _url, _cells in response.context["listed"]]


@pytest.mark.parametrize("desk", ROWS)
def test_a_row_of_another_county_cannot_be_found_on_any_page(client, at_desk, desk):
    at_desk(password_shown=True)
    own, other = ROWS[desk](make.division("330681003")), ROWS[desk](elsewhere())
    entries = LedgerEntry.objects.count()
    pages = ["inspect", "history", *(["edit"] if desk in {"notices", "closures"} else [])]
    pages += [page for of, page in PAPERS if of == desk]

    assert listed(client.get(url(desk, "index"))) == [own]
    assert client.get(url(desk, "inspect", own.pk)).status_code == 200
    for page in pages:
        assert client.get(url(desk, page, other.pk)).status_code == 404
    for name in [act for of, act in ACTS if of == desk]:
        address = url(desk, "act", other.pk, name)
        assert client.get(address).status_code == 404
        assert client.post(address, sent()).status_code == 404
    assert LedgerEntry.objects.count() == entries


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.JUSTICE_OFFICE])
@pytest.mark.parametrize(("desk", "act"), ACTS)
def test_an_act_without_the_permission_cannot_be_found(client, at_desk, role, desk, act):
    at_desk(make.officer(role, make.division("330681")), password_shown=True)
    row = ROWS[desk](make.division("330681"))

    assert client.get(url(desk, "act", row.pk, act)).status_code == 404
    assert client.post(url(desk, "act", row.pk, act), sent()).status_code == 404


@pytest.mark.parametrize("desk", ["notices", "rectifications", "closures"])
def test_who_may_only_read_adds_nothing(client, at_desk, desk):
    at_desk(make.officer(Role.AUDITOR, make.division("330681")))

    assert client.get(url(desk, "index")).status_code == 200
    assert client.get(url(desk, "add")).status_code == 404
    assert client.post(url(desk, "add"), sent()).status_code == 404


@pytest.mark.parametrize("desk", ["rectifications", "closures", "closure_items"])
def test_a_clerk_sees_what_concerns_the_own_organization(client, at_desk, desk):
    own, other = ROWS[desk](make.division("330681")), ROWS[desk](make.division("330681"))
    case = own.closure if desk == "closure_items" else own
    at_desk(make.officer(Role.CLERK, Organization.objects.get(pk=case.organization_id)))

    assert listed(client.get(url(desk, "index"))) == [own]
    assert client.get(url(desk, "inspect", other.pk)).status_code == 404


def test_a_clerk_sees_notices_about_the_own_organization_and_no_objections(client, at_desk):
    row = cases.closure("on_notice")
    cases.notice()
    at_desk(make.officer(Role.CLERK, row.organization))

    assert listed(client.get(url("notices", "index"))) == [row.notice]
    assert client.get(url("objections", "index")).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("desk", ROWS)
def test_a_list_takes_as_many_queries_for_one_row_as_for_three(
    client, county, rows, desk, django_assert_num_queries
):
    for number in range(rows):
        ROWS[desk](make.division(f"33068100{number + 1}"))
    client.get(url(desk, "index"))

    with django_assert_num_queries(9 if desk == "closure_items" else 10):
        client.get(url(desk, "index"))


def made(desk, state):
    if desk == "closures":
        return cases.closure(state, on=BEFORE)
    if desk == "rectifications":
        body, on = make.organization(), TODAY - 60 * DAY
        return cases.rectification(state, body=body, on=on)
    return {"notices": cases.notice, "objections": cases.objection}[desk](state)


@pytest.mark.parametrize(
    ("desk", "state"),
    [
        (desk, state)
        for desk, model in [
            ("notices", PublicNotice), ("objections", Objection),
            ("rectifications", Rectification), ("closures", Closure),
        ]
        for state in dict(model._meta.get_field("state").choices)
    ],
)  # fmt: skip
def test_the_page_offers_the_steps_that_lead_on_and_no_others(client, county, desk, state):
    row = made(desk, state)

    page = client.get(url(desk, "inspect", row.pk)).content.decode()

    offered = {step for step in FLOWS[desk].steps if url(desk, "act", row.pk, step) in page}
    assert offered == {s for s, step in FLOWS[desk].steps.items() if state in step.sources}


def test_a_notice_is_written_published_and_withdrawn(client, county):
    typed = {
        "kind": "edition", "title": "关于名册的公示", "body": "予以公示。",
        "division": make.division("330681003").pk,
    }  # fmt: skip

    client.post(url("notices", "add"), sent(**typed))
    row = PublicNotice.objects.get()
    client.post(url("notices", "act", row.pk, "publish"), sent())
    row.refresh_from_db()
    published = (row.state, row.starts_on, row.published_by)
    client.post(url("notices", "act", row.pk, "withdraw"), sent())

    row.refresh_from_db()
    assert published == ("published", TODAY, county)
    assert (row.state, row.withdrawal_reason) == ("withdrawn", REASON)


@pytest.mark.parametrize("kind", ["closure", "appointment"])
def test_a_notice_of_a_case_is_not_written_by_hand(client, county, kind):
    typed = {"kind": kind, "title": "x", "body": "y", "division": make.division().pk}

    answer = client.post(url("notices", "add"), sent(**typed))

    assert "kind" in answer.context["form"].errors
    assert PublicNotice.objects.count() == 0


def test_who_published_is_told_to_ask_a_colleague(client, at_desk):
    officer = at_desk()
    row = cases.objection(to=cases.notice(by=officer))

    answer = client.post(url("objections", "act", row.pk, "reject"), sent(answer="不成立。"))

    assert answer.context["form"].non_field_errors() == [
        "Who published the notice does not decide the objections to it. Ask a colleague."
    ]


def test_who_objected_is_masked_and_read_in_full_with_a_reason_only(client, at_desk):
    at_desk(password_shown=True)
    row = cases.objection(name="王大妈", phone="13812345678")

    page = client.get(url("objections", "inspect", row.pk)).content.decode()
    shown = client.post(url("objections", "act", row.pk, "read"), sent())

    assert "王大妈" not in page
    assert "王** 138****5678" in page
    assert "王大妈" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    entry = LedgerEntry.objects.of(row).latest("sequence")
    assert (entry.act, entry.reason) == ("registry.objection.read", REASON)


def test_without_the_permission_not_even_the_mask_is_shown(client, at_desk):
    row = cases.objection(name="王大妈", phone="13812345678")
    at_desk(make.officer(Role.AUDITOR, make.division("3306")))

    page = client.get(url("objections", "inspect", row.pk)).content.decode()

    assert "not shown to you" in page
    assert "5678" not in page


def test_an_order_is_given_checked_and_printed(client, county):
    body = make.organization()
    typed = {"organization": body.pk, "ground": "seal", "faults": "印章不符。"}

    client.post(url("rectifications", "add"), sent(**typed))
    row = Rectification.objects.get()
    letter = client.get(url("rectifications", "letter", row.pk))
    shown = client.get(url("rectifications", "inspect", row.pk)).content.decode()
    client.post(url("rectifications", "act", row.pk, "clear"), sent(result="已更换。"))

    row.refresh_from_db()
    body.refresh_from_db()
    assert (row.state, row.result, body.state) == ("passed", "已更换。", "listed")
    assert letter.content.startswith(b"%PDF-")
    assert "Dec. 23, 2026 (30 days left)" in shown


def test_a_deregistration_goes_through_the_desk_with_two_officers(client, at_desk):
    first, second = cases.county_officer(), cases.county_officer()
    body, target = make.organization(name="甲村调委会"), make.organization(name="镇调委会")
    held = make.appointment(make.mediator(name="张三"), body)
    row = cases.closure("on_notice", body=body, on=BEFORE)
    at_desk(first)
    item = row.items.get()
    act = {name: url("closures", "act", row.pk, name) for name in CLOSURE.steps}

    settle = url("closure_items", "bulk", "settle")
    client.post(settle, sent(pk=[item.pk], destination="move", target=target.pk))
    custody = {**cases.CUSTODY, **dict.fromkeys(["seal_on", "plaque_on", "files_on"], TODAY)}
    client.post(url("closures", "act", row.pk, "custody"), sent(**custody))
    preview = client.get(act["propose"]).context["consequences"]
    client.post(act["propose"], sent())
    alone = client.post(act["carry_out"], sent(typed_name="甲村调委会"))
    at_desk(second)
    mistyped = client.post(act["carry_out"], sent(typed_name="甲村"))
    client.post(act["carry_out"], sent(typed_name="甲村调委会"))

    row.refresh_from_db()
    held.refresh_from_db()
    assert preview == [
        "“甲村调委会” leaves the roster for good; its page stays and says so.",
        "Appointment “张三 · 甲村调委会” moves to “镇调委会” from today.",
        "A letter to the court is drawn up.",
    ]
    assert alone.context["form"].non_field_errors() == [
        "Who proposed the deregistration does not decide it. Ask a colleague."
    ]
    assert mistyped.context["form"].errors["typed_name"] == [
        "This is not the name of the organisation."
    ]
    assert (row.state, row.proposed_by, row.carried_out_by) == ("carried_out", first, second)
    assert held.state == "ended"
    assert target.appointments.get().mediator == held.mediator


def test_the_preview_names_what_ends_along_with_a_studio(client, county):
    body = make.organization(name="甲村调委会")
    studio = make.organization(name="红枫工作室", kind="studio", parent=body)
    make.appointment(make.mediator(name="李四"), studio)
    row = cases.closure("on_notice", body=body, on=BEFORE)
    cases.ready(row)

    page = client.get(url("closures", "act", row.pk, "propose"))

    assert page.context["consequences"][1:3] == [
        "Mediation organisation “红枫工作室” ends today.",
        "Along with it ends: Appointment “李四 · 红枫工作室”.",
    ]


def test_all_that_bars_a_decision_is_said_at_once(client, county):
    row = cases.closure("on_notice", on=TODAY)
    cases.objection(to=row.notice)

    page = client.get(url("closures", "act", row.pk, "propose"))

    assert page.context["refusals"] == [
        "The public notice has not run its full term.",
        "An objection to the notice is still open.",
        "It is not recorded who keeps the seal, the plaque and the files, and since when.",
    ]


def test_a_case_is_opened_from_the_desk_and_edited_while_it_is_a_draft(client, county):
    body = make.organization()
    add = f"{url('closures', 'add')}?organization={body.pk}"
    form = fields(client.get(add)) | {
        "ground": "abolished", "facts": "已撤销。", "reason": REASON,
    }  # fmt: skip

    client.post(add, form)
    row = Closure.objects.get()
    edit = url("closures", "edit", row.pk)
    client.post(edit, fields(client.get(edit)) | {"facts": "村委会已撤销。", "reason": REASON})
    attach(row, upload=cases.pdf(), kind="decision", **cases.note())
    client.post(url("closures", "act", row.pk, "announce"), sent())

    row.refresh_from_db()
    assert (row.organization, row.facts, row.state) == (body, "村委会已撤销。", "on_notice")
    assert client.get(edit).status_code == 404


def test_the_page_leads_to_the_letter_to_the_court_once_it_is_carried_out(client, county):
    before, after = (cases.closure(state, on=BEFORE) for state in ("proposed", "carried_out"))
    letter = url("court_notices", "inspect", after.organization.court_notices.get().pk)

    assert letter not in client.get(url("closures", "inspect", before.pk)).content.decode()
    assert letter in client.get(url("closures", "inspect", after.pk)).content.decode()


def test_the_page_of_a_stopped_case_leads_to_the_objection(client, county):
    row = cases.closure("on_notice")
    objection = cases.objection("upheld", to=row.notice)

    page = client.get(url("closures", "inspect", row.pk)).content.decode()

    assert url("objections", "inspect", objection.pk) in page


def test_upholding_says_what_it_takes_back(client, county):
    case = cases.closure("on_notice")
    of_a_case, of_none = cases.objection(to=case.notice), cases.objection(to=cases.notice())

    told = client.get(url("objections", "act", of_a_case.pk, "uphold")).context["consequences"]
    alone = client.get(url("objections", "act", of_none.pk, "uphold")).context["consequences"]

    assert told == [
        "The deregistration is stopped: the organisation is listed again.",
        "The public notice is withdrawn; its page says that an objection was upheld.",
        *alone,
    ]


def test_a_target_in_another_county_cannot_be_chosen(client, county):
    item = item_in(make.division("330681"))
    foreign = make.organization(in_division=elsewhere())

    answer = client.post(
        url("closure_items", "act", item.pk, "settle"),
        sent(destination="move", target=foreign.pk),
    )

    assert "target" in answer.context["form"].errors


@pytest.mark.parametrize("page", [1, 3])
def test_the_page_of_a_case_takes_as_many_queries_for_one_item_as_for_three(
    client, county, page, django_assert_num_queries
):
    body = make.organization()
    for _person in range(page):
        make.appointment(body=body)
    row = cases.closure(body=body)
    client.get(url("closures", "inspect", row.pk))

    with django_assert_num_queries(25):
        client.get(url("closures", "inspect", row.pk))


def test_county_and_city_hold_every_permission_of_the_cases():
    for role in (Role.COUNTY_BUREAU, Role.CITY_BUREAU):
        officer = make.officer(role, make.division("3306"))
        assert [name for name in CLOSE if not officer.has_perm(name)] == []


def test_a_kind_that_a_floor_above_names_can_be_looked_for(client, county, monkeypatch):
    monkeypatch.setitem(KINDS, "level", NoticeKind("level", "Levels", "edition_notice"))
    row = cases.notice(kind="level")
    cases.notice()

    assert listed(client.get(url("notices", "index"), {"kind": "level"})) == [row]
    assert "Levels" in client.get("/notices/").content.decode()


# --- What was found by walking through ----------------------------------------------------------


def test_the_destinations_of_a_case_lead_back_to_it(client, county):
    own, other = cases.closure(), cases.closure(body=make.organization(in_division=elsewhere()))

    def back(**asked):
        return client.get(url("closure_items", "index"), asked).context["case"]

    assert back(of=own.pk) == url("closures", "inspect", own.pk)
    assert [back(), back(of=other.pk), back(of="x")] == ["", "", ""]


@pytest.mark.parametrize(("state", "shown"), [("on_notice", True), ("carried_out", False)])
def test_destinations_are_given_only_while_they_may_change(client, county, state, shown):
    body = make.appointment().organization
    row = cases.closure(state, body=body, on=BEFORE)

    page = client.get(url("closures", "inspect", row.pk)).content.decode()

    assert (f"{url('closure_items', 'index')}?of={row.pk}" in page) is shown


@pytest.mark.parametrize(("state", "chosen"), [("failed", True), ("ordered", False)])
def test_the_order_that_was_not_met_is_chosen_already(client, county, state, chosen):
    order = cases.rectification(state)

    page = client.get(url("closures", "add"), {"organization": order.organization_id})

    assert page.context["form"]["rectification"].value() == (order.pk if chosen else None)
    assert (f'value="{order.pk}" selected' in page.content.decode()) is chosen


def test_a_notice_comes_to_its_end_by_itself(client, county):
    draft, running = cases.notice("draft"), cases.notice()
    last, over = cases.notice(on=TODAY - DAY), cases.notice(on=TODAY - 30 * DAY)
    withdrawn = cases.notice("withdrawn")
    PublicNotice.objects.filter(pk=last.pk).update(ends_on=TODAY)

    page = client.get(url("notices", "index"))
    past = client.get(url("notices", "index"), {"standing": "over"})
    tags = {
        row: client.get(url("notices", "inspect", row.pk)).context["tags"][0][0]
        for row in (draft, running, last, over, withdrawn)
    }

    assert [(tab.label, tab.count) for tab in page.context["tabs"]] == [
        ("All", 5), ("draft", 1), ("running", 2), ("term over", 1), ("withdrawn", 1),
    ]  # fmt: skip
    assert listed(past) == [over]
    assert [tags[row] for row in (running, last, over)] == ["running", "running", "term over"]
