"""A round in figures: each person once, of a stated whole, and without what one may not see."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from grading.models import Application
from grading.reports.round_figures import RoundFigures
from office.models import LedgerEntry
from tests import make
from tests.grading import make_reviews, make_rounds
from tests.make import DAY, TODAY
from tests.registry.desk import url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DESK = "grading_applications"


def body(code=make_reviews.TOWN, **fields):
    return make.organization(in_division=make.division(code), **fields)


@pytest.fixture
def filled():
    """A round with applications of every stage, and people who did not apply."""
    of = make_reviews.grading_round()
    states = ["submitted", "first_reviewed", "not_eligible", "eligible", "confirmed", "draft",
              "withdrawn"]  # fmt: skip
    for state in states:
        make_rounds.application(state, of=of, body=body())
    make_rounds.application("submitted", of=of, code="l3", body=body("330681102", kind="industry"))
    make_rounds.person(body=body("330681102"))
    # Two posts, one person; one who left before the day; one of another county.
    twice = make_rounds.person(body=body())
    make.appointment(
        twice, body("330681102", kind="industry"), from_on=TODAY - 90 * DAY, employment="invited"
    )
    make.appointment(body=body(), from_on=TODAY - 900 * DAY, **make.left(of.as_of - DAY))
    make_rounds.person(body=body("330682101"))
    return of


def figures(of, user=None):
    rows = Application.objects.within(user) if user else Application.objects.all()
    return RoundFigures(of, rows)


def told(lines):
    return {line.label: (line.stages, line.in_post) for line in lines}


def test_the_total_counts_each_person_once(filled):
    total = figures(filled).total()
    assert total.stages == [6, 4, 2, 1, 1]
    assert total.in_post == 10
    assert total.rate == 60.0


def test_by_level_division_kind_and_employment(filled):
    found = figures(filled)
    names = {one.code: one.label for one in filled.levels.all()}
    assert told(found.by("level")) == {
        names["l3"]: ([1, 0, 0, 0, 0], None),
        names["l4"]: ([5, 4, 2, 1, 1], None),
    }
    assert told(found.by("division")) == {
        "Division 330681101": ([5, 4, 2, 1, 1], 8),
        "Division 330681102": ([1, 0, 0, 0, 0], 3),
    }
    assert told(found.by("kind")) == {
        "village or community committee": ([5, 4, 2, 1, 1], 9),
        "industry or professional committee": ([1, 0, 0, 0, 0], 2),
    }
    assert told(found.by("employment")) == {
        "part-time": ([6, 4, 2, 1, 1], 10),
        "invited": ([0, 0, 0, 0, 0], 1),
    }


def test_what_lies_in_no_part_of_the_division_is_said_so():
    of = make_reviews.grading_round()
    make_rounds.application("submitted", of=of, body=body("330681"))
    assert told(figures(of).by("division")) == {"Division 330681 itself": ([1, 0, 0, 0, 0], 1)}


def test_a_round_without_anybody_divides_by_nothing():
    found = figures(make_reviews.grading_round())
    assert (found.total().rate, found.crossed()) == (None, [])
    assert [(count, share) for _label, count, share in found.funnel()] == [(0, None)] * 5


def test_the_funnel_says_of_what_it_is_a_share(filled):
    assert [(count, share) for _label, count, share in figures(filled).funnel()] == [
        (6, 100.0), (4, 66.7), (2, 33.3), (1, 16.7), (1, 16.7),
    ]  # fmt: skip


def test_the_figures_ask_the_same_of_the_database_for_any_number(filled, django_assert_num_queries):
    with django_assert_num_queries(4):
        found = figures(filled)
        for name in ("level", "kind", "division", "employment"):
            found.by(name)
        found.total()


def test_a_recused_officer_counts_without_the_application(client, county, filled):
    page = client.get(url(DESK, "statistics", filled.pk))
    assert page.context["total"].counts["applied"] == 6
    hidden = filled.applications.get(state="confirmed")
    panel = make_rounds.panel(make_rounds.grading_round("scoring"), members=[county])
    panel.recusals.create(application=hidden, user=county, grounds=["kin"], found_on=TODAY)
    page = client.get(url(DESK, "statistics", filled.pk))
    assert page.context["total"].stages == [5, 3, 1, 0, 0]
    assert [line for *_more, lines in page.context["tables"] for line in lines] != []


def test_the_workbook_holds_every_combination(client, county, filled):
    response = client.post(url(DESK, "statistics_export", filled.pk))
    head, *lines = load_workbook(BytesIO(response.getvalue())).active.iter_rows(values_only=True)
    assert head[:4] == ("Level", "Kind of organisation", "Division", "Employment")
    assert [line[2:] for line in lines] == [
        ("Division 330681102", "part-time", 1, 0, 0, 0, 0),
        ("Division 330681101", "part-time", 5, 4, 2, 1, 1),
    ]
    entry = LedgerEntry.objects.get(act="grading.gradinground.export")
    assert entry.after == {"rows": 2, "format": "xlsx"}
