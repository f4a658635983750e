"""The pages of complaints: accessible, not too wide, in one language, whoever they are for."""

import pytest

from tests.journeys import complaint_pages, pages
from tests.journeys.browser import DESK, PHONE
from tests.journeys.test_pages import NARROW, TARGETS, faults_of_a_chinese_page


def faults_at(page, viewports, look):
    """Return what ``look`` finds on the page as it stands, at each width."""
    found = []
    for viewport in viewports:
        page.set_viewport_size(viewport)
        found += [f"{viewport['width']}: {fault}" for fault in look(page)]
    return found


def looking_for_small_targets(size):
    def look(page):
        too_small = page.evaluate(pages.SMALL_TARGETS, TARGETS[size])
        return [*faults_of_a_chinese_page(page), *too_small]

    return look


def found_at(page, addresses, look):
    """Open each page once; return what is found on it at either width."""
    found = {}
    for name, address in addresses.items():
        assert page.goto(address).status == 200, address
        if faults := faults_at(page, [PHONE, DESK], look):
            found[name] = faults
    return found


@pytest.mark.parametrize("username", complaint_pages.OFFICERS)
def test_pages_of_officers_are_accessible_and_in_chinese(officer, username):
    page = officer(username, language=None)

    addresses = complaint_pages.OFFICERS[username](page)

    assert found_at(page, addresses, faults_of_a_chinese_page) == {}


def test_pages_that_follow_an_act_are_accessible_and_in_chinese(officer):
    page = officer("handler", language=None)
    found = {}
    for name in complaint_pages.shown_once(page):
        if faults := faults_at(page, [PHONE, DESK], faults_of_a_chinese_page):
            found[name] = faults
    assert found == {}


def test_a_mediators_pages_are_accessible_and_in_chinese(arrive):
    page = arrive(viewport=PHONE).sign_in("mediator", to="/my/")

    addresses = complaint_pages.mediators_pages(page)

    assert found_at(page, addresses, looking_for_small_targets("normal")) == {}


@pytest.mark.parametrize(("size", "viewports"), [("normal", [NARROW, DESK]), ("extra", [NARROW])])
@pytest.mark.parametrize("way", [complaint_pages.complain, complaint_pages.follow_up])
def test_every_step_is_accessible_and_in_chinese_also_what_is_refused(arrive, way, size, viewports):
    page = arrive(text_size=size, viewport=NARROW).page
    look = looking_for_small_targets(size)
    found = {}
    for name in way(page):
        if faults := faults_at(page, viewports, look):
            found[name] = faults
    assert found == {}
