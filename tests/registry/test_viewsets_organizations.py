"""Organisations on the desk: list, page, adding, editing, steps, history, export."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from python_calamine import CalamineWorkbook

from office.desk.acts import step
from office.desk.viewset import DESKS
from office.flow import Refused
from office.models import LedgerEntry
from office.roles import Role
from registry.actions import organizations
from registry.flows import ORGANIZATION, OrganizationState
from registry.models import Organization
from tests import make
from tests.make import TODAY
from tests.registry.desk import REASON, elsewhere, fields, sent, url

pytestmark = pytest.mark.django_db
O = OrganizationState  # noqa: E741
TYPED = {
    "name": "枫源村人民调解委员会", "kind": "village", "established_on": "2012-03-15",
    "founding_unit": "枫源村村民委员会", "phone": "0575-87000000",
}  # fmt: skip


def listed(response):
    return [row for row, _url, _cells in response.context["listed"]]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(
    client, county, rows, django_assert_num_queries
):
    for number in range(rows):
        place = make.division(f"33068100{number + 1}")
        make.organization(
            in_division=place, field=make.speciality(f"field-{number}", f"领域{number}")
        )
    client.get(url("organizations", "index"))

    with django_assert_num_queries(11):
        client.get(url("organizations", "index"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_as_many_queries_for_one_member_as_for_three(
    client, county, rows, django_assert_num_queries
):
    body = make.organization()
    for _number in range(rows):
        make.appointment(body=body)
    client.get(url("organizations", "inspect", body.pk))

    with django_assert_num_queries(18):
        client.get(url("organizations", "inspect", body.pk))


def test_the_tabs_count_what_the_filters_leave(client, county):
    make.organization(O.DRAFT, name="甲村调委会")
    make.organization(O.LISTED, name="乙村调委会")
    make.organization(O.LISTED, name="丙镇调委会", kind="township")

    response = client.get(url("organizations", "index"), {"kind": "village"})

    tabs = [(tab.label, tab.count, tab.current) for tab in response.context["tabs"]]
    assert tabs == [("All", 2, True), ("draft", 1, False), ("listed", 1, False)]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["甲村", "乙镇", "丙行业"]),
        ({"name": "镇"}, ["乙镇"]),
        ({"kind": "village"}, ["甲村"]),
        ({"state": "draft"}, ["丙行业"]),
        ({"state": "nonsense"}, ["甲村", "乙镇", "丙行业"]),
        ({"division": 330681001000}, ["乙镇"]),
        ({"ordering": "-established_on"}, ["丙行业", "乙镇", "甲村"]),
        ({"ordering": "division__code"}, ["甲村", "乙镇", "丙行业"]),
        ({"p": "9999999999"}, ["甲村", "乙镇", "丙行业"]),
    ],
)
def test_the_list_answers_its_query(client, county, query, names):
    place = make.division("330681001")
    make.organization(name="甲村", established_on=date(2001, 1, 1))
    make.organization(name="乙镇", kind="township", in_division=place)
    make.organization(O.DRAFT, name="丙行业", kind="industry", established_on=date(2020, 1, 1))

    response = client.get(url("organizations", "index"), query)

    assert {row.name for row in listed(response)} == set(names)
    if "ordering" in query and query["ordering"].startswith("-"):
        assert [row.name for row in listed(response)] == names


@pytest.mark.parametrize(
    "query",
    [
        {"name": "x" * 61},
        {"name": "\x00"},
        {"kind": "nonsense"},
        {"division": "330682000000"},
        {"division": "nonsense"},
        {"field": "99999999999999999999"},
    ],
)
def test_a_filter_that_makes_no_sense_is_named_and_leaks_nothing(client, county, query):
    own = make.organization()
    make.organization(in_division=elsewhere())

    response = client.get(url("organizations", "index"), query)

    assert listed(response) == [own]
    assert list(response.context["filters"].form.errors) == list(query)
    assert "officer-error" in response.content.decode()


def test_an_empty_list_says_so(client, county):
    assert "Nothing here yet" in client.get(url("organizations", "index")).content.decode()
    nothing = client.get(url("organizations", "index"), {"name": "x"}).content.decode()
    assert "Nothing matches" in nothing


def test_an_organization_is_added_as_a_draft(client, county):
    division = make.division("330681003")

    response = client.post(url("organizations", "add"), sent(division=division.pk, **TYPED))

    body = Organization.objects.get()
    entry = LedgerEntry.objects.of(body).get()
    assert response.url == url("organizations", "inspect", body.pk)
    assert (body.name, body.state, body.division, body.number) == (
        TYPED["name"], "draft", division, None,
    )  # fmt: skip
    assert (entry.act, entry.actor, entry.reason) == ("registry.organization.add", county, REASON)
    assert entry.after["name"] == TYPED["name"]
    assert entry.area == division.pk


def test_a_form_sent_twenty_times_adds_one_row(client, county):
    form = sent(division=make.division("330681003").pk, **TYPED)

    answers = {client.post(url("organizations", "add"), form).url for _time in range(20)}

    assert Organization.objects.count() == 1
    assert answers == {url("organizations", "inspect", Organization.objects.get().pk)}


def test_a_form_that_failed_may_be_sent_again(client, county):
    form = sent(division=make.division("330681003").pk, **TYPED)
    refused = client.post(url("organizations", "add"), {**form, "reason": ""})

    assert refused.status_code == 422
    assert client.post(url("organizations", "add"), form).status_code == 302
    assert Organization.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"reason": ""}, "reason", "This field is required."),
        ({"name": ""}, "name", "This field is required."),
        (
            {"credit_code": "12345"},
            "credit_code",
            "A unified social credit code has 18 characters; this one has 5.",
        ),
        ({"established_on": "31.02.2012"}, "established_on", "Enter a valid date."),
        ({"kind": "x"}, "kind", "Select a valid choice. x is not one of the available choices."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_the_field_and_above(client, county, typed, field, said):
    form = sent(division=make.division("330681003").pk, **{**TYPED, **typed})

    response = client.post(url("organizations", "add"), form)

    assert response.status_code == 422
    assert response.context["form"].errors[field] == [said]
    assert f'href="#id_{field}"' in response.content.decode()
    assert "<title>Error:" in " ".join(response.content.decode().split()).replace("> ", ">")
    assert TYPED["phone"] in response.content.decode()
    assert Organization.objects.count() == 0


def test_an_edit_is_logged_with_its_reason(client, county):
    body = make.organization(phone="0575-1")
    page = url("organizations", "edit", body.pk)
    form = fields(client.get(page)) | {"phone": "0575-87000001", "reason": REASON}

    response = client.post(page, form)

    body.refresh_from_db()
    entry = LedgerEntry.objects.of(body).get()
    assert response.url == url("organizations", "inspect", body.pk)
    assert (body.phone, body.revision) == ("0575-87000001", 1)
    assert (entry.act, entry.reason) == ("registry.organization.change", REASON)
    assert (entry.before, entry.after) == ({"phone": "0575-1"}, {"phone": "0575-87000001"})


def test_an_edit_needs_a_reason_and_a_change(client, county):
    body = make.organization()
    page = url("organizations", "edit", body.pk)
    form = fields(client.get(page))

    without_reason = client.post(page, form | {"phone": "0575-2", "reason": " "})
    without_change = client.post(page, form | {"reason": REASON})

    assert without_reason.context["form"].errors == {"reason": ["This field is required."]}
    assert without_change.context["form"].non_field_errors() == ["Nothing was changed."]
    assert LedgerEntry.objects.of(body).count() == 0


@pytest.mark.parametrize("state", OrganizationState)
def test_only_in_some_states_may_it_be_edited(client, county, state):
    body = make.organization(state)
    status = 200 if state in ORGANIZATION.editable else 404

    assert client.get(url("organizations", "edit", body.pk)).status_code == status


def test_a_stale_form_shows_what_changed_and_keeps_what_was_typed(client, county):
    body = make.organization(phone="0575-1", hours="全天")
    page = url("organizations", "edit", body.pk)
    form = fields(client.get(page)) | {"hours": "工作日", "reason": REASON}
    organizations.change_organization(
        body.pk, by=make.user(name="钱七"), today=TODAY, reason="Moved.", revision=0, phone="0575-2"
    )

    response = client.post(page, form)

    [meanwhile] = response.context["meanwhile"]
    page_text = response.content.decode()
    assert response.status_code == 409
    assert meanwhile.entry.actor_name == "钱七"
    assert meanwhile.changes == [("Public phone", "0575-1", "0575-2")]
    assert "工作日" in page_text
    assert "0575-1 → 0575-2" in page_text
    body.refresh_from_db()
    assert (body.hours, body.phone) == ("全天", "0575-2")


def test_a_stale_form_sent_again_is_taken(client, county):
    body = make.organization(phone="0575-1", hours="全天")
    page = url("organizations", "edit", body.pk)
    form = fields(client.get(page)) | {"hours": "工作日", "reason": REASON}
    organizations.change_organization(
        body.pk, by=make.user(), today=TODAY, reason="Moved.", revision=0, phone="0575-2"
    )

    again = fields(client.post(page, form))
    response = client.post(page, again)

    body.refresh_from_db()
    assert response.status_code == 302
    assert body.hours == "工作日"
    assert body.revision == 2


@pytest.mark.parametrize("state", OrganizationState)
def test_the_page_offers_the_steps_that_lead_on(client, county, state):
    body = make.organization(state)
    step = url("organizations", "act", body.pk, "list")

    offered = step in client.get(url("organizations", "inspect", body.pk)).content.decode()

    assert offered is (state in {O.DRAFT, O.FILING})


def test_a_step_says_what_it_will_do_and_is_taken_with_a_reason(client, county):
    body = make.organization(O.DRAFT)
    make.appointment(body=body)
    step = url("organizations", "act", body.pk, "list")

    asked = client.get(step)
    without_reason = client.post(step, sent(reason=""))
    response = client.post(step, sent())

    body.refresh_from_db()
    entry = LedgerEntry.objects.of(body).get()
    assert asked.context["consequences"] == [
        f"“{body}” becomes visible to the public.",
        "1 mediator in post becomes visible to the public with it.",
    ]
    assert without_reason.context["form"].errors == {"reason": ["This field is required."]}
    assert response.url == url("organizations", "inspect", body.pk)
    assert (body.state, body.filed_on) == ("listed", TODAY)
    assert (entry.act, entry.actor, entry.reason) == ("registry.organization.list", county, REASON)


def test_a_barred_step_says_all_reasons_and_asks_nothing(client, county):
    body = make.organization(O.DRAFT, established_on=None)
    step = url("organizations", "act", body.pk, "list")

    asked = client.get(step)
    forced = client.post(step, sent())

    assert asked.context["refusals"] == ["The date of establishment is missing."]
    assert "officer-form" not in asked.content.decode()
    assert forced.status_code == 422
    body.refresh_from_db()
    assert body.state == "draft"
    assert LedgerEntry.objects.of(body).count() == 0


def test_a_step_taken_meanwhile_is_barred(client, county):
    body = make.organization(O.LISTED)

    response = client.get(url("organizations", "act", body.pk, "list"))

    assert response.context["refusals"] == [
        "“Enter in the roster” is not possible in the state “listed”."
    ]


def test_an_unknown_step_cannot_be_found(client, county):
    body = make.organization(O.DRAFT)

    assert client.get(url("organizations", "act", body.pk, "abolish")).status_code == 404
    assert client.get(url("organizations", "bulk", "abolish")).status_code == 404


def test_the_history_tells_everything_in_sentences(client, county):
    body = make.organization(O.DRAFT, kind="village")
    other = make.division("330681003", name="枫桥镇")
    organizations.change_organization(
        body.pk,
        by=county,
        today=TODAY,
        reason="Wrong kind.",
        revision=0,
        kind="township",
        division=other,
    )
    organizations.list_organization(body.pk, by=county, today=TODAY, reason="Complete.")

    listed_act, changed = client.get(url("organizations", "history", body.pk)).context["acts"]

    assert (listed_act.act, listed_act.entry.reason) == ("Enter in the roster", "Complete.")
    assert ("State", "draft", "listed") in listed_act.changes
    assert changed.act == "Correct"
    assert changed.changes == [
        ("Kind", "village or community committee", "township or street committee"),
        ("Division", "Division 330681", "枫桥镇"),
    ]


def test_many_are_listed_at_once_and_the_barred_ones_are_left_out(client, county):
    good = [make.organization(O.DRAFT) for _number in range(2)]
    barred = make.organization(O.DRAFT, established_on=None)
    bulk = url("organizations", "bulk", "list")
    chosen = {"pk": [row.pk for row in [*good, barred]]}

    page = client.get(bulk, chosen)
    client.post(bulk, sent(**chosen))

    assert [item.row for item in page.context["passing_rows"]] == good
    assert [(item.row, item.refusals) for item in page.context["barred_rows"]] == [
        (barred, ["The date of establishment is missing."])
    ]
    states = Organization.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["listed", "listed", "draft"]
    assert LedgerEntry.objects.filter(act="registry.organization.list").count() == 2


def test_if_one_of_many_is_refused_at_the_last_moment_none_is_taken(client, county, monkeypatch):
    first, second = make.organization(O.DRAFT, name="甲"), make.organization(O.DRAFT, name="乙")
    bulk = url("organizations", "bulk", "list")
    client.get(bulk, {"pk": [first.pk]})  # the desks are registered with the first address
    take = organizations.list_organization

    def refuse_the_second(pk, **note):
        row = take(pk, **note)
        if pk == second.pk:
            raise Refused("Meanwhile barred.")
        return row

    refusing = [step(ORGANIZATION, "list", refuse_the_second)]
    monkeypatch.setattr(DESKS["registry.organization"], "bulk_acts", refusing)
    response = client.post(bulk, sent(pk=[first.pk, second.pk]))

    said = response.context["form"].non_field_errors()
    assert said == ["Nothing was written, because of “乙”: Meanwhile barred."]
    assert set(Organization.objects.values_list("state", flat=True)) == {"draft"}


def test_choosing_nothing_leads_back_to_the_list(client, county):
    response = client.get(url("organizations", "bulk", "list"))

    assert response.url == url("organizations", "index")


def rows_of(response):
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content)))
    head, *rows = book.get_sheet_by_index(0).to_python()
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_export_holds_the_rows_of_the_list_with_labels(client, county):
    own = make.organization(name="甲村调委会", phone="=1+1")
    make.organization(name="乙村调委会")
    make.organization(name="甲村调委会", in_division=elsewhere())
    page = url("organizations", "export") + "?name=甲村"

    response = client.post(page, sent(format="xlsx"))

    [row] = rows_of(response)
    assert (row["Organisation name"], row["State"]) == ("甲村调委会", "listed")
    assert row["Kind"] == "village or community committee"
    assert row["Established on"] == own.established_on
    assert row["Public phone"] == "=1+1"
    entry = LedgerEntry.objects.get(act="registry.organization.export")
    assert entry.after["rows"] == 1
    assert entry.area == 330681000000


def test_no_cell_of_a_csv_can_become_a_formula(client, county):
    make.organization(name="=cmd|' /C calc'!A0", phone="+86")

    content = b"".join(
        client.post(url("organizations", "export"), sent(format="csv")).streaming_content
    )

    [row] = csv.DictReader(StringIO(content.decode("utf-8-sig")))
    assert row["Organisation name"] == "'=cmd|' /C calc'!A0"
    assert row["Public phone"] == "'+86"


def test_an_export_with_a_senseless_filter_leads_back_to_the_list(client, county):
    response = client.get(url("organizations", "export") + "?kind=nonsense")

    assert response.url == url("organizations", "index") + "?kind=nonsense"


def test_a_clerk_edits_contact_data_and_cannot_move_the_organization(client, at_desk):
    body = make.organization(phone="0575-1")
    at_desk(make.officer(Role.CLERK, body))
    page = url("organizations", "edit", body.pk)

    form = fields(client.get(page))
    client.post(
        page, form | {"phone": "0575-2", "reason": REASON, "division": make.division("330682").pk}
    )

    body.refresh_from_db()
    assert "division" not in form
    assert (body.phone, body.division_id) == ("0575-2", 330681000000)
