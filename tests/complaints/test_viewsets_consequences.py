"""Consequences on the desk: of the own place, without a word of who complained."""

import pytest

from complaints import actions
from complaints.models import Complaint
from office.models import LedgerEntry
from office.roles import Role
from registry.models import Discipline
from tests import make
from tests.complaints.make_complaints import IDENTITY, figures, handler
from tests.complaints.make_decisions import (
    TEXTS,
    consequence,
    decided,
    fresh,
    recording,
    replied,
)
from tests.make import TODAY
from tests.registry.desk import elsewhere, sent, url

pytestmark = pytest.mark.django_db
DESK = "complaint_consequences"
MARK = "香烟两条"


@pytest.fixture(autouse=True)
def _figures(db):
    figures()


def listed(response):
    return [row for row, _url, _cells in response.context["listed"]]


def clerk_of(task):
    return make.officer(Role.CLERK, task.organization)


def task_elsewhere():
    post = make.appointment(body=make.organization(in_division=elsewhere()), route="elected")
    row = replied(measures=["criticism"], about=post.mediator, by=handler("330682"))
    return row.decisions.get().consequences.get()


def typed(**more):
    given = recording()
    given["decided_on"] = given["decided_on"].isoformat()
    return sent(**(given | more))


def test_a_row_of_another_county_cannot_be_found_on_any_page(client, at_desk):
    at_desk()
    own, other = consequence(), task_elsewhere()
    entries = LedgerEntry.objects.count()
    assert listed(client.get(url(DESK, "index"))) == [own]
    assert client.get(url(DESK, "inspect", own.pk)).status_code == 200
    for page in ("inspect", "history"):
        assert client.get(url(DESK, page, other.pk)).status_code == 404
    for act in ("discipline", "carry_out", "leave"):
        assert client.get(url(DESK, "act", other.pk, act)).status_code == 404
        assert client.post(url(DESK, "act", other.pk, act), typed()).status_code == 404
    assert LedgerEntry.objects.count() == entries


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_takes_as_many_queries_for_one_row_as_for_three(
    client, at_desk, rows, django_assert_num_queries
):
    at_desk()
    for _number in range(rows):
        consequence()
    client.get(url(DESK, "index"))
    with django_assert_num_queries(9):
        client.get(url(DESK, "index"))


def test_the_clerk_of_the_unit_sees_its_own_and_no_other(client, at_desk):
    own, other = consequence(), consequence()
    at_desk(clerk_of(own))
    assert listed(client.get(url(DESK, "index"))) == [own]
    assert client.get(url(DESK, "inspect", other.pk)).status_code == 404


def test_nobody_works_on_what_concerns_the_own_post(client, at_desk):
    task = consequence()
    clerk = clerk_of(task)
    task.appointment.mediator.user = clerk
    task.appointment.mediator.save()
    at_desk(clerk)
    assert listed(client.get(url(DESK, "index"))) == []
    assert client.get(url(DESK, "inspect", task.pk)).status_code == 404


@pytest.mark.parametrize("who", ["clerk", "county", "handler"])
def test_no_page_tells_who_complained_or_what_was_said(client, at_desk, who):
    task = consequence(facts=MARK)
    people = {"clerk": lambda: clerk_of(task), "county": lambda: None, "handler": handler}
    at_desk(people[who]())
    pages = [url(DESK, "index"), url(DESK, "inspect", task.pk), url(DESK, "history", task.pk)]
    pages += [url(DESK, "act", task.pk, act) for act in ("discipline", "leave")]
    for page in pages:
        response = client.get(page)
        assert response.status_code == 200
        told = response.content.decode()
        assert not [mark for mark in [*IDENTITY.values(), MARK] if mark in told]


def test_the_number_of_the_complaint_is_shown_only_to_whoever_handles_complaints(client, at_desk):
    task = consequence()
    number = task.complaint.number
    for who, shown in [(clerk_of(task), False), (None, False), (handler(), True)]:
        at_desk(who)
        assert (number in client.get(url(DESK, "index")).content.decode()) is shown
        assert (number in client.get(url(DESK, "inspect", task.pk)).content.decode()) is shown


def test_criticism_is_recorded_from_the_desk_in_the_committees_name(client, at_desk):
    task = consequence()
    at_desk(clerk_of(task))
    response = client.post(url(DESK, "act", task.pk, "discipline"), typed())
    assert response.url == url(DESK, "inspect", task.pk)
    assert fresh(task).discipline == Discipline.objects.get()
    page = client.get(url(DESK, "inspect", task.pk)).content.decode()
    assert url("discipline", "inspect", fresh(task).discipline_id) in page


def test_a_removal_that_the_register_does_not_hold_is_barred_with_the_reason(client, at_desk):
    task = consequence("removal")
    at_desk()
    page = client.get(url(DESK, "act", task.pk, "carry_out")).content.decode()
    assert "The register does not say that the unit has ended the post" in page
    assert client.get(url(DESK, "act", task.pk, "discipline")).status_code == 200
    client.post(url(DESK, "act", task.pk, "discipline"), typed())
    assert fresh(task).state == "open"


def test_that_a_unit_does_not_follow_is_noted_with_the_kind_of_reason(client, at_desk):
    task = consequence()
    at_desk()
    form = sent(why_not="declined", reason="村委会不同意。")
    client.post(url(DESK, "act", task.pk, "leave"), form)
    assert (fresh(task).state, fresh(task).why_not) == ("not_followed", "declined")
    told = client.get(url(DESK, "history", task.pk)).content.decode()
    assert "村委会不同意" not in told


def test_what_the_unit_was_told_is_shown_to_the_unit_and_to_whoever_reads_the_case(client, at_desk):
    row = decided(measures=["criticism"])
    told = "请你委员会按规定批评教育。"
    actions.reply(row.pk, by=row.handler, today=TODAY, to_unit=told, **TEXTS)
    task = row.decisions.get().consequences.get()
    for who, shown in [(clerk_of(task), True), (row.handler, True), (None, False)]:
        at_desk(who)
        page = client.get(url(DESK, "inspect", task.pk)).content.decode()
        assert (told in page) is shown
        assert TEXTS["to_complainant"] not in page


@pytest.mark.parametrize("role", [Role.TRAINER, Role.PANEL, Role.AUDITOR, Role.JUSTICE_OFFICE])
def test_others_have_no_business_with_them(client, at_desk, role):
    task = consequence()
    at_desk(make.officer(role, make.division("330681")))
    assert client.get(url(DESK, "inspect", task.pk)).status_code in {302, 404}


def test_the_city_sees_them_and_settles_none(client, at_desk):
    task = consequence()
    at_desk(make.officer(Role.CITY_BUREAU, make.division("3306")))
    assert client.get(url(DESK, "inspect", task.pk)).status_code == 200
    assert client.get(url(DESK, "act", task.pk, "leave")).status_code == 404


def test_a_task_of_a_reviewed_complaint_waits(client, at_desk):
    task = consequence(is_final=False)
    at_desk()
    page = client.get(url(DESK, "act", task.pk, "discipline")).content.decode()
    assert "The decision is not final: the time for a review is not over." in page
    row = task.complaint
    actions.close_early(row.pk, by=row.handler, today=TODAY, reason="双方均表示不申请复查。")
    assert Complaint.objects.get(pk=row.pk).state == "closed"
    client.post(url(DESK, "act", task.pk, "discipline"), typed())
    assert fresh(task).state == "done"
