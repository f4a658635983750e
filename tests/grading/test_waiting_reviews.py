"""What of reviews waits for whom on the staff's own page: each told once, to whose turn it is."""

import pytest
from django.urls import reverse

from grading.models import ReviewSheet
from grading.reports.waiting_reviews import reviews_that_wait
from office.roles import Role
from office.workbench import lines_of
from tests import make
from tests.grading import make_cycles, make_renewals, make_sheets
from tests.grading.make_sheets import TOWN
from tests.make import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
OTHER_TOWN = "330681102"


def told(user):
    """What a fresh request of the user tells: {label: (note, query of the list)}."""
    user = make.User.objects.get(pk=user.pk)
    return {
        task.label: (task.note, task.url.partition("?")[2])
        for task in reviews_that_wait(user, TODAY)
    }


def sheet(state, of=None, *, town=TOWN, **fields):
    fields.setdefault("body", make.organization(in_division=make.division(town)))
    return make_cycles.sheet(state, of=of, **fields)


def test_a_clerk_is_told_of_the_sheets_of_the_own_organisation():
    of = make_cycles.cycle("organization")
    mine = sheet("organization", of)
    for state in ("organization", "office", "bureau"):
        sheet(state, of, body=mine.organization)
    sheet("organization", of)
    clerk = make_sheets.clerk(mine.organization)
    assert told(clerk) == {"Review sheets to score": ("2 wait.", "state=organization")}
    (task,) = reviews_that_wait(make.User.objects.get(pk=clerk.pk), TODAY)
    assert task.due_on == of.organization_until
    assert task.url.startswith(reverse("grading_sheets:index"))
    assert task in lines_of(make.User.objects.get(pk=clerk.pk), TODAY)[0]


def test_a_justice_office_is_told_of_the_sheets_of_its_town_that_it_scores_itself():
    of = make_cycles.cycle("organization")
    for state, town in (("office", TOWN), ("office", OTHER_TOWN), ("organization", TOWN)):
        sheet(state, of, town=town)
    assert told(make_sheets.office()) == {"Review sheets to score": ("1 waits.", "state=office")}


def test_a_bureau_is_told_of_what_it_checks_of_its_own_reviews():
    of = make_cycles.cycle("bureau")
    for state in ("bureau", "bureau", "proposed"):
        sheet(state, of)
    # Handed on before the whole review came over: nobody checks it yet.
    sheet("bureau", make_cycles.cycle("organization", version=of.version))
    said = {"Review sheets to check": ("2 wait.", "state=bureau")}
    assert told(make_sheets.bureau()) == said
    assert told(make_sheets.bureau("330682")) == {}
    assert told(make.officer(Role.CITY_BUREAU, make.division("3306"))) == {}
    assert told(make_sheets.office()) == {}


def test_an_objection_is_told_to_who_may_decide_on_it():
    row = sheet("objected")
    checker, marker, putter, other = (make_sheets.bureau() for _n in range(4))
    ReviewSheet.objects.filter(pk=row.pk).update(checked_by=checker)
    make_cycles.mark(row, "conduct", 5, by=marker)
    make_cycles.figure(row, by=putter, reason="R")
    assert told(other) == {"Objections to review results": ("1 waits.", "state=objected")}
    assert [told(one) for one in (checker, marker, putter)] == [{}, {}, {}]


def test_a_correction_waits_for_the_second_officer():
    old = sheet("decided")
    first, second = make_sheets.bureau(), make_sheets.bureau()
    sheet(
        "bureau", old.cycle, mediator=old.mediator, body=old.organization, corrects=old, number=2,
        correction_reason="R", checked_by=first,
    )  # fmt: skip
    said = {"Corrections of review sheets to confirm": ("1 waits.", "state=bureau")}
    assert (told(first), told(second)) == ({}, said)


def test_the_own_sheet_is_nobodys_task():
    of = make_cycles.cycle("bureau")
    officer = make_sheets.bureau()
    row = sheet("bureau", of)
    type(row.mediator).objects.filter(pk=row.mediator_id).update(user=officer)
    assert told(officer) == {}


def test_reappointments_are_told_to_the_bureau_that_records_the_decision():
    officer = make_renewals.county_officer()
    make_renewals.renewal("open")
    assert told(officer) == {}
    make_renewals.renewal("recommended")
    decide = {"Reappointments to decide on": ("1 waits.", "state=recommended")}
    assert told(officer) == decide
    make_renewals.renewal("in_review", choice="not_renew")
    again = {"Reappointments to look at again": ("1 waits.", "state=in_review")}
    assert told(officer) == {**decide, **again}
    city = make.officer(Role.CITY_BUREAU, make.division("3306"))
    assert [told(one) for one in (city, make_sheets.office(), make_sheets.bureau("330682"))] == [
        {}, {}, {},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "role"), [(0, None), (1, "clerk"), (1, "office"), (3, "bureau")]
)
def test_it_asks_as_often_for_nothing_as_for_much(number, role, django_assert_num_queries):
    body = make.organization(in_division=make.division(TOWN))
    user = {
        None: make.user,
        "clerk": lambda: make_sheets.clerk(body),
        "office": make_sheets.office,
        "bureau": make_sheets.bureau,
    }[role]()
    for rows in (0, 3):
        of = make_cycles.cycle("organization")
        for state in ("organization", "office", "bureau"):
            for _n in range(rows):
                sheet(state, of, body=body)
        fresh = make.User.objects.get(pk=user.pk)
        # The posts are read once in a request.
        fresh.has_perm("x.y"), reviews_that_wait(fresh, TODAY)
        with django_assert_num_queries(number):
            found = reviews_that_wait(fresh, TODAY)
        assert bool(found) is (bool(rows) and role in ("clerk", "office"))
