"""What an officer may begin from an organisation's page, and the ways between the cases."""

from urllib.parse import urlencode

import pytest

from office.roles import Role
from registry.flows import FilingKind, OrganizationState, RectificationState
from tests import make
from tests.registry import cases
from tests.registry.desk import elsewhere, sent, url

pytestmark = pytest.mark.django_db
O = OrganizationState  # noqa: E741


@pytest.fixture(autouse=True)
def _with_rules():
    cases.load_rules()


def offered(client, desk, row):
    """The addresses of the buttons on a record's page that lead to other kinds of records."""
    buttons = client.get(url(desk, "inspect", row.pk)).context["buttons"]
    # Figures are looked at; nothing is begun there.
    others = (url(desk, "index"), url("case_statistics", "index"))
    return [address for _label, address, _icon, _grave in buttons if not address.startswith(others)]


def beginnings(body):
    """All that can be begun from the page of an organisation, by name."""
    query = f"?organization={body.pk}"
    return {
        "change": url("filings", "open", FilingKind.CHANGE) + query,
        "re_election": url("filings", "open", FilingKind.RE_ELECTION) + query,
        "nominate": url("appointments", "nominate") + query,
        "order": url("rectifications", "add") + query,
        "close": url("closures", "add") + query,
    }


def begun_by(client, body):
    """The names of what the page of an organisation offers to begin."""
    names = {address: name for name, address in beginnings(body).items()}
    leads = offered(client, "organizations", body)
    return [names.get(address, address) for address in leads if address != body.get_absolute_url()]


@pytest.mark.parametrize("state", O)
def test_the_page_leads_to_the_public_one_where_there_is_one(client, county, state):
    body = make.organization(state)

    has_a_page = client.get(body.get_absolute_url()).status_code == 200
    leads = offered(client, "organizations", body)

    assert (body.get_absolute_url() in leads) is has_a_page


@pytest.mark.parametrize(
    ("state", "names"),
    [
        (O.DRAFT, []),
        (O.LISTED, ["change", "re_election", "nominate", "order", "close"]),
        (O.CHANGE_PENDING, ["nominate"]),
        (O.RECTIFYING, ["re_election", "nominate", "close"]),
        (O.CLOSING, []),
        (O.DEREGISTERED, []),
        (O.NOT_LISTED, []),
    ],
)
def test_the_page_offers_what_the_state_allows_to_begin(client, county, state, names):
    assert begun_by(client, make.organization(state)) == names


@pytest.mark.parametrize(
    ("role", "names"),
    [
        (Role.JUSTICE_OFFICE, ["change", "re_election"]),
        (Role.CITY_BUREAU, ["change", "re_election", "order", "close"]),
        (Role.AUDITOR, []),
        (Role.TRAINER, []),
    ],
)
def test_the_page_offers_what_the_role_may_begin(client, at_desk, role, names):
    at_desk(make.officer(role, make.division("330681")))

    assert begun_by(client, make.organization()) == names


def test_a_clerk_files_and_nominates_from_the_page_of_the_own_organization(client, at_desk):
    body = make.organization()
    at_desk(make.officer(Role.CLERK, body))

    assert begun_by(client, body) == ["change", "re_election", "nominate"]


def test_a_post_elsewhere_offers_nothing_here(client, at_desk):
    body = make.organization(in_division=make.division("330681001"))
    officer = make.officer(Role.AUDITOR, make.division("330681"))
    make.actions.grant_post(
        user=officer,
        role=Role.COUNTY_BUREAU,
        division=make.division("330682"),
        from_on=make.TODAY - make.DAY,
        by=None,
        reason="Set up.",
    )
    at_desk(officer)

    assert begun_by(client, body) == []


def test_every_page_begun_from_an_organization_knows_which_one(client, county):
    body = make.organization()

    for address in beginnings(body).values():
        page = client.get(address)
        assert str(page.context["form"]["organization"].value()) == str(body.pk), address
        assert page.context["back"] == url("organizations", "inspect", body.pk), address


def test_a_filing_that_is_open_bars_another_one(client, county):
    filing = make.filing("draft")

    assert begun_by(client, filing.organization) == ["nominate", "order", "close"]


def test_a_deregistration_being_prepared_is_gone_on_with_not_begun_again(client, county):
    closure = cases.closure("draft")

    page = client.get(url("organizations", "inspect", closure.organization_id))

    assert beginnings(closure.organization)["close"] not in page.content.decode()
    assert url("closures", "inspect", closure.pk) in page.content.decode()


def test_a_confirmation_is_offered_until_it_is_given(client, at_desk):
    body = make.organization()
    at_desk(make.officer(Role.CLERK, body))
    confirm = url("confirmations", "inspect", body.pk)
    without_campaign = begun_by(client, body)
    make.campaign()
    waiting = begun_by(client, body)

    client.post(url("confirmations", "act", body.pk, "confirm"), sent(differences=""))

    assert confirm not in without_campaign
    assert confirm in waiting
    assert confirm not in begun_by(client, body)


def test_the_page_lists_the_cases_for_those_who_may_see_them(client, at_desk):
    order = cases.rectification()
    page = url("organizations", "inspect", order.organization_id)
    seen = {}

    for role in (Role.JUSTICE_OFFICE, Role.TRAINER):
        at_desk(make.officer(role, make.division("330681")))
        text = client.get(page).content.decode()
        seen[role] = url("rectifications", "inspect", order.pk) in text

    assert seen == {Role.JUSTICE_OFFICE: True, Role.TRAINER: False}


def test_a_nomination_is_shown_to_those_who_read_internals_only(client, at_desk):
    row = make.appointment(state="candidate")
    seen = {}

    for role in (Role.JUSTICE_OFFICE, Role.TRAINER):
        at_desk(make.officer(role, make.division("330681")))
        page = client.get(url("organizations", "inspect", row.organization_id))
        seen[role] = row.mediator.name in page.content.decode()

    assert seen == {Role.JUSTICE_OFFICE: True, Role.TRAINER: False}


@pytest.mark.parametrize("state", RectificationState)
def test_an_order_that_was_not_met_leads_to_the_deregistration(client, county, state):
    order = cases.rectification(state)

    leads = offered(client, "rectifications", order)

    closing = beginnings(order.organization)["close"]
    assert leads == ([closing] if state == RectificationState.FAILED else [])


def test_a_deregistration_names_only_orders_of_its_organization(client, county):
    order = cases.rectification(RectificationState.FAILED)
    cases.rectification(RectificationState.FAILED)

    form = client.get(beginnings(order.organization)["close"]).context["form"]

    assert list(form.fields["rectification"].queryset) == [order]


@pytest.mark.parametrize("number", ["9" * 30, "x", "-1", "٣"])
def test_an_organization_that_cannot_be_is_left_out(client, county, number):
    for desk in ("rectifications", "closures"):
        assert client.get(url(desk, "add"), {"organization": number}).status_code == 200
    assert client.get(url("appointments", "nominate"), {"organization": number}).status_code == 200


def test_an_objection_leads_to_its_notice_and_the_case(client, county):
    closure = cases.closure("on_notice")
    objection = cases.objection(to=closure.notice)

    text = client.get(url("objections", "inspect", objection.pk)).content.decode()
    notice = client.get(url("notices", "inspect", closure.notice_id)).content.decode()

    assert url("notices", "inspect", closure.notice_id) in text
    assert url("closures", "inspect", closure.pk) in text
    assert url("closures", "inspect", closure.pk) in notice


def test_a_person_is_nominated_from_the_own_page(client, at_desk):
    person = make.mediator()
    seen = {}

    for role in (Role.COUNTY_BUREAU, Role.JUSTICE_OFFICE):
        at_desk(make.officer(role, make.division("330681")))
        leads = offered(client, "mediators", person)
        seen[role] = f"{url('appointments', 'nominate')}?mediator={person.pk}" in leads

    assert seen == {Role.COUNTY_BUREAU: True, Role.JUSTICE_OFFICE: False}


@pytest.mark.parametrize("chosen", [True, False])
def test_after_many_at_once_one_is_back_at_the_list_as_it_was_filtered(client, county, chosen):
    row = make.organization(O.DRAFT, name="枫源村调委会")
    listed = client.get(url("organizations", "index"), {"name": "枫源", "state": "draft"})
    query = listed.context["query"]
    bulk = f"{url('organizations', 'bulk', 'list')}?{urlencode({'list': query})}"

    answer = client.post(bulk, sent(pk=[row.pk])) if chosen else client.get(bulk)

    assert answer.url == f"{url('organizations', 'index')}{query}"


def test_a_filter_for_yes_or_no_asks_for_all_when_it_is_not_used(client, county):
    filters = client.get(url("rectifications", "index")).context["filters"]

    choices = [str(label) for _value, label in filters.form.fields["overdue"].widget.choices]
    assert choices == ["All", "Yes", "No"]


def test_what_is_empty_is_no_tag(client, county):
    closure = cases.closure("draft", body=make.members(make.organization())[0].organization)

    page = client.get(url("closure_items", "index"), {"of": closure.pk}).content.decode()

    assert "officer-plain" not in page


def test_what_a_deregistration_touches_is_called_as_in_the_language_of_the_site(in_english):
    body = make.organization()
    make.officer(Role.CLERK, body)

    closure = cases.closure("draft", body=body)

    [item] = closure.items.all()
    assert "调委会联络员" in item.label


def test_the_page_of_one_that_left_leads_to_the_one_that_carries_on(client, county):
    heir, stranger = make.organization(), make.organization(in_division=elsewhere())
    links = {}

    for successor in (heir, stranger):
        body = make.organization(O.DEREGISTERED, successor=successor)
        page = client.get(url("organizations", "inspect", body.pk)).content.decode()
        links[successor] = (
            successor.name in page,
            url("organizations", "inspect", successor.pk) in page,
        )

    assert links == {heir: (True, True), stranger: (True, False)}
