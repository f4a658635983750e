"""Out of scope and not permitted are both "not found", on every page of every desk."""

import pytest
from wagtail.permissions import policy_registry

from office.models import LedgerEntry
from office.roles import Role
from registry.models import Appointment, Mediator, Organization
from tests import make
from tests.registry.desk import elsewhere, sent, url

pytestmark = pytest.mark.django_db

ROWS = {
    "organizations": lambda place: make.organization("draft", in_division=place),
    "mediators": lambda place: make.mediator(in_division=place),
    "appointments": lambda place: make.appointment(body=make.organization(in_division=place)),
    "divisions": lambda place: place,
    "posts": lambda place: make.officer(Role.JUSTICE_OFFICE, place).posts.get(),
}
ACTS = [
    ("organizations", "list"),
    ("mediators", "photo"),
    ("mediators", "give-consent"),
    ("mediators", "withdraw-consent"),
    ("mediators", "unmask"),
    ("appointments", "suspend"),
    ("appointments", "resume"),
    ("posts", "end"),
]
PAGES = [
    (desk, page)
    for desk in ROWS
    for page in ("inspect", "history", "edit")
    if (desk, page) not in {("divisions", "history"), ("divisions", "edit"), ("posts", "edit")}
]


@pytest.mark.parametrize(("desk", "page"), PAGES)
def test_a_row_of_another_county_cannot_be_found(client, county, desk, page):
    own, other = ROWS[desk](make.division("330681003")), ROWS[desk](elsewhere())

    assert client.get(url(desk, page, own.pk)).status_code == 200
    assert client.get(url(desk, page, other.pk)).status_code == 404
    assert client.post(url(desk, page, other.pk), sent()).status_code == 404


@pytest.mark.parametrize("desk", ROWS)
def test_the_list_holds_the_own_county_only(client, county, desk):
    own, other = ROWS[desk](make.division("330681003")), ROWS[desk](elsewhere())

    listed = {row for row, _url, _cells in client.get(url(desk, "index")).context["listed"]}

    assert own in listed
    assert other not in listed


@pytest.mark.parametrize(("desk", "act"), ACTS)
def test_an_act_on_a_row_of_another_county_cannot_be_found(client, at_desk, desk, act):
    at_desk(password_shown=True)
    other = ROWS[desk](elsewhere())
    entries = LedgerEntry.objects.count()

    assert client.get(url(desk, "act", other.pk, act)).status_code == 404
    assert client.post(url(desk, "act", other.pk, act), sent()).status_code == 404
    assert LedgerEntry.objects.count() == entries


@pytest.mark.parametrize(("desk", "act"), ACTS)
def test_an_act_without_the_permission_cannot_be_found(client, at_desk, desk, act):
    at_desk(make.officer(Role.AUDITOR, make.division("3306")), password_shown=True)
    row = ROWS[desk](make.division("330681"))

    assert client.get(url(desk, "inspect", row.pk)).status_code == 200
    assert client.get(url(desk, "act", row.pk, act)).status_code == 404
    assert client.post(url(desk, "act", row.pk, act), sent()).status_code == 404


@pytest.mark.parametrize("desk", ["organizations", "mediators", "appointments"])
def test_editing_and_adding_without_the_permission_cannot_be_found(client, at_desk, desk):
    at_desk(make.officer(Role.AUDITOR, make.division("3306")))
    row = ROWS[desk](make.division("330681"))

    assert client.get(url(desk, "edit", row.pk)).status_code == 404
    assert client.post(url(desk, "edit", row.pk), sent()).status_code == 404
    assert client.get(url(desk, "add")).status_code == 404
    assert client.post(url(desk, "add"), sent()).status_code == 404


@pytest.mark.parametrize(
    "page", ["organizations:export", "mediators:export", "posts:index", "ledger:index"]
)
def test_what_a_trainer_may_not_do_cannot_be_found(client, at_desk, page):
    at_desk(make.officer(Role.TRAINER, make.division("3306")), password_shown=True)

    assert client.get(url(*page.split(":"))).status_code == 404
    assert client.post(url(*page.split(":")), sent(format="csv")).status_code in {404, 405}


@pytest.mark.parametrize("desk", [*ROWS, "ledger"])
@pytest.mark.parametrize("page", ["delete/1/", "1/delete/", "copy/1/", "usage/1/", "reorder/1/"])
def test_nothing_is_deleted_copied_or_listed_by_use(client, at_desk, desk, page):
    at_desk(make.user(is_superuser=True))

    assert client.get(url(desk, "index") + page).status_code == 404
    assert client.post(url(desk, "index") + page).status_code == 404


def test_a_bulk_act_leaves_rows_of_another_county_alone(client, county):
    other = make.appointment(body=make.organization(in_division=elsewhere()))
    own = make.appointment(body=make.organization(in_division=make.division("330681")))
    bulk = url("appointments", "bulk", "suspend")

    checked = client.get(bulk, {"pk": [own.pk, other.pk]})
    response = client.post(bulk, sent(pk=[own.pk, other.pk]))

    assert [item.row for item in checked.context["passing_rows"]] == [own]
    assert checked.context["barred_rows"] == []
    assert response.status_code == 302
    assert states(own, other) == ["suspended", "in_post"]


def states(*appointments):
    return [Appointment.objects.get(pk=appointment.pk).state for appointment in appointments]


def test_a_bulk_act_on_foreign_rows_alone_cannot_be_found(client, county):
    other = make.appointment(body=make.organization(in_division=elsewhere()))

    response = client.post(url("appointments", "bulk", "suspend"), sent(pk=[other.pk]))

    assert response.status_code == 404
    assert states(other) == ["in_post"]


@pytest.mark.parametrize("kind", ["division", "organization", "mediator"])
def test_a_chooser_offers_and_takes_only_rows_of_the_own_county(client, county, kind):
    desk = f"{kind}s"
    own, other = ROWS[desk](make.division("330681")), ROWS[desk](elsewhere())
    chooser = f"choose_{kind}"

    for page in ("choose", "choose_results"):
        shown = client.get(url(chooser, page)).content.decode()
        assert f"/chosen/{own.pk}/" in shown
        assert f"/chosen/{other.pk}/" not in shown
    found = client.get(url(chooser, "choose_results"), {"q": other.name}).content.decode()
    assert f"/chosen/{other.pk}/" not in found
    assert client.get(url(chooser, "chosen", own.pk)).status_code == 200
    assert client.get(url(chooser, "chosen", other.pk)).status_code == 404
    assert client.get(url(chooser, "chosen", "x")).status_code == 404
    several = client.get(url(chooser, "chosen_multiple"), {"id": [own.pk, other.pk, "x"]}).json()
    assert [row["id"] for row in several["result"]] == [str(own.pk)]


def test_a_chooser_is_not_found_without_the_permission_to_see_its_rows(client, at_desk):
    at_desk(make.officer(Role.SYSTEM_ADMIN, make.division("3306")))

    assert client.get(url("choose_mediator", "choose")).status_code == 404
    assert client.get(url("choose_mediator", "chosen", 1)).status_code == 404


def test_a_form_sent_with_a_foreign_row_neither_takes_nor_names_it(client, county):
    other = make.organization(in_division=elsewhere(), name="别县人民调解委员会")
    person = make.mediator(in_division=make.division("330681"))
    typed = {
        "mediator": person.pk, "organization": other.pk, "post": "member",
        "employment": "part_time", "from_on": "2026-11-01",
    }  # fmt: skip

    response = client.post(url("appointments", "add"), sent(**typed))

    assert response.status_code == 422
    assert other.name not in response.content.decode()
    assert Appointment.objects.count() == 0


def test_a_clerk_sees_the_own_organization_and_its_people_only(client, at_desk):
    body = make.organization()
    person = make.appointment(body=body).mediator
    other = make.appointment(body=make.organization()).mediator
    at_desk(make.officer(Role.CLERK, body))

    assert client.get(url("mediators", "inspect", person.pk)).status_code == 200
    assert client.get(url("mediators", "inspect", other.pk)).status_code == 404
    assert client.get(url("organizations", "edit", body.pk)).status_code == 200


def test_a_post_with_the_permission_reaches_no_further_than_itself(client, at_desk):
    """An auditor of the city who is also an officer of one county edits in that county only."""
    officer = make.officer(Role.AUDITOR, make.division("3306"))
    make.actions.grant_post(
        user=officer, role=Role.COUNTY_BUREAU, division=make.division("330681"),
        from_on=make.TODAY, by=make.user(), reason="A second post.",
    )  # fmt: skip
    own = make.organization(in_division=make.division("330681"))
    other = make.organization(in_division=elsewhere())
    at_desk(officer)

    assert client.get(url("organizations", "edit", own.pk)).status_code == 200
    assert client.get(url("organizations", "inspect", other.pk)).status_code == 200
    assert client.get(url("organizations", "edit", other.pk)).status_code == 404


def test_somebody_without_a_post_is_led_to_the_login(client, at_desk):
    at_desk(make.user())

    for desk in ROWS:
        assert client.get(url(desk, "index")).status_code == 302


@pytest.mark.parametrize("model", [Organization, Mediator, Appointment])
def test_wagtails_own_policy_knows_the_row_as_well(model):
    officer = make.officer(Role.COUNTY_BUREAU, make.division("330681"))
    desk = f"{model._meta.model_name}s"
    own, other = ROWS[desk](make.division("330681")), ROWS[desk](elsewhere())
    policy = policy_registry.get_by_type(model)

    assert policy.user_has_permission_for_instance(officer, "change", own)
    assert not policy.user_has_permission_for_instance(officer, "change", other)
    assert not policy.user_has_permission_for_instance(officer, "delete", own)
    assert policy.user_has_any_permission_for_instance(officer, ["delete", "view"], own)
    assert list(policy.instances_user_has_any_permission_for(officer, ["view", "change"])) == [own]
