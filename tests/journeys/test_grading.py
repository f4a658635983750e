"""Pages of grading, and rule sets: drafted by one officer, put into force by a second."""

import pytest

from tests.journeys import grading_pages, pages
from tests.journeys.browser import DESK, PHONE, follow
from tests.journeys.city import APPLICANT
from tests.journeys.desk import day, press, send, tags
from tests.journeys.pages import first_of
from tests.journeys.test_complaint_pages import faults_at, found_at
from tests.journeys.test_pages import NARROW, TARGETS, faults_of_a_chinese_page

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

    assert found_at(page, addresses, faults_apart_from_own_names) == {}


def sticking_out(page):
    return page.evaluate(pages.STICKS_OUT)


def faults_at_every_width(page):
    """Look closely on a phone and at a desk, and at what sticks out between and below as well."""
    closely = faults_at(page, [PHONE, DESK], faults_apart_from_own_names)
    return [*closely, *faults_at(page, [NARROW, TABLET], sticking_out)]


@pytest.mark.parametrize(("username", "pages_of"), OFFICERS)
def test_pages_of_officers_are_accessible_and_in_chinese(officer, username, pages_of):
    page = officer(username, language=None)
    found = {}
    for name, address in pages_of(page).items():
        assert page.goto(address).status == 200, address
        if faults := faults_at_every_width(page):
            found[name] = faults
    assert found == {}


def test_own_pages_of_reviews_are_accessible_and_in_chinese(arrive):
    page = arrive(viewport=PHONE).sign_in("mediator", to="/my/")

    def look(page):
        too_small = page.evaluate(pages.SMALL_TARGETS, TARGETS["normal"])
        return [*faults_of_a_chinese_page(page), *too_small]

    assert found_at(page, grading_pages.own_reviews_pages(page), look) == {}


def test_every_page_of_applying_is_accessible_and_in_chinese(arrive):
    page = arrive(viewport=PHONE).sign_in(APPLICANT, to="/my/")

    def look(page):
        too_small = page.evaluate(pages.SMALL_TARGETS, TARGETS["normal"])
        return [*faults_apart_from_own_names(page), *too_small]

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
