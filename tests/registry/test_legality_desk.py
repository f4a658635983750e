"""The legality of committees on the desk: the list, the organisation's page, the export."""

import pytest

from office.roles import Role
from registry.actions import load_policies
from registry.models import Appointment, Policy
from registry.reports.legality import horizon
from registry.rules import months_later
from tests import make
from tests.make import DAY, TODAY
from tests.registry.desk import elsewhere, sent, url
from tests.registry.test_legality import committee
from tests.registry.test_standards import rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def named(name, *args, **given):
    body, rows = committee(*args, **given)
    type(body).objects.filter(pk=body.pk).update(name=name)
    return body, rows


@pytest.fixture
def bodies():
    """One committee of each standing, one in another county, and a studio."""
    named("甲", 2)
    named("乙", 3, term_until_on=TODAY + 90 * DAY)
    named("丙", 3, kind="township")
    foreign, _rows = named("丁", 1)
    type(foreign).objects.filter(pk=foreign.pk).update(division=elsewhere())
    make.organization(kind="studio", name="戊")


def names(response):
    return [row.name for row in rows_of(response)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"ordering": "unlawful_on"}, ["甲", "乙", "丙"]),
        ({"ordering": "-unlawful_on"}, ["丙", "乙", "甲"]),
        ({"standing": "unlawful"}, ["甲"]),
        ({"standing": "soon"}, ["乙"]),
        ({"standing": "lawful"}, ["丙"]),
        ({"fault": "few_members"}, ["甲"]),
        ({"fault": "no_woman"}, []),
        ({"kind": "township"}, ["丙"]),
        ({"name": "乙"}, ["乙"]),
    ],
)
def test_the_list_answers_its_query(client, county, bodies, query, found):
    assert names(client.get(url("legality", "index"), query)) == found


def test_a_line_says_since_when_how_long_and_why(client, county, bodies):
    response = client.get(url("legality", "index"), {"ordering": "unlawful_on"})

    lines = [[cell.value for cell in cells[3:]] for _row, _url, cells in response.context["listed"]]
    few = "It has 2 members; the law wants at least three (article 8)."
    over = "The terms of 3 members have ended without a new election (article 9)."
    assert lines == [
        ["not lawful", TODAY, None, few],
        ["lawful, but not for long", TODAY + 90 * DAY, 90, over],
        ["lawful", None, None, ""],
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(
    client, county, rows, django_assert_num_queries
):
    for number in range(rows):
        named(f"第{number}", 3 + number, term_until_on=TODAY + 30 * DAY)
    client.get(url("legality", "index"))

    with django_assert_num_queries(12):
        client.get(url("legality", "index"))


def test_the_list_is_exported_with_its_reasons(client, county, bodies):
    page = url("legality", "export") + "?standing=soon"

    response = client.post(page, sent(format="csv"))

    head, row = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert row.startswith('"乙"')
    assert "have ended without a new election" in row
    assert "Not lawful from" in head


def test_the_list_has_no_pages_of_its_own(client, county, bodies):
    page = client.get(url("legality", "index"))
    body = rows_of(page)[0]

    assert url("organizations", "inspect", body.pk) in page.content.decode()
    assert client.get(f"{url('legality', 'index')}{body.pk}/").status_code == 404


def test_the_page_of_an_organisation_says_what_is_wrong_today(client, county):
    body, _rows = committee(2)

    page = client.get(url("organizations", "inspect", body.pk)).content.decode()

    assert "It has 2 members; the law wants at least three (article 8)." in page


def test_the_page_of_an_organisation_says_what_is_ahead(client, county):
    body, rows = committee(3)
    Appointment.objects.filter(pk=rows[1].pk).update(**make.left(TODAY + DAY))

    page = " ".join(client.get(url("organizations", "inspect", body.pk)).content.decode().split())

    assert "Not lawful from 2026-11-24, in 1 day:" in page
    assert "No woman is among its members (article 8)." in page


def test_the_page_of_a_studio_says_nothing_of_legality(client, county):
    body = make.organization(kind="studio")

    page = client.get(url("organizations", "inspect", body.pk))

    assert "legality" not in {section.name for section in page.context["sections"]}


def test_the_horizon_is_a_setting():
    assert horizon(TODAY, 330681000000) == months_later(TODAY, 12)
    load_policies({"policies": [{
        "key": "forecast_months", "amount": 6, "unit": "months", "standing": "setting",
        "source": "", "from_on": "2011-01-01",
    }]})  # fmt: skip
    assert horizon(TODAY, 330681000000) == months_later(TODAY, 6)
    assert Policy.objects.get().get_unit_display() == "months"


def test_a_clerk_sees_the_legality_of_the_own_committee_only(client, at_desk, bodies):
    body, _rows = named("己", 2)
    at_desk(make.officer(Role.CLERK, body))

    assert names(client.get(url("legality", "index"))) == ["己"]
