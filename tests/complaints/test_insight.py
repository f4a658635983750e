"""Insight: every figure is counted within the posts, and no small one reaches a bureau."""

import re
from datetime import timedelta

import pytest
from django.utils import translation

from complaints.models import (
    Complaint,
    ComplaintClock,
    Decision,
    DecisionItem,
    DeclaredRecusal,
)
from office.roles import Role
from tests import make
from tests.complaints.make_complaints import complaint, figures, handler, received
from tests.complaints.make_destructions import auditor, lead, questions_of
from tests.make import DAY, TODAY
from tests.registry.desk import url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
PAGE = "complaint_insight"


@pytest.fixture(autouse=True)
def _figures():
    figures()


def county(place="330681"):
    return make.officer(Role.COUNTY_BUREAU, make.division(place))


def shown(client, **query):
    response = client.get(url(PAGE, "index"), query)
    assert response.status_code == 200
    translation.activate("en")
    return response


def decided(result="founded", *, final_on=TODAY, found=None, **given):
    """A complaint that is final; ``found`` is what was found of each ground, if not the same."""
    made = complaint("final", **given)
    Complaint.objects.filter(pk=made.pk).update(result=result, final_on=final_on)
    decision = Decision.objects.create(
        complaint=made, stage="first", result=result, sealed_reasons="-", body="诸暨市司法局",
        decided_on=final_on, decided_by=made.handler,
    )  # fmt: skip
    for ground in made.grounds:
        finding = (found or {}).get(ground, result)
        DecisionItem.objects.create(decision=decision, ground=ground, finding=finding)
    return made


def rows_of(table):
    return dict(table.rows)


def finding(client, heading, **query):
    tables = {table.heading: table for table in shown(client, **query).context["findings"]}
    return tables[heading]


# --- Limits -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "shade"),
    # Five working days from Monday 2 November: to Monday the 9th; amber with two left.
    [(2, "calm"), (3, "amber"), (7, "amber"), (8, "overdue")],
)
def test_a_dot_stands_in_the_band_of_its_limit(client, at_desk, time_machine, days, shade):
    start = make.date(2026, 11, 2)
    made, _code = received(today=start)
    at_desk(handler())
    time_machine.move_to(f"{start + days * DAY}T09:00:00+08:00")
    response = shown(client)
    (dot,) = response.context["dots"].dots
    assert (dot.standing.complaint, dot.standing.shade) == (made, shade)
    text = response.content.decode()
    assert f'href="{dot.address}" aria-label="{made.number}' in text
    assert client.get(dot.address).status_code == 200


def test_of_several_limits_the_most_urgent_is_drawn_once(client, at_desk):
    made, _code = received(channel="hotline")
    ComplaintClock.objects.filter(complaint=made, key="hotline_days").update(
        start_on=TODAY - 60 * DAY
    )
    at_desk(handler())
    (dot,) = shown(client).context["dots"].dots
    assert (dot.standing.limit, dot.standing.shade) == (
        "limit to answer a hotline ticket",
        "overdue",
    )


def test_what_is_ended_or_recused_or_elsewhere_has_no_dot(client, at_desk):
    officer = handler()
    seen, _code = received()
    complaint("closed")
    hidden, _code = received()
    DeclaredRecusal.objects.create(complaint=hidden, user=officer, declared_on=TODAY)
    body = make.organization(in_division=make.division("330682"))
    received(about=body)
    at_desk(officer)
    response = shown(client)
    assert [dot.standing.complaint for dot in response.context["dots"].dots] == [seen]
    assert hidden.number not in response.content.decode()


def test_a_recused_officer_sees_the_page_as_if_the_complaint_was_not_there(client, at_desk):
    officer = handler()
    received()
    at_desk(officer)

    def page():
        return re.sub(r"\b[A-Za-z0-9]{64}\b", "token", shown(client).content.decode())

    before = page()
    person = make.appointment().mediator
    person.user = officer
    person.save()
    for _one in range(3):
        decided(about=person)
        received(about=person, facts="同一段话。")
    assert page() == before


# --- Ages and findings --------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "band"), [(15, 0), (16, 1), (60, 3), (61, 4)])
def test_the_age_of_an_open_complaint_is_told_by_its_days(client, at_desk, days, band):
    made = complaint("assigned")
    Complaint.objects.filter(pk=made.pk).update(received_on=TODAY - timedelta(days=days))
    at_desk(handler())
    by_state, by_channel = shown(client).context["ages"]
    wanted = ["1" if number == band else "0" for number in range(5)] + ["1"]
    assert rows_of(by_state)["with the unit"] == wanted
    assert rows_of(by_channel)["website"] == wanted
    assert by_state.foot[1] == wanted


def test_a_founded_share_names_both_of_its_numbers_and_nothing_is_no_share(client, at_desk):
    decided("founded", grounds=["property", "fees"])
    decided("partly", grounds=["property"])
    decided("unfounded", grounds=["insult"])
    decided("founded", final_on=TODAY - 400 * DAY)
    complaint("assigned")
    at_desk(handler())
    rows = rows_of(finding(client, "By ground"))
    assert rows["asking for or taking property or other improper gain"] == ["2", "2", "100.0%"]
    assert rows["charging for mediation"] == ["1", "1", "100.0%"]
    assert rows["insulting a party"] == ["0", "1", "0.0%"]
    assert rows["partiality to one party"] == ["0", "0", "—"]
    assert finding(client, "By county").foot[1] == ["2", "3", "66.7%"]
    assert finding(client, "By county", year=TODAY.year - 1).foot[1] == ["1", "1", "100.0%"]


def test_a_ground_counts_by_what_was_found_of_it_and_by_the_decision_that_stands(client, at_desk):
    found = {"property": "founded", "insult": "unfounded"}
    made = decided("partly", grounds=["property", "insult"], found=found)
    overruled = Decision.objects.create(
        complaint=made, stage="review", result="founded", sealed_reasons="-", body="市局",
        decided_on=TODAY, decided_by=made.handler, stands=False,
    )  # fmt: skip
    DecisionItem.objects.create(decision=overruled, ground="insult", finding="founded")
    at_desk(handler())
    rows = rows_of(finding(client, "By ground"))
    assert rows["asking for or taking property or other improper gain"] == ["1", "1", "100.0%"]
    assert rows["insulting a party"] == ["0", "1", "0.0%"]


def test_satisfaction_is_told_from_the_least_number_on(client, at_desk):
    for _one in range(4):
        complaint("closed")
    Complaint.objects.update(satisfaction=4)
    at_desk(handler())
    assert shown(client).context["satisfaction"] == "fewer than 5 gave one"
    complaint("closed")
    Complaint.objects.filter(satisfaction=None).update(satisfaction=5)
    assert shown(client).context["satisfaction"] == "4.2 of 5, from 5 complainants"


# --- Patterns -----------------------------------------------------------------------------------


def patterns(client):
    return [
        (pattern.what, [row.pk for row, _address in members])
        for pattern, members in shown(client).context["patterns"]
    ]


def test_three_about_one_person_within_twelve_months_are_listed(client, at_desk):
    person = make.appointment().mediator
    made = [received(about=person, facts=f"第{n}次。")[0] for n in range(2)]
    at_desk(handler())
    assert patterns(client) == []
    made.append(received(about=person, facts="又一次。")[0])
    name, body = person.name, person.appointments.get().organization.name
    pks = sorted(one.pk for one in made)
    assert [(what, sorted(rows)) for what, rows in patterns(client)] == [(name, pks), (body, pks)]


@pytest.mark.parametrize(
    ("received_on", "counts"), [(make.date(2025, 11, 24), 2), (make.date(2025, 11, 23), 0)]
)
def test_a_complaint_of_a_year_ago_no_longer_adds_up(client, at_desk, received_on, counts):
    person = make.appointment().mediator
    made = [received(about=person, facts=f"第{n}次。")[0] for n in range(3)]
    Complaint.objects.filter(pk=made[0].pk).update(received_on=received_on)
    at_desk(handler())
    assert len(patterns(client)) == counts


def test_one_text_about_several_is_seen_and_the_digest_is_not_shown(client, at_desk):
    made = [received(facts="同 一段话。")[0], received(facts="同一段话。")[0]]
    received(facts="另一段话。")
    at_desk(handler())
    assert patterns(client) == [("One text, sent several times", sorted(one.pk for one in made))]
    made[0].refresh_from_db()
    assert made[0].text_digest not in shown(client).content.decode()


def test_patterns_are_for_handlers_and_count_no_recused_row(client, at_desk):
    person = make.appointment().mediator
    made = [received(about=person, facts=f"第{n}次。")[0] for n in range(3)]
    officer = handler()
    DeclaredRecusal.objects.create(complaint=made[0], user=officer, declared_on=TODAY)
    at_desk(officer)
    assert patterns(client) == []
    for other in [lead(), county(), auditor()]:
        at_desk(other)
        assert shown(client).context["patterns"] is None


# --- Who sees what ------------------------------------------------------------------------------


@pytest.mark.parametrize("who", [lead, county])
def test_a_bureau_sees_no_single_complaint_and_no_small_number(client, at_desk, who):
    for _one in range(6):
        decided("founded", grounds=["fees"])
    for _one in range(7):
        decided("unfounded", grounds=["fees"])
    decided("founded", grounds=["insult"])
    made = [received()[0] for _one in range(3)]
    at_desk(who())
    response = shown(client)
    text = response.content.decode()
    assert response.context["dots"] is None
    assert [one.number for one in made if one.number in text] == []
    assert len(response.context["ages"]) == 1
    rows = rows_of(finding(client, "By ground"))
    assert rows["charging for mediation"] == ["6", "13", "46.2%"]
    assert rows["insulting a party"] == ["<5", "<5", "*"]
    assert rows["partiality to one party"] == ["<5", "<5", "*"]


def test_who_has_no_part_in_complaints_finds_no_such_page(client, at_desk):
    for role in [Role.CLERK, Role.JUSTICE_OFFICE, Role.TRAINER, Role.PANEL, Role.SYSTEM_ADMIN]:
        place = make.organization() if role == Role.CLERK else make.division("330681")
        at_desk(make.officer(role, place))
        assert client.get(url(PAGE, "index")).status_code in {302, 404}


def test_a_year_that_is_not_offered_is_not_found(client, at_desk):
    at_desk(handler())
    assert client.get(url(PAGE, "index"), {"year": "1999"}).status_code == 404
    assert client.get(url(PAGE, "index"), {"year": "x"}).status_code == 404


def test_the_page_asks_as_many_questions_of_many_complaints_as_of_a_few(client, at_desk):
    at_desk(handler())
    counts = []
    for _round in range(3):
        person = make.appointment().mediator
        for number in range(3):
            received(about=person, facts=f"{person.pk} {number}")
        decided()
        counts.append(questions_of(client, url(PAGE, "index")))
    assert counts[0] == counts[2] <= MOST_QUESTIONS


MOST_QUESTIONS = 30
