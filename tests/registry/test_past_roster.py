"""The roster on a day as known on another, on the officer's desk."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from registry.models import Appointment, Organization, OrganizationVersion
from tests import make
from tests.registry.desk import elsewhere, url

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
DAY = timedelta(days=1)


def page(client, **asked):
    return client.get(url("past-roster", "index"), asked)


def listed(response):
    return [(row.name, row.people) for row, _url, _cells in response.context["listed"]]


def known_since(rows, moment):
    """Say of versions that they were recorded at a moment, as if time had passed."""
    rows.update(recorded_at=moment)


@pytest.fixture
def body():
    body = make.organization(name="甲村人民调解委员会", established_on=date(2012, 3, 15))
    make.appointment(make.mediator(name="陈一"), body, from_on=date(2020, 5, 1))
    make.appointment(make.mediator(name="陈二"), body, from_on=date(2024, 5, 1))
    return body


@pytest.mark.parametrize(
    ("on", "people"), [("2012-03-15", 0), ("2020-04-30", 0), ("2020-05-01", 1), ("2024-05-01", 2)]
)
def test_it_counts_who_was_in_post_that_day(client, county, body, on, people):
    assert listed(page(client, on=on)) == [("甲村人民调解委员会", people)]


def test_before_it_was_established_an_organisation_is_not_on_the_roster(client, county, body):
    assert listed(page(client, on="2012-03-14")) == []


def test_what_was_not_yet_known_is_not_shown(client, county, body):
    yesterday = (TODAY - DAY).isoformat()

    assert listed(page(client, known_on=yesterday)) == []
    known_since(OrganizationVersion.objects.all(), timezone.now() - 2 * DAY)
    assert listed(page(client, known_on=yesterday)) == [("甲村人民调解委员会", 0)]


def test_the_page_of_an_organisation_names_the_people_of_that_day(client, county, body):
    version = OrganizationVersion.objects.get(subject=body.pk)
    address = url("past-roster", "inspect", version.pk)

    assert "陈二" not in client.get(address, {"on": "2020-05-01"}).content.decode()
    assert "陈一" in client.get(address, {"on": "2020-05-01"}).content.decode()
    assert "陈二" in client.get(address).content.decode()


def test_the_list_leads_to_the_same_day(client, county, body):
    response = page(client, on="2020-05-01")

    [(_row, address, _cells)] = response.context["listed"]
    assert address.endswith("?on=2020-05-01")


@pytest.mark.parametrize("odd", ["yesterday", "2026-02-30", "", "0000-00-00"])
def test_an_odd_day_means_today_and_the_filter_says_so(client, county, body, odd):
    response = page(client, on=odd)

    assert response.status_code == 200
    assert listed(response) in ([("甲村人民调解委员会", 2)], [])


def test_an_organisation_of_another_county_is_neither_listed_nor_shown(client, county, body):
    other = make.organization(in_division=elsewhere(), name="乙村人民调解委员会")
    version = OrganizationVersion.objects.get(subject=other.pk)

    assert listed(page(client)) == [("甲村人民调解委员会", 2)]
    assert client.get(url("past-roster", "inspect", version.pk)).status_code == 404


def test_who_may_not_read_the_register_finds_no_such_page(client, body):
    client.force_login(make.officer("system_admin", make.division("330681")))

    assert page(client).status_code == 404


def test_one_who_left_since_is_named_for_the_days_before(client, county, body):
    left_on = date(2026, 1, 1)
    Appointment.objects.filter(mediator__name="陈一").update(**make.left(left_on))

    assert listed(page(client, on="2025-12-31")) == [("甲村人民调解委员会", 2)]
    assert listed(page(client, on="2026-01-01")) == [("甲村人民调解委员会", 1)]


def test_a_deregistered_organisation_is_on_the_roster_of_the_days_before(client, county, body):
    gone_on = date(2026, 1, 1)
    Organization.objects.filter(pk=body.pk).update(
        state="deregistered", deregistered_on=gone_on, effective_on=gone_on
    )

    assert listed(page(client, on="2025-12-31")) == [("甲村人民调解委员会", 2)]
    assert listed(page(client, on="2026-01-01")) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(
    client, county, rows, django_assert_num_queries
):
    for number in range(rows):
        make.appointment(body=make.organization(in_division=make.division(f"33068100{number + 1}")))
    page(client)

    with django_assert_num_queries(10):
        page(client)
