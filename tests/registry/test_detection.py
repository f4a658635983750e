"""The report of organisations that call for a look."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.db.models import Exists, OuterRef
from django.utils import translation

from casework.receivers import cases_of_organizations
from office.roles import Role
from registry.models import Appointment, Organization, Policy
from registry.questions import activity_of_organizations
from registry.rules import months_before
from tests import make
from tests.make import DAY, TODAY
from tests.registry import cases
from tests.registry.desk import elsewhere, sent, url
from training.receivers import training_of_organizations

pytestmark = pytest.mark.django_db
YEAR_AGO = date(2025, 11, 23)


@pytest.fixture(autouse=True)
def _rules(db):
    translation.activate("en")
    cases.load_rules()


@pytest.fixture(autouse=True)
def _no_floor_above_answers():
    """What training and casework answer is tested there."""
    above = [training_of_organizations, cases_of_organizations]
    for answer in above:
        activity_of_organizations.disconnect(answer)
    yield
    for answer in above:
        activity_of_organizations.connect(answer)


@pytest.fixture
def cases_are_known():
    """Let posts of chief mediators stand for cases, as a floor above would answer."""

    def answer(sender, organizations, **asked):
        held = Appointment.objects.filter(organization=OuterRef("pk"), post="chief")
        return {"cases": Exists(held.filter(from_on__gte=OuterRef("idle_since")))}

    activity_of_organizations.connect(answer)
    yield
    activity_of_organizations.disconnect(answer)


def signs(client, body, **query):
    listed = client.get(url("detection", "index"), query).context["listed"]
    [row_cells] = [row_cells for row, _url, row_cells in listed if row == body]
    return {cell.column.name: str(cell.value) for cell in row_cells}


def names(client, **query):
    listed = client.get(url("detection", "index"), query).context["listed"]
    return {row.name for row, _url, _cells in listed}


def staffed(count, **fields):
    body = make.organization(**fields)
    for _member in range(count):
        make.appointment(body=body, post="member")
    return body


@pytest.mark.parametrize("rows", [1, 3])
def test_the_report_takes_as_many_queries_for_one_row_as_for_three(
    client, county, rows, django_assert_num_queries
):
    for number in range(rows):
        staffed(number, in_division=make.division(f"33068100{number + 1}"))
    client.get(url("detection", "index"))

    with django_assert_num_queries(11):
        client.get(url("detection", "index"))


def test_what_no_floor_answers_is_not_known_and_never_none(client, county):
    body = make.organization(confirmed_on=TODAY)

    told = signs(client, body)

    assert (told["no_cases"], told["no_training"]) == ("not known", "not known")
    assert names(client, sign="no_cases") == set()


def test_what_a_floor_answers_is_told(client, county, cases_are_known):
    silent, busy = make.organization(name="甲"), make.organization(name="乙")
    make.appointment(body=busy, post="chief", from_on=YEAR_AGO)
    make.appointment(body=silent, post="chief", from_on=YEAR_AGO - DAY)

    assert signs(client, silent)["no_cases"] == "none since 2025-11-23"
    assert signs(client, busy)["no_cases"] == "yes"
    assert names(client, sign="no_cases") == {"甲"}


@pytest.mark.parametrize(
    ("confirmed_on", "found"), [(YEAR_AGO, False), (YEAR_AGO - DAY, True), (None, True)]
)
def test_who_did_not_confirm_within_the_policys_months_is_found(
    client, county, confirmed_on, found
):
    make.organization(confirmed_on=confirmed_on)

    assert bool(names(client, sign="unconfirmed")) is found


def test_the_nearest_policy_rules_and_the_one_for_the_kind_before_others(client, county):
    kept = {"key": "idle_months", "unit": "months", "standing": "setting", "from_on": YEAR_AGO}
    township = make.division("330681003")
    Policy.objects.create(division=make.division("330681"), amount=6, **kept)
    Policy.objects.create(division=township, amount=3, **kept)
    Policy.objects.create(division=township, amount=1, kind="township", **kept)
    four_months_ago = months_before(TODAY, 4)
    make.organization(name="县", confirmed_on=four_months_ago)
    make.organization(name="村", confirmed_on=four_months_ago, in_division=township)
    two_months_ago = {"confirmed_on": months_before(TODAY, 2), "in_division": township}
    make.organization(name="镇", kind="township", **two_months_ago)
    make.organization(name="企", kind="enterprise", **two_months_ago)

    assert names(client, sign="unconfirmed") == {"村", "镇"}


def test_without_a_policy_nobody_is_called_idle(client, county):
    Policy.objects.filter(key="idle_months").delete()
    body = make.organization(confirmed_on=None)

    assert signs(client, body)["unconfirmed"] == "not known"
    assert names(client, sign="unconfirmed") == set()


def test_without_a_policy_no_cases_are_not_known_to_lack(client, county, cases_are_known):
    Policy.objects.filter(key="idle_months").delete()
    body = make.organization()

    assert signs(client, body)["no_cases"] == "not known"
    assert names(client, sign="no_cases") == set()


@pytest.mark.parametrize(("members", "found"), [(2, True), (3, False)])
def test_a_committee_with_fewer_than_three_members_is_found(client, county, members, found):
    body = staffed(members)
    make.appointment(body=body, post="mediator")
    make.appointment(body=body, post="member", state="ended", until_on=TODAY)

    assert bool(names(client, sign="understaffed")) is found


def test_a_studio_needs_no_three_members(client, county):
    make.organization(kind="studio", parent=staffed(3))

    assert names(client, sign="understaffed") == set()


@pytest.mark.parametrize(("ends_on", "found"), [(TODAY, True), (TODAY + DAY, False)])
def test_a_term_that_is_over_is_found(client, county, ends_on, found):
    body = make.organization()
    make.appointment(body=body, term_until_on=ends_on)

    assert bool(names(client, sign="term_expired")) is found


def test_any_sign_finds_all_of_them_and_only_them(client, county):
    fine = staffed(3, confirmed_on=TODAY)
    staffed(3, name="久未确认", confirmed_on=None)
    staffed(1, name="人数不足", confirmed_on=TODAY)

    assert names(client, sign="any") == {"久未确认", "人数不足"}
    assert fine.name in names(client)


def test_only_what_is_on_the_roster_and_in_the_own_county_is_looked_at(client, county):
    make.organization(in_division=elsewhere())
    make.organization("draft")
    make.organization("deregistered")
    make.organization(name="在册")

    assert names(client) == {"在册"}


def test_from_a_row_one_orders_to_rectify(client, county):
    body = make.organization()
    told = signs(client, body)
    add = f"{url('rectifications', 'add')}?organization={body.pk}"

    assert f'href="{add}"' in told["order"]
    assert client.get(add).context["form"].initial["organization"] == str(body.pk)
    Organization.objects.filter(pk=body.pk).update(state="rectifying")
    assert signs(client, body)["order"] == ""


def test_who_may_not_order_is_shown_no_way_to_it(client, at_desk):
    at_desk(make.officer(Role.AUDITOR, make.division("3306")))

    assert "order" not in signs(client, make.organization())


def test_a_trainer_finds_no_such_report(client, at_desk):
    at_desk(make.officer(Role.TRAINER, make.division("3306")))

    assert client.get(url("detection", "index")).status_code == 404


def test_the_report_is_exported_as_filtered(client, county):
    staffed(1, name="人数不足", confirmed_on=TODAY)
    staffed(3, confirmed_on=TODAY)

    answer = client.post(url("detection", "export") + "?sign=any", sent(format="csv"))

    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    [row] = csv.DictReader(StringIO(content))
    assert (row["Organisation name"], row["Committee members"], row["Cases"]) == (
        "人数不足", "1 / 3", "not known",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 11, 23), 12, date(2025, 11, 23)),
    ],
)
def test_months_are_counted_back_to_the_same_day(day, months, before):
    assert months_before(day, months) == before
