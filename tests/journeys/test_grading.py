"""Pages of grading, and rule sets: drafted by one officer, put into force by a second."""

import pytest

from tests.journeys import grading_pages
from tests.journeys.browser import DESK, PHONE, follow
from tests.journeys.city import APPLICANT
from tests.journeys.desk import day, press, send, tags
from tests.journeys.looking import (
    NARROW,
    faults_at,
    faults_of_a_chinese_page,
    found_on,
    with_targets,
)
from tests.journeys.pages import first_of

TABLET = {"width": 768, "height": 1024}
OFFICERS = [
    ("county", grading_pages.rounds_pages),
    ("city", grading_pages.panels_pages),
    ("panel", grading_pages.readings_pages),
    ("county", grading_pages.reviews_pages),
    ("township", grading_pages.offices_pages),
]


def faults_apart_from_own_names(page):
    """Leave out what a rule set itself calls its figures, items and stages: ids are in English."""
    own = grading_pages.own_names()
    return [
        fault
        for fault in faults_of_a_chinese_page(page)
        if not set(grading_pages.NAME.findall(fault)) <= own
    ]


def test_pages_of_rule_sets_are_accessible_and_in_chinese(officer):
    page = officer("city", language=None)

    addresses = grading_pages.bureaus_pages(page)

    assert found_on(page, addresses, faults_apart_from_own_names) == {}


@pytest.mark.parametrize(("username", "pages_of"), OFFICERS)
def test_pages_of_officers_are_accessible_and_in_chinese(officer, username, pages_of):
    page = officer(username, language=None)

    addresses, look = pages_of(page), faults_apart_from_own_names

    assert found_on(page, addresses, look, glanced_at=[NARROW, TABLET]) == {}


def test_own_pages_of_reviews_are_accessible_and_in_chinese(arrive):
    page = arrive(viewport=PHONE).sign_in("mediator", to="/my/")

    assert found_on(page, grading_pages.own_reviews_pages(page), with_targets("normal")) == {}


def test_every_page_of_applying_is_accessible_and_in_chinese(arrive):
    page = arrive(viewport=PHONE).sign_in(APPLICANT, to="/my/")

    look = with_targets("normal", faults_apart_from_own_names)
    found = {}
    for name in grading_pages.own_draft(page):
        if faults := faults_at(page, [NARROW, PHONE, TABLET, DESK], look):
            found[name] = faults
    assert found == {}


def test_a_draft_is_tried_and_put_into_force_by_a_second_officer(officer):
    city, second = officer("city"), officer("city2")
    draft = first_of(city, f"{grading_pages.SCHEMES}?state=draft&title=绍兴", "tbody th a")

    city.goto(draft)
    press(city, "Dry run")
    assert city.locator("main table tbody tr").count() > 0

    city.goto(draft)
    press(city, "Edit")
    send(city, effective_from=day(1), reason="Decided in the meeting of the bureau.")
    press(city, "Put into force")
    send(city, reason="I do it myself.")
    assert "second officer" in city.locator(".officer-errors").inner_text()

    second.goto(draft)
    press(second, "Put into force")
    send(second, reason="Decided in the meeting of the bureau.")
    assert tags(second) == ["in force"]
    follow(second, "a:has-text('History')")
