"""A dry run: its counts are those of single judgments, of people one may see; nothing is kept."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grading.models import SchemeVersion
from office.models import LedgerEntry
from office.roles import Role
from registry.models import Appointment, Organization
from tests import make
from tests.grading import make_grading, make_people
from tests.make import TODAY
from tests.registry.desk import elsewhere, url

pytestmark = pytest.mark.django_db
DESK = "grading_schemes"


@pytest.fixture
def people():
    return make_people.people(20, seed=3)


def trial(version, *person, **query):
    page = url(DESK, "trial_of_one" if person else "trial", version.pk, *person)
    return f"{page}?{'&'.join(f'{name}={value}' for name, value in query.items())}"


def words(response):
    return response.content.decode()


def test_the_page_counts_whom_the_rule_would_judge_how(client, county, people):
    version = make_grading.version()
    response = client.get(trial(version, level="l4", as_of=TODAY.isoformat(), assumed="on"))
    found = response.context["trial"].counted.results
    assert sum(found.values()) == len(people)
    one_by_one = [response.context["trial"].judgment_of(person)[0].result for person in people]
    assert found == {result: one_by_one.count(result) for result in set(one_by_one)}


def test_it_opens_with_a_level_and_today(client, county, people):
    response = client.get(trial(make_grading.version()))
    assert response.status_code == 200
    assert response.context["trial"].as_of == TODAY


@pytest.mark.parametrize("query", [{"level": "nonsense"}, {"as_of": "2024-02-30"}, {"other": 0}])
def test_what_cannot_be_asked_is_told(client, county, people, query):
    assert client.get(trial(make_grading.version(), **query)).status_code == 422


def test_people_of_elsewhere_are_neither_counted_nor_found(client, county, people):
    theirs = make.mediator(in_division=elsewhere(), name="外县调解员")
    version = make_grading.version(state="template")
    response = client.get(trial(version, level="l4"))
    assert sum(response.context["trial"].counted.results.values()) == len(people)
    for result in response.context["trial"].counted.results:
        assert theirs.name not in words(client.get(trial(version, level="l4", result=result)))
    assert client.get(trial(version, theirs.pk, level="l4")).status_code == 404
    assert client.get(trial(version, people[0].pk, level="l4")).status_code == 200


def test_a_rule_of_elsewhere_is_tried_by_nobody(client, county, people):
    theirs = make_grading.version(division=elsewhere())
    assert client.get(trial(theirs)).status_code == 404
    assert client.get(trial(theirs, people[0].pk, level="l4")).status_code == 404


def test_every_condition_stands_with_what_was_found(client, county, people):
    version = make_grading.version()
    response = client.get(trial(version, people[0].pk, level="l4"))
    lines = response.context["lines"]
    shown = words(response)
    assert {"fulfilled", "does not apply"} <= {line.answer for line in lines}
    assert all(
        line.words in shown and line.found in shown for line in lines if "≥" not in line.words
    )
    assert any("／" in line.found for line in lines)


def test_another_version_shows_who_would_come_out_otherwise(client, county, people):
    old = make_grading.version("active", effective_from=TODAY)
    stricter = make_grading.document()
    stricter["params"] = {**stricter["params"], "years_L4": 40}
    new = make_grading.version(content=stricter)
    given = {"level": "l4", "assumed": "on", "other": old.pk}
    changes = client.get(trial(new, **given)).context["changes"]
    before = client.get(trial(old, level="l4", assumed="on")).context["trial"].counted.results
    assert sum(count for _old, _new, count, _people in changes) == before.get("pass", 0)
    assert all(len(who) == count for _old, _new, count, who in changes)


def test_nothing_is_kept_of_it(client, county, people):
    version = make_grading.version()
    entries, versions = LedgerEntry.objects.count(), SchemeVersion.objects.count()
    client.get(trial(version, level="l4", assumed="on"))
    client.get(trial(version, people[0].pk, level="l4"))
    assert (LedgerEntry.objects.count(), SchemeVersion.objects.count()) == (entries, versions)


def test_more_people_take_no_more_questions(client, county, people, django_assert_num_queries):
    version = make_grading.version()
    address = trial(version, level="l4", result="fail")
    client.get(address)
    with CaptureQueriesContext(connection) as first:
        client.get(address)
    make_people.people(10, seed=4)
    with django_assert_num_queries(len(first)):
        client.get(address)


def test_who_may_not_see_mediators_tries_nothing(client, at_desk, people):
    at_desk(make.officer(Role.SYSTEM_ADMIN, make.division()))
    assert client.get(trial(make_grading.version())).status_code == 404


def test_a_rule_for_committees_is_tried_on_the_organisations_of_the_area(client, county, people):
    theirs = make.organization(in_division=elsewhere(), name="外县调解委员会")
    stars = [{"code": "S5", "label": "五星", "rank": 1}, {"code": "S3", "label": "三星", "rank": 2}]
    least = {"S5": 3, "S3": 1}
    req = {code: {"cmp": ["members.count", ">=", number]} for code, number in least.items()}
    content = make_grading.document(subject="committee", levels=stars, req=req, base={},
                                    population={}, vetoes=[], sheet={}, selection={})  # fmt: skip
    version = make_grading.version(content=content)

    response = client.get(trial(version, level="S3", result="pass"))

    shown = response.context["shown_people"]
    serving = Appointment.objects.in_post(TODAY).values("organization")
    assert shown == list(Organization.objects.filter(pk__in=serving).order_by("pk"))
    assert shown
    for result in response.context["trial"].counted.results:
        assert theirs.name not in words(client.get(trial(version, level="S3", result=result)))
    assert client.get(trial(version, theirs.pk, level="S3")).status_code == 404
    one = client.get(trial(version, shown[0].pk, level="S3"))
    assert shown[0].name in words(one)
    assert client.get(trial(version, people[-1].pk + 10_000, level="S3")).status_code == 404
