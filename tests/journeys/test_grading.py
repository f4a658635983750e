"""Rule sets at the desk: drafted by one officer, tried on people, put into force by a second."""

from tests.journeys import grading_pages
from tests.journeys.browser import follow
from tests.journeys.desk import day, press, send, tags
from tests.journeys.pages import first_of
from tests.journeys.test_complaint_pages import found_at
from tests.journeys.test_pages import faults_of_a_chinese_page


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
