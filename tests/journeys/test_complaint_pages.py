"""The pages of complaints: accessible, not too wide, in one language, whoever they are for."""

import pytest

from tests.journeys import complaint_pages
from tests.journeys.browser import DESK, PHONE
from tests.journeys.looking import (
    NARROW,
    faults_at,
    faults_of_a_chinese_page,
    found_on,
    with_targets,
)


@pytest.mark.parametrize("username", complaint_pages.OFFICERS)
def test_pages_of_officers_are_accessible_and_in_chinese(officer, username):
    page = officer(username, language=None)

    addresses = complaint_pages.OFFICERS[username](page)

    assert found_on(page, addresses, faults_of_a_chinese_page) == {}


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

    assert found_on(page, addresses, with_targets("normal")) == {}


@pytest.mark.parametrize(("size", "viewports"), [("normal", [NARROW, DESK]), ("extra", [NARROW])])
@pytest.mark.parametrize("way", [complaint_pages.complain, complaint_pages.follow_up])
def test_every_step_is_accessible_and_in_chinese_also_what_is_refused(arrive, way, size, viewports):
    page = arrive(text_size=size, viewport=NARROW).page
    look = with_targets(size)
    found = {}
    for name in way(page):
        if faults := faults_at(page, viewports, look):
            found[name] = faults
    assert found == {}
