"""The public announcement of levels: what is on the roster today, and nothing else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grading.reports.level_list import LevelList
from registry.search.upkeep import rebuild
from tests import make
from tests.grading import make_rounds
from tests.make import DAY, TODAY

pytestmark = pytest.mark.django_db
PAGE = "/levels/"
OTHER = "330683"


@pytest.fixture(autouse=True)
def _morning(client, time_machine):
    time_machine.move_to(f"{TODAY}T09:00:00+08:00")
    client.cookies["django_language"] = "en"


def holder(rank=4, county=make_rounds.COUNTY, **fields):
    place = make.division(county)
    person = make_rounds.person(body=make.organization(in_division=place), **fields)
    make.level_holding(person, rank=rank)
    return person


def shown(client, query=""):
    page = client.get(PAGE + query)
    assert page.status_code == 200
    return [row.mediator_id for row, _level in page.context["names"]]


def test_everybody_with_a_level_is_named_and_nobody_without(client):
    make_rounds.person()
    people = [holder(4), holder(3)]
    rebuild(today=TODAY)
    assert shown(client) == [people[1].pk, people[0].pk]


def test_it_counts_by_level_and_county(client):
    holder(4), holder(4), holder(3), holder(4, OTHER)
    rebuild(today=TODAY)
    held = LevelList({}, TODAY)
    numbers = {name: [cell.number for cell in cells] for name, cells, _sum in held.table()}
    assert numbers == {
        make.division(make_rounds.COUNTY).name: [1, 2], make.division(OTHER).name: [0, 1],
    }  # fmt: skip
    assert [cell.number for cell in held.sums()] == [1, 3, 4]
    assert held.total == 4


def test_names_are_narrowed_by_level_and_county_and_the_counts_are_not(client):
    here, there = holder(4), holder(4, OTHER)
    higher = holder(3)
    rebuild(today=TODAY)
    code = {row.level.rank: row.level.code for row in there.levels.all()}[4]
    assert shown(client, f"?level={code}&county={OTHER}") == [there.pk]
    assert shown(client, f"?county={make_rounds.COUNTY}") == [higher.pk, here.pk]
    assert shown(client, f"?level={code}") == [here.pk, there.pk]
    page = client.get(f"{PAGE}?level={code}&county={OTHER}")
    assert page.context["held"].total == 3
    assert [chip.url for chip in page.context["held"].chips()] == [
        f"?county={OTHER}", f"?level={code}",
    ]  # fmt: skip


@pytest.mark.parametrize(("until", "is_shown"), [(TODAY, False), (TODAY + DAY, True)])
def test_a_level_that_has_run_out_is_gone_without_any_job(client, until, is_shown):
    person = holder(4)
    person.levels.update(until_on=until)
    rebuild(today=TODAY - DAY)
    assert shown(client) == ([person.pk] if is_shown else [])


def test_it_tells_only_what_the_roster_tells(client):
    person = holder(4, phone="13800001234", name="章丽娟")
    rebuild(today=TODAY)
    page = client.get(PAGE).content.decode()
    assert "章丽娟" in page
    assert "13800001234" not in page
    assert str(person.born_on) not in page


def test_without_any_level_the_page_says_so(client):
    page = client.get(PAGE).content.decode()
    assert "Nobody on the roster holds a level today." in page


@pytest.mark.parametrize("query", ["?level=x&county=y&page=z", "?page=999", "?page=-1"])
def test_what_is_unknown_in_the_address_is_passed_over(client, query):
    person = holder(4)
    rebuild(today=TODAY)
    assert shown(client, query) == [person.pk]


def test_more_people_take_no_more_queries(client):
    counts = []
    for _n in range(2):
        holder(4), holder(3, OTHER)
        rebuild(today=TODAY)
        with CaptureQueriesContext(connection) as queries:
            LevelList({}, TODAY).table()
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_it_is_linked_from_every_page(client):
    assert f'href="{reverse("levels")}"' in client.get(reverse("site_map")).content.decode()
