"""Whoever asks in whatever way, nothing from outside the own posts comes back."""

from functools import partial

import pytest

from office.desk.submissions import new_key
from office.desk.viewset import DESKS
from office.roles import Role
from tests import make
from tests.make import DAY, TODAY
from tests.security.asking import show_password, text
from tests.security.routes import ROW, patterns
from tests.security.rows import MAKERS
from tests.security.world import MARK, PHONE, SUPERUSER

pytestmark = pytest.mark.django_db

STAFF = [role for role in Role.values if role != Role.PANEL]
CHOOSERS = ["division", "organization", "mediator"]
# What every mark begins with; typed into a search it finds all that may be found.
BEGINNING = "标记"
FORMS = ["new/", "nominate/", "<int:pk>/edit/"]


@pytest.fixture
def crawl(world, browser):
    """Return a function that asks as a role and collects every mark that it must not see."""

    class Crawl:
        def __init__(self, role):
            self.client, self.found = browser(role), []
            self.hidden = [
                mark for rows in world.hidden_from(role) for mark in rows.marks + rows.secrets
            ] + [world.own.numbers[0], PHONE]
            show_password(self.client, world.accounts[role])

        def get(self, address, **query):
            return self.look(address, query, self.client.get(address, query))

        def post(self, address, **typed):
            sent = {"submission": new_key(), "reason": "A letter.", **typed}
            return self.look(address, typed, self.client.post(address, sent))

        def look(self, address, asked, response):
            """Collect the marks; return whether there is a page at all."""
            assert response.status_code != 500, address
            body = text(response)
            typed = "".join(map(str, asked.values()))  # It comes back to whoever typed it.
            self.found += [
                f"{address} {asked}: {mark}"
                for mark in self.hidden
                if mark in body and mark not in typed
            ]
            return response.status_code != 404

    return Crawl


@pytest.fixture(scope="module")
def there(whole_world):
    """Return the desks' pages of one name that there are; all others are one page that says so."""
    found = {route for route, _name in patterns()}
    return lambda desk, page: f"{desk.url('index')[1:]}{page}" in found


def queries(outside):
    """Return the ways to ask a list for more than it should give."""
    return [
        {
            **dict.fromkeys(["name", "by", "mediator", "organization", "file_name"], BEGINNING),
            "duplicates": "possible",
            "act": "change",
        },
        {"division": outside.division.pk, "number": outside.entry.sequence},
        {"duplicates": "none", "ordering": "-division", "pk": outside.mediator.pk},
    ]


@pytest.mark.parametrize("role", STAFF)
def test_no_list_shows_a_row_from_elsewhere(world, crawl, role):
    asking = crawl(role)
    for desk in DESKS.values():
        first, *further = queries(world.outside(role))
        # Who may not see the list may not see it in any order either.
        for query in further if asking.get(desk.url("index"), **first) else []:
            asking.get(desk.url("index"), **query)

    assert asking.found == [], "\n".join(asking.found)


@pytest.mark.parametrize("role", STAFF)
def test_no_export_holds_a_row_from_elsewhere_or_a_full_number(world, crawl, role):
    asking, outside = crawl(role), world.outside(role)
    for desk in DESKS.values():
        if asking.post(desk.url("export"), format="csv"):
            asking.post(desk.url("export"), format="xlsx")
            asking.post(f"{desk.url('export')}?division={outside.division.pk}", format="csv")

    assert asking.found == [], "\n".join(asking.found)


@pytest.mark.parametrize("role", STAFF)
def test_no_chooser_offers_or_takes_a_row_from_elsewhere(world, crawl, role):
    asking, outside = crawl(role), world.outside(role)
    for kind in CHOOSERS:
        pk = getattr(outside, kind).pk
        for page, query in [("", {}), ("", {"q": BEGINNING}), ("results/", {"q": BEGINNING}),
                            (f"chosen/{pk}/", {}), ("chosen-multiple/", {"id": pk})]:  # fmt: skip
            asking.get(f"/admin/choose/{kind}/{page}", **query)

    assert asking.found == [], "\n".join(asking.found)


# Whoever complains may complain of anybody: these offer the public roster of the whole city.
ROSTER = ("/admin/entered_complaints/new/", "/admin/choose/roster-")


def not_on_the_roster(found, hidden):
    """Leave out the names that the public roster shows, where it is what is chosen from."""
    names = tuple(f": {MARK.format(rows.place)}" for rows in hidden)
    return [one for one in found if not (one.startswith(ROSTER) and one.endswith(names))]


@pytest.mark.parametrize("role", [Role.JUSTICE_OFFICE, Role.HANDLER, Role.CLERK])
def test_the_choosers_of_the_roster_show_names_and_nothing_else(world, crawl, role):
    asking, outside = crawl(role), world.outside(role)
    for kind in ["mediator", "organization"]:
        pk = getattr(outside, kind).pk
        for page, query in [("", {}), ("results/", {"q": BEGINNING}), (f"chosen/{pk}/", {}),
                            ("chosen-multiple/", {"id": pk})]:  # fmt: skip
            asking.get(f"/admin/choose/roster-{kind}/{page}", **query)

    found = not_on_the_roster(asking.found, world.hidden_from(role))
    assert found == [], "\n".join(found)
    if role == Role.CLERK:
        assert asking.found == [], "\n".join(asking.found)


@pytest.mark.parametrize("role", STAFF)
def test_no_form_names_a_row_from_elsewhere_that_was_put_into_it(world, crawl, there, role):
    asking, outside = crawl(role), world.outside(role)
    foreign = {
        "mediator": outside.mediator.pk,
        "organization": outside.organization.pk,
        "division": outside.division.pk,
        "parent": outside.organization.pk,
        "pk": outside.mediator.pk,
    }
    number, _phone = outside.numbers
    for desk in DESKS.values():
        for page in filter(partial(there, desk), FORMS):
            own = page.replace("<int:pk>", str(row_of(world.own, desk.name).pk))
            target = desk.url("index") + own
            asking.get(target, **foreign)
            asking.post(target, **foreign, name="某", id_number=number, phone=PHONE)
        for act in desk.bulk:
            asking.get(desk.url("bulk", act), **foreign)
    asking.post(DESKS["registry.mediator"].url("find"), number=number)
    asking.post(DESKS["registry.mediator"].url("find"), number=outside.mediator.certificate_number)

    found = not_on_the_roster(asking.found, world.hidden_from(role))
    assert found == [], "\n".join(found)


# Lists of organisations in another light; each leads to the page of the organisation itself.
ASPECTS = {"detection", "staffing", "legality"}


def row_of(rows, desk):
    """Return the row that stands for a desk among the rows of a place."""
    if desk in MAKERS:
        return rows.further[desk]
    return getattr(rows, "organization" if desk in ASPECTS else ROW[desk])


def test_every_desk_is_crawled(there):
    assert {desk.name for desk in DESKS.values()} <= {*ROW, *MAKERS, *ASPECTS}
    forms = {page: [desk for desk in DESKS.values() if there(desk, page)] for page in FORMS}
    assert all(forms.values())
    assert {desk.name for desk in DESKS.values() if desk.add} <= {d.name for d in forms["new/"]}


@pytest.mark.parametrize("query", [
    {"q": BEGINNING}, {"q": PHONE}, {"q": "1932"}, {"q": "密own"}, {"division": "330681"},
    {"page": "5"}, {"q": "证"}, {"kind": "village"},
])  # fmt: skip
def test_the_public_pages_show_nothing_that_is_never_public(world, browser, query):
    everybody = [world.own, *world.elsewhere.values()]
    secrets = [secret for rows in everybody for secret in rows.secrets + rows.numbers]
    client, found = browser("anonymous"), []
    for address in ("/mediators/", "/organizations/", "/sitemap/", "/"):
        body = text(client.get(address, query))
        found += [f"{address}: {s}" for s in secrets if s in body and s not in query.values()]

    assert found == []


@pytest.mark.parametrize("what", ["id_number", "phone", "born_on", "note", "political_status"])
def test_the_public_search_finds_nobody_by_what_is_never_public(world, browser, what):
    sought = str(getattr(world.own.mediator, what))
    answer = browser("anonymous").get("/mediators/", {"q": sought})

    assert world.own.mediator.name not in text(answer)


def test_only_the_act_of_unmasking_shows_a_full_number(world, crawl):
    asking = crawl(Role.COUNTY_BUREAU)
    desk, own = DESKS["registry.mediator"], world.own
    for page in ("inspect", "history", "edit"):
        asking.get(desk.url(page, own.mediator.pk))
    unmask = desk.url("act", own.mediator.pk, "unmask")
    asking.get(unmask)
    assert asking.found == [], "\n".join(asking.found)

    asking.post(unmask)

    assert sorted(hit.rpartition(": ")[2] for hit in asking.found) == sorted(own.numbers)


def test_nobody_learns_from_the_ping_of_the_editor_who_edits_elsewhere(world, browser):
    county = browser(Role.COUNTY_BUREAU)
    ping = "/admin/editing-sessions/ping/registry/mediator/{}/0/"

    assert county.post(ping.format(world.own.mediator.pk)).status_code == 200
    assert (
        county.post(ping.format(world.outside(Role.COUNTY_BUREAU).mediator.pk)).status_code == 404
    )


def test_the_photo_has_no_address_of_its_own(world, browser):
    """Without consent the photo is shown inside only; no address of stored files leads to it."""
    own, other = world.own.mediator, world.elsewhere["county"].mediator
    client = browser("anonymous")

    assert text(client.get(f"/mediators/{own.public_id}/photo/")) != ""
    assert client.get(f"/mediators/{other.public_id}/photo/").status_code == 404
    assert client.get(f"/media/{other.photo.name}").status_code == 404


def test_the_superuser_is_not_a_way_around_the_mask(world, browser):
    client = browser(SUPERUSER)
    body = text(client.get(DESKS["registry.mediator"].url("inspect", world.own.mediator.pk)))

    assert [number for number in world.own.numbers if number in body] == []


def test_a_trainer_reads_name_and_organisation_and_nothing_internal(world, browser):
    own = world.own
    body = text(browser(Role.TRAINER).get(f"/admin/mediators/{own.mediator.pk}/"))

    assert own.mediator.name in body
    assert own.organization.name in body
    assert [secret for secret in own.secrets if secret in body] == []


@pytest.mark.parametrize(("role", "internal"), [
    (Role.CLERK, True), (Role.JUSTICE_OFFICE, False), (Role.COUNTY_BUREAU, True),
])  # fmt: skip
def test_a_justice_office_exports_the_public_fields_only(world, browser, role, internal):
    client = browser(role)
    show_password(client, world.accounts[role])
    sent = {"submission": new_key(), "reason": "A letter.", "format": "csv"}

    lines = text(client.post("/admin/mediators/export/", sent)).splitlines()

    assert any(world.own.mediator.name in line for line in lines)
    assert any(secret in line for line in lines for secret in world.own.secrets) is internal


def test_a_post_that_reads_less_hides_the_column_of_a_post_that_reads_more(world, browser):
    """A county officer who is a trainer elsewhere as well: the list holds rows of both."""
    officer = world.accounts[Role.COUNTY_BUREAU]
    make.actions.grant_post(
        user=officer, role=Role.TRAINER, division=make.division("330682"),
        from_on=TODAY - 900 * DAY, by=make.user(), reason="A second post.",
    )  # fmt: skip
    client = browser(Role.COUNTY_BUREAU)
    own, other = world.own.mediator, world.elsewhere["county"].mediator

    # What the desks of other floors add would turn the page.
    listed = text(client.get("/admin/mediators/", {"name": "某"}))

    assert own.name in listed
    assert other.name in listed
    assert own.certificate_number not in listed
    assert own.note in text(client.get(f"/admin/mediators/{own.pk}/"))
    assert other.note not in text(client.get(f"/admin/mediators/{other.pk}/"))
