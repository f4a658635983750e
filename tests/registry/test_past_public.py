"""What the public is told of the past: when somebody was listed, who left, which stars stand."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registry.actions import stars
from registry.rules import joined_periods
from registry.search import upkeep
from registry.search.listing import listed_periods
from tests import make
from tests.make import DAY, TODAY, left

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "in_the_morning")]
PAST = "/organizations/past/"
FIRST, SECOND, THIRD = (TODAY - days * DAY for days in (900, 600, 300))


@pytest.fixture
def in_the_morning(time_machine, client):
    time_machine.move_to(f"{TODAY}T09:00:00+08:00")
    client.cookies["django_language"] = "en"


def served(person, from_on, until_on=None, *, state="listed", **fields):
    ended = left(until_on) if until_on else {}
    body = make.organization(state, **fields)
    return make.appointment(person, body, from_on=from_on, **ended)


def fact_of(response, term):
    return [fact["value"] for fact in response.context["facts"] if fact["term"] == term]


# --- When somebody was on the roster ------------------------------------------------------------


@pytest.mark.parametrize(
    ("periods", "joined"),
    [
        ([], []),
        ([(FIRST, SECOND), (SECOND, THIRD)], [(FIRST, THIRD)]),
        ([(FIRST, SECOND), (SECOND + DAY, THIRD)], [(FIRST, SECOND), (SECOND + DAY, THIRD)]),
        ([(FIRST, None), (SECOND, THIRD)], [(FIRST, None)]),
        ([(SECOND, None), (FIRST, THIRD)], [(FIRST, None)]),
        ([(FIRST, THIRD), (FIRST, SECOND)], [(FIRST, THIRD)]),
    ],
)
def test_periods_that_touch_are_one(periods, joined):
    assert joined_periods(periods) == joined


def test_the_page_of_a_mediator_tells_since_when_and_when_before(client):
    person = make.mediator()
    served(person, date(2020, 1, 1), date(2022, 5, 1))
    served(person, date(2024, 3, 1))
    upkeep.refresh_mediators([person.pk], today=TODAY)

    page = client.get(person.get_absolute_url())

    assert fact_of(page, "On the roster") == [
        "from Jan. 1, 2020 until May 1, 2022, from March 1, 2024"
    ]


def test_the_page_of_one_who_left_tells_from_when_until_when_and_no_name(client):
    person = make.mediator(name="陈宏玉")
    served(person, date(2020, 1, 1), date(2022, 5, 1))

    page = client.get(person.get_absolute_url())
    text = " ".join(page.content.decode().split())

    assert page.status_code == 410
    assert "On the roster: from Jan. 1, 2020 until May 1, 2022" in text
    assert "陈宏玉" not in text


@pytest.mark.parametrize("state", ["suspended", "candidate", "rejected"])
def test_of_a_post_that_is_not_public_no_day_is_told(state):
    row = make.appointment(state=state)

    assert listed_periods(row.mediator_id, TODAY) == []


def test_a_post_counts_from_the_filing_of_its_organisation_and_until_its_own_end():
    person = make.mediator()
    served(person, FIRST, THIRD, filed_on=SECOND)
    served(person, FIRST, SECOND, filed_on=THIRD)
    served(person, FIRST, SECOND, state="draft")

    assert listed_periods(person.pk, TODAY) == [(SECOND, THIRD)]


@pytest.mark.parametrize(("until_on", "told"), [(TODAY, TODAY), (TODAY + DAY, None)])
def test_an_end_decided_ahead_is_told_on_its_day(until_on, told):
    person = make.mediator()
    served(person, FIRST, until_on)

    assert listed_periods(person.pk, TODAY) == [(FIRST, told)]


# --- Stars --------------------------------------------------------------------------------------


@pytest.fixture
def rated():
    make.policies()
    body = make.organization()
    row = stars.rate(
        by=None, today=TODAY, reason="R.", organization=body, stars=3, most_stars=5,
        rated_on=date(2024, 3, 1), rated_by="市司法局",
    )  # fmt: skip
    upkeep.refresh_organizations([body.pk], today=TODAY)
    return row


GIVER = '<span lang="zh-hans">市司法局</span>'
STARS = f"★★★☆☆, 3 of 5, given on March 1, 2024 by {GIVER}"


@pytest.mark.parametrize(("days", "told"), [(0, [STARS]), (1, [])])
def test_stars_are_shown_until_the_last_day_of_their_recheck(client, rated, days, told):
    rated.recheck_due = TODAY - days * DAY
    rated.save()

    assert fact_of(client.get(rated.organization.get_absolute_url()), "Star rating") == told


def test_replaced_stars_and_those_of_a_committee_that_left_are_not_shown(client, rated):
    body = rated.organization
    stars.rate(
        by=None, today=TODAY, reason="R.", organization=body, stars=5, most_stars=5,
        rated_on=TODAY, rated_by="市司法局",
    )  # fmt: skip
    [now] = fact_of(client.get(body.get_absolute_url()), "Star rating")
    type(body).objects.filter(pk=body.pk).update(state="deregistered", deregistered_on=TODAY)
    upkeep.refresh_organizations([body.pk], today=TODAY)

    assert now.startswith("★★★★★, 5 of 5")
    assert fact_of(client.get(body.get_absolute_url()), "Star rating") == []


# --- Those that left ----------------------------------------------------------------------------


def names(page):
    return [card["name"] for card in page.context["cards"]]


def test_the_list_of_those_that_left_holds_nobody_else(client):
    heir = make.organization(name="承接")
    for number, state in enumerate(["closing", "draft", "not_listed"]):
        make.organization(state, name=f"未注销{number}")
    make.organization("deregistered", name="早", deregistered_on=FIRST)
    make.organization("deregistered", name="晚", deregistered_on=SECOND, successor=heir)
    make.organization("deregistered", name="合并", merged_into=heir)

    page = client.get(PAST)

    assert names(page) == ["晚", "早"]
    assert heir.get_absolute_url() in page.content.decode()
    assert names(client.get(PAST, {"q": "早"})) == ["早"]
    assert names(client.get(PAST, {"q": "承"})) == []


@pytest.mark.parametrize("query", ["page=9999999", "page=x", "page=0", "q=%00", "q=" + "长" * 99])
def test_odd_questions_are_answered(client, query):
    make.organization("deregistered", name="早")

    assert client.get(f"{PAST}?{query}").status_code == 200


def test_the_lists_lead_to_it(client):
    gone = make.organization("deregistered", name="早")

    for address in [reverse("organizations"), gone.get_absolute_url()]:
        assert f'href="{PAST}"' in client.get(address).content.decode()


def test_the_list_asks_as_much_for_three_as_for_one(client, django_assert_num_queries):
    make.organization("deregistered", name="甲")
    client.get(PAST)
    with CaptureQueriesContext(connection) as for_one:
        client.get(PAST)
    for name in "乙丙":
        make.organization("deregistered", name=name, successor=make.organization())

    with django_assert_num_queries(len(for_one)):
        assert len(names(client.get(PAST))) == 3
