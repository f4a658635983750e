"""Divisions, posts and ledger on the desk; menus, dashboard, Wagtail's pages."""

import pytest
from django.urls import reverse

from office import ledger
from office.models import LedgerEntry
from office.roles import Role
from registry.actions import appointments, mediators
from registry.flows import AppointmentState
from registry.models import Division, Post
from tests import make
from tests.make import DAY, TODAY
from tests.registry.desk import REASON, elsewhere, sent, url

pytestmark = pytest.mark.django_db
A = AppointmentState
LEAVING = "Nobody can be appointed in an organisation that leaves the roster."
NO_CHOICE = "Select a valid choice. That choice is not one of the available choices."
NO_ROLE = "Select a valid choice. county_bureau is not one of the available choices."
DESKS = ["organizations", "mediators", "appointments", "divisions", "posts", "ledger"]


def listed(response):
    return [row for row, _url, _cells in response.context["listed"]]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_takes_as_many_queries_for_one_row_as_for_three(
    client, county, rows, django_assert_num_queries
):
    for number in range(rows):
        make.division(f"33068100{number + 1}")
    client.get(url("divisions", "index"))

    with django_assert_num_queries(9):
        client.get(url("divisions", "index"))


# --- Divisions ----------------------------------------------------------------------------------


def test_divisions_are_looked_through_level_by_level_and_never_edited(client, county):
    own, below = make.division("330681"), make.division("330681003", name="枫桥镇")
    city = Division.objects.get(code="3306")

    page = client.get(url("divisions", "inspect", own.pk)).content.decode()

    assert url("divisions", "inspect", below.pk) in page
    assert url("divisions", "inspect", city.pk) not in page
    for path in ("new/", f"{own.pk}/edit/", f"{own.pk}/history/"):
        assert client.get(url("divisions", "index") + path).status_code == 404


# --- Posts --------------------------------------------------------------------------------------


def grant(client, **typed):
    typed = {"role": "justice_office", "from_on": TODAY.isoformat(), **typed}
    return client.post(url("posts", "add"), sent(**typed))


def test_a_county_officer_gives_a_post_in_an_office_of_the_own_county(client, county):
    account = make.user("lin")

    response = grant(client, account="lin", division=make.division("330681003").pk)

    post = Post.objects.get(user=account)
    assert response.url == url("posts", "inspect", post.pk)
    assert not account.has_perm("registry.view_mediator")
    assert LedgerEntry.objects.of(post).get().reason == REASON


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"account": "nobody"}, "account", "There is no account with this user name."),
        ({"role": "county_bureau"}, "role", NO_ROLE),
        ({"division": 330682000000}, "division", NO_CHOICE),
        ({"division": ""}, "division", "Choose where the post is."),
        ({"role": "clerk"}, "organization", "Choose where the post is."),
    ],
)  # fmt: skip
def test_a_post_beyond_the_own_reach_is_refused(client, county, typed, field, said):
    make.user("lin")
    elsewhere()
    form = {"account": "lin", "division": make.division("330681").pk, **typed}

    response = grant(client, **form)

    assert response.context["form"].errors[field][0] == said
    assert Post.objects.filter(user__username="lin").count() == 0


def test_nobody_gives_or_ends_the_own_post(client, at_desk):
    officer = at_desk(make.officer(Role.COUNTY_BUREAU, make.division("330681")))
    make.actions.grant_post(
        user=officer, role=Role.JUSTICE_OFFICE, division=make.division("330681"),
        from_on=TODAY - DAY, by=make.user(), reason="A second post.",
    )  # fmt: skip
    own = officer.posts.get(role=Role.JUSTICE_OFFICE)

    given = grant(client, account=officer.username, division=make.division("330681").pk)
    ended = client.post(url("posts", "act", own.pk, "end"), sent(until_on=TODAY.isoformat()))

    assert given.context["form"].non_field_errors() == ["Nobody gives a post to the own account."]
    assert ended.context["form"].non_field_errors() == ["Nobody ends the own post."]


def test_a_post_is_ended_and_its_rights_with_it(client, county):
    office = make.officer(Role.JUSTICE_OFFICE, make.division("330681003"))
    post = office.posts.get()

    client.post(url("posts", "act", post.pk, "end"), sent(until_on=TODAY.isoformat()))

    post.refresh_from_db()
    assert post.until_on == TODAY
    assert not type(office).objects.get(pk=office.pk).has_perm("registry.view_mediator")


def test_a_county_officer_does_not_end_the_post_of_a_county_officer(client, county):
    colleague = make.officer(Role.COUNTY_BUREAU, make.division("330681")).posts.get()

    response = client.post(
        url("posts", "act", colleague.pk, "end"), sent(until_on=TODAY.isoformat())
    )

    assert response.context["form"].non_field_errors() == [
        "Your own posts do not allow you to give or end a post of this role."
    ]


def test_a_clerks_post_lies_where_the_organization_does(client, county):
    own = make.officer(Role.CLERK, make.organization(in_division=make.division("330681003")))
    make.officer(Role.CLERK, make.organization(in_division=elsewhere()))

    clerks = client.get(url("posts", "index"), {"role": "clerk"})

    assert listed(clerks) == [own.posts.get()]


# --- Ledger -------------------------------------------------------------------------------------


@pytest.fixture
def auditor(at_desk):
    return at_desk(make.officer(Role.AUDITOR, make.division("330681")))


def test_the_ledger_tells_of_the_own_area_only(client, auditor):
    own, other = make.organization(), make.organization(in_division=elsewhere())
    for body in (own, other):
        ledger.append("registry.organization.list", body, by=make.user(name="钱七"), reason="R.")

    found = listed(client.get(url("ledger", "index"), {"by": "钱"}))
    foreign = LedgerEntry.objects.of(other).get()

    assert [entry.subject_id for entry in found] == [str(own.pk)]
    assert client.get(url("ledger", "inspect", foreign.pk)).status_code == 404


def test_the_ledger_is_found_by_date_act_person_and_number(client, auditor, time_machine):
    person = make.mediator()
    mediators.unmask_mediator(person.pk, by=make.user(name="钱七"), today=TODAY, reason="Call.")
    entry = LedgerEntry.objects.of(person).get()

    def found(**query):
        return entry in listed(client.get(url("ledger", "index"), query))

    assert found(since=TODAY, until=TODAY)
    assert not found(since=TODAY + DAY)
    assert not found(until=TODAY - DAY)
    assert found(act="unmask")
    assert not found(act="suspend")
    assert found(by="钱七")
    assert not found(by="赵")
    assert found(number=entry.pk)
    assert not found(number=entry.pk + 1)


def test_what_the_system_did_is_told_in_the_language_of_the_page(client, auditor):
    body = make.organization()
    ledger.append("registry.organization.list", body, by=None)
    entry = LedgerEntry.objects.of(body).get()

    index = client.get(url("ledger", "index"), {"by": "the sys"})
    inspected = client.get(url("ledger", "inspect", entry.pk))

    assert listed(index) == [entry]
    assert "the system" in index.content.decode()
    assert "the system" in inspected.content.decode()
    assert entry.actor_name == "system"
    assert ledger.faults() == []


def test_the_ledger_is_exported_scoped(client, auditor):
    own, other = make.organization(), make.organization(in_division=elsewhere())
    for body in (own, other):
        ledger.append("registry.organization.list", body, by=make.user(), reason=f"=A{body.pk}")

    response = client.post(url("ledger", "export") + "?act=list", sent(format="csv"))
    text = b"".join(response.streaming_content).decode("utf-8-sig")

    assert len(text.splitlines()) == 2
    assert f'"\'=A{own.pk}"' in text
    assert "Enter in the roster" in text


def test_an_entry_says_what_changed_and_leads_to_its_record(client, auditor):
    row = make.appointment()
    appointments.suspend_appointment(row.pk, by=make.user(), today=TODAY, reason="Ill.")
    entry = LedgerEntry.objects.of(row).get()

    page = client.get(url("ledger", "inspect", entry.pk)).content.decode()

    assert "in post → suspended" in page
    assert url("appointments", "inspect", row.pk) in page
    assert entry.hash in page


@pytest.mark.parametrize("page", ["site_history", "site_history_results"])
def test_the_stock_history_of_the_site_leads_to_the_ledger(client, auditor, page):
    response = client.get(reverse(f"wagtailadmin_reports:{page}"))

    assert response.url == url("ledger", "index")


# --- Menus, dashboard, and what Wagtail brings along --------------------------------------------


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        (Role.COUNTY_BUREAU, DESKS[:5]),
        (Role.TRAINER, DESKS[:4]),
        (Role.AUDITOR, DESKS),
        (Role.SYSTEM_ADMIN, ["posts"]),
    ],
)  # fmt: skip
def test_the_menu_holds_what_the_role_may_see(client, at_desk, role, shown):
    at_desk(make.officer(role, make.division("3306")))

    page = client.get(reverse("wagtailadmin_home")).content.decode()

    menu = page.split("wagtail-sidebar-props")[1].split("</script>")[0]
    assert [desk for desk in DESKS if f'"{url(desk, "index")}"' in menu] == shown
    assert "site-history" not in menu
    assert "wagtail.org" not in menu


@pytest.mark.parametrize("rows", [1, 3])
def test_the_dashboard_takes_as_many_queries_for_one_row_as_for_three(
    client, county, rows, django_assert_num_queries
):
    for number in range(rows):
        place = make.division(f"33068100{number + 1}")
        row = make.appointment(body=make.organization(in_division=place), term_until_on=TODAY + DAY)
        make.level_holding(row.mediator, rank=4 - number)
    client.get(reverse("wagtailadmin_home"))

    with django_assert_num_queries(15):
        client.get(reverse("wagtailadmin_home"))


def test_the_dashboard_counts_the_own_area_only(client, county):
    make.appointment(employment="full_time", term_until_on=TODAY)
    make.appointment(body=make.organization(in_division=elsewhere()))

    page = " ".join(client.get(reverse("wagtailadmin_home")).content.decode().split())

    assert "<b>1</b> Organisations on the roster" in page
    assert "<b>1</b> Mediators in post" in page
    assert "<b>1</b> of them full-time" in page
    assert "<b>1</b> Terms ended, still in post" in page


@pytest.mark.parametrize(
    "path",
    ["users/", "groups/", "collections/", "sites/", "locales/", "snippets/", "workflows/list/",
     "reports/workflow/", "reports/locked/", "reports/aging-pages/", "reports/page-types-usage/"],
)  # fmt: skip
def test_wagtails_own_pages_are_closed_to_officers(client, county, path):
    response = client.get(reverse("wagtailadmin_home") + path)

    assert response.status_code in {302, 403, 404}


def test_no_interface_for_programs_tells_of_the_register(client, county):
    make.mediator()

    for model in ("mediators", "organizations", "appointments"):
        assert client.get(f"/admin/api/main/{model}/").status_code == 404
    pages = client.get("/admin/api/main/pages/")
    assert pages.status_code in {403, 404} or pages.json()["items"] == []


def test_another_session_of_an_editor_is_not_told_across_counties(client, county):
    other = make.mediator(in_division=elsewhere())
    ping = reverse("wagtailadmin_editing_sessions:ping", args=["registry", "mediator", other.pk, 1])

    assert client.post(ping).status_code == 404


@pytest.mark.parametrize(
    "page", ["organizations:index", "mediators:add", "appointments:add", "ledger:index"]
)
def test_pages_carry_no_script_or_style_of_their_own(client, at_desk, page):
    at_desk(make.user(is_superuser=True))

    text = client.get(url(*page.split(":"))).content.decode()

    assert "<script>" not in text
    assert " style=" not in text
