"""Rounds at the desk: who sees which, what is counted for whom, what is typed."""

import re

import pytest
from django.core.cache import cache

from grading.models import Application, GradingRound
from grading.reports.roads import road_of
from grading.reports.rounds import ROAD, funnel_of, standing_of, table_of_places
from office.roles import Role
from tests import make
from tests.grading import make_grading, make_rounds
from tests.make import DAY, TODAY
from tests.registry.desk import fields, sent, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DESK = "grading_rounds"
COUNTY, CITY, ELSEWHERE = "330681", "3306", "330682"


@pytest.fixture(autouse=True)
def _with_an_empty_cache():
    cache.clear()


def other(state="draft"):
    return make_rounds.grading_round(state, division=make.division(ELSEWHERE))


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.parametrize("page", ["inspect", "history", "edit"])
def test_a_round_of_another_county_cannot_be_found(client, county, page):
    assert client.get(url(DESK, page, make_rounds.grading_round("draft").pk)).status_code == 200
    assert client.get(url(DESK, page, other().pk)).status_code == 404


@pytest.mark.parametrize("act", ["windows", "open", "extend", "review", "archive", "abandon"])
def test_an_act_on_a_round_of_another_county_cannot_be_found(client, county, act):
    own = make_rounds.grading_round("draft")
    assert client.get(url(DESK, "act", own.pk, act)).status_code == 200
    theirs = other()
    assert client.get(url(DESK, "act", theirs.pk, act)).status_code == 404
    assert client.post(url(DESK, "act", theirs.pk, act), sent()).status_code == 404
    theirs.refresh_from_db()
    assert theirs.state == "draft"


def test_a_county_reads_the_rounds_of_its_city_and_acts_on_none(client, county):
    above = make_rounds.grading_round("open", division=make.division(CITY))
    draft = make_rounds.grading_round("draft", division=make.division(CITY))
    page = client.get(url(DESK, "inspect", above.pk))

    assert page.status_code == 200
    labels = [label for label, *_rest in page.context["buttons"]]
    assert labels == [
        "Nominate a mediator",
        "Applications of this round",
        "The rule set",
        "History",
    ]
    assert client.get(url(DESK, "act", above.pk, "extend")).status_code == 404
    assert client.get(url(DESK, "inspect", draft.pk)).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.CITY_BUREAU, 200),
        (Role.COUNTY_BUREAU, 200),
        (Role.JUSTICE_OFFICE, 404),
        (Role.AUDITOR, 404),
    ],
)
def test_only_bureaus_set_up_rounds(client, at_desk, role, status):
    at_desk(make.officer(role, make.division(COUNTY)))
    assert client.get(url(DESK, "index")).status_code == 200
    assert client.get(url(DESK, "add")).status_code == status


@pytest.mark.parametrize("role", [Role.TRAINER, Role.HANDLER, Role.SYSTEM_ADMIN])
def test_others_have_no_such_desk(client, at_desk, role):
    at_desk(make.officer(role, make.division(COUNTY)))
    assert client.get(url(DESK, "index")).status_code == 404


def test_an_office_and_an_organisation_read_the_rounds_held_for_their_place(client, at_desk):
    office = make.officer(Role.JUSTICE_OFFICE, make.division("330681003"))
    clerk = make.officer(Role.CLERK, make.organization(in_division=make.division("330681003201")))
    opened, city = make_rounds.grading_round("open"), make.division(CITY)
    above = make_rounds.grading_round("open", division=city)
    hidden = [make_rounds.grading_round("draft"), other("open")]
    for who in (office, clerk):
        at_desk(who)
        listed = {row.pk for row, *_rest in client.get(url(DESK, "index")).context["listed"]}
        assert listed == {opened.pk, above.pk}
        for one in hidden:
            assert client.get(url(DESK, "inspect", one.pk)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_one_row_as_for_three(
    client, county, rows, django_assert_num_queries
):
    for _number in range(rows):
        make_rounds.grading_round()
    client.get(url(DESK, "index"))
    with django_assert_num_queries(QUERIES):
        response = client.get(url(DESK, "index"))
    assert len(response.context["listed"]) == rows


QUERIES = 10


def test_a_round_is_added_with_the_levels_of_the_version_that_was_chosen(client, county):
    for rank in (3, 4):
        make.level(rank)
    version = make_grading.version("active", division=make.division(CITY))
    lapsed = make_grading.version("retired", division=make.division(CITY))
    form = client.get(url(DESK, "add"))
    offered = form.context["form"].fields["version"].queryset
    assert list(offered) == [version]
    assert lapsed not in offered

    typed = sent(
        title="2026", division=make.division(COUNTY).pk, version=version.pk, as_of=TODAY,
        levels=[f"{version.pk}:l4"], correction_days=5,
    )  # fmt: skip
    answers = [client.post(url(DESK, "add"), typed) for _twice in range(2)]
    made = GradingRound.objects.get()
    assert [answer.url for answer in answers] == [url(DESK, "inspect", made.pk)] * 2
    assert [level.code for level in made.levels.all()] == ["l4"]


def test_what_is_wrong_is_said_and_what_was_typed_stays(client, county):
    make.level(4)
    version = make_grading.version("active", division=make.division(CITY))
    typed = sent(
        title="In vain", division=make.division(COUNTY).pk, version=version.pk, as_of=TODAY,
        levels=[f"{version.pk}:l1"], correction_days=5,
    )  # fmt: skip
    answer = client.post(url(DESK, "add"), typed)
    assert answer.status_code == 422
    assert "一级人民调解员: by the rule another body decides on it." in answer.content.decode()
    assert "In vain" in answer.content.decode()
    foreign = {**typed, "division": make.division(ELSEWHERE).pk}
    assert client.post(url(DESK, "add"), foreign).status_code == 422
    assert not GradingRound.objects.exists()


def test_a_draft_is_edited_and_what_is_refused_stays_typed(client, county):
    made = make_rounds.grading_round("draft")
    page = client.get(url(DESK, "edit", made.pk))
    labels = [label for _code, label in page.context["form"].fields["levels"].choices]
    assert labels == ["三级人民调解员", "四级人民调解员"]
    typed = {**fields(page), **sent(), "levels": ["l4"], "takes_late": "on"}
    client.post(url(DESK, "edit", made.pk), typed)
    made.refresh_from_db()
    assert (made.takes_late, [one.code for one in made.levels.all()]) == (True, ["l4"])

    again = {**fields(client.get(url(DESK, "edit", made.pk))), **sent()}
    answer = client.post(url(DESK, "edit", made.pk), {**again, "levels": ["l1"], "title": "Typed"})
    assert answer.status_code == 422
    assert "Typed" in answer.content.decode()
    assert client.get(url(DESK, "edit", make_rounds.grading_round("open").pk)).status_code == 404


def test_the_windows_are_typed_for_all_levels_at_once(client, county):
    made = make_rounds.grading_round("draft")
    page = client.get(url(DESK, "act", made.pk, "windows"))
    last = {f"closes_on_{level.pk}": TODAY + 30 * DAY for level in made.levels.all()}
    typed = {**fields(page), **sent(), **last}
    client.post(url(DESK, "act", made.pk, "windows"), typed)
    assert set(made.levels.values_list("closes_on", flat=True)) == {TODAY + 30 * DAY}


def test_only_a_level_of_the_round_is_extended(client, county):
    made, theirs = make_rounds.grading_round("open"), other("open")
    strange = theirs.levels.get(code="l4")
    typed = sent(level=strange.pk, extended_to=TODAY + 60 * DAY)
    assert client.post(url(DESK, "act", made.pk, "extend"), typed).status_code == 422
    strange.refresh_from_db()
    assert strange.extended_to is None

    own = made.levels.get(code="l4")
    client.post(url(DESK, "act", made.pk, "extend"), {**typed, "level": own.pk})
    own.refresh_from_db()
    assert own.extended_to == TODAY + 60 * DAY


def numbers(of, user, code="l4"):
    return funnel_of(of.levels.get(code=code), standing_of(of, user))


def test_the_funnel_counts_each_application_at_every_step_it_has_taken(county):
    of = make_rounds.grading_round("ranking")
    for state in ("draft", "submitted", "first_reviewed", "not_eligible", "eligible", "withdrawn"):
        make_rounds.application(state, of=of)
    make_rounds.application("scored", of=of, score=80)
    make_rounds.application("proposed", of=of, score=90)
    make_rounds.application("confirmed", of=of, code="l3")
    nominated = make_rounds.application("draft", of=of, nominated_by=make.user())

    # What somebody has begun alone is nobody else's business; a nomination is known.
    assert numbers(of, county) == [7, 6, 5, 3, 1, 2, 1, 0, 0, 1]
    assert numbers(of, county, "l3") == [1, 1, 1, 1, 0, 0, 1, 0, 1, 0]
    assert nominated in Application.objects.within(county, "grading.view_application")


def test_whoever_is_recused_or_elsewhere_counts_without_the_application(county):
    of = make_rounds.grading_round("reviewing")
    one, _other = (make_rounds.application("submitted", of=of) for _n in range(2))
    panel = make_rounds.panel(of, members=[county])
    assert numbers(of, county)[1] == 2
    panel.recusals.create(application=one, user=county, grounds=["kin"], found_on=TODAY)
    assert numbers(of, county)[1] == 1
    office = make.officer(Role.JUSTICE_OFFICE, make.division("330681003"))
    assert numbers(of, office)[1] == 0


def test_what_was_counted_is_one_query(county, django_assert_num_queries):
    of = make_rounds.grading_round("reviewing")
    for _n in range(3):
        make_rounds.application("submitted", of=of)
    standing_of(of, county)
    with django_assert_num_queries(1):
        found = standing_of(of, county)
    stations = [(one.label, one.count, one.is_current) for one in road_of(of, ROAD, found)]
    assert stations[:3] == [
        ("draft", 0, False), ("open for applications", 0, False), ("under review", 3, True),
    ]  # fmt: skip


def test_places_are_those_one_step_below_the_round(county):
    of = make_rounds.grading_round("reviewing")
    for code in ("330681003201", "330681003202", "330681101", COUNTY):
        body = make.organization(in_division=make.division(code))
        make_rounds.application("submitted", of=of, body=body)
    make_rounds.application("eligible", of=of)
    heads, rows = table_of_places(of, standing_of(of, county))
    assert heads == ["submitted", "eligible"]
    assert rows == [
        ("Division 330681", [1, 1, 2]),
        ("Division 330681003", [2, 0, 2]),
        ("Division 330681101", [1, 0, 1]),
    ]


def test_the_page_shows_road_windows_and_places(client, county):
    of = make_rounds.grading_round("open")
    make_rounds.application("submitted", of=of)
    page = text_of(client.get(url(DESK, "inspect", of.pk)))
    for words in ("How far it is", "四级人民调解员", "By division and state", "Division 330681"):
        assert words in page
    empty = client.get(url(DESK, "inspect", make_rounds.grading_round("draft").pk))
    assert "There is no application yet." in text_of(empty)


def test_the_levels_of_a_round_lead_to_their_rankings_once_there_are_any(client, county):
    early, of = make_rounds.grading_round("scoring"), make_rounds.grading_round("ranking")
    other = make_rounds.grading_round("ranking", division=make.division("330682"))
    page = client.get(url(DESK, "inspect", of.pk)).content.decode()
    for level in of.levels.all():
        assert page.count(f'href="{url("grading_levels", "inspect", level.pk)}"') == 1
    page = client.get(url(DESK, "inspect", early.pk)).content.decode()
    for level in [*early.levels.all(), *other.levels.all()]:
        assert url("grading_levels", "inspect", level.pk) not in page


def test_the_numbers_of_a_place_are_named_where_the_head_is_not_shown(client, county):
    of = make_rounds.grading_round("open")
    body = make.organization(in_division=make.division("330681101"))
    make_rounds.application("submitted", of=of, body=body)
    page = client.get(url(DESK, "inspect", of.pk)).content.decode()
    for label in ("Division", "submitted", "All"):
        assert page.count(f'data-label="{label}"') == 1


def test_the_way_from_a_round_leads_to_its_own_applications(client, county):
    own, other_one = make_rounds.grading_round("open"), make_rounds.grading_round("open")
    body = make.organization(in_division=make.division("330681101"))
    of_own = make_rounds.application("submitted", of=own, body=body)
    make_rounds.application("submitted", of=other_one, body=body)

    page = client.get(url(DESK, "inspect", own.pk))
    ways = {label: address for label, address, *_rest in page.context["buttons"]}
    listed = client.get(ways["Applications of this round"])

    assert [row for row, *_rest in listed.context["listed"]] == [of_own]
