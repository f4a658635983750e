"""Every public page and the main pages of the desk: accessible, not too wide, in one language."""

import pytest

from tests.journeys import pages
from tests.journeys.browser import DESK, PHONE
from tests.journeys.looking import (
    CHINESE,
    NARROW,
    faults_of_a_chinese_page,
    found_on,
    said_in,
    sticking_out,
    with_targets,
)

# A page that is not there and a search that is refused are looked at as well.
HERE_OR_NOT = {200, 404, 422}


@pytest.mark.parametrize(
    ("size", "viewport"), [("normal", NARROW), ("large", PHONE), ("extra", DESK)]
)
def test_public_pages_are_accessible_and_in_chinese(arrive, size, viewport):
    page = arrive(text_size=size, viewport=viewport).page

    addresses = pages.public_pages(page)

    assert found_on(page, addresses, with_targets(size), [viewport], answers=HERE_OR_NOT) == {}


def test_pages_of_the_desk_are_accessible_and_in_chinese(officer):
    page = officer(language=None)

    addresses, look = pages.desk_pages(page), faults_of_a_chinese_page

    assert found_on(page, addresses, look, answers=HERE_OR_NOT) == {}


def test_a_mediators_own_pages_are_accessible_and_in_chinese(arrive):
    page = arrive(viewport=PHONE).sign_in("mediator", to="/my/")

    assert found_on(page, pages.own_pages(page), with_targets("normal")) == {}


def test_pages_of_the_trainer_are_accessible_and_in_chinese(officer):
    page = officer("trainer", language=None)

    assert found_on(page, pages.training_pages(page), faults_of_a_chinese_page) == {}


def test_pages_of_casework_are_accessible_and_in_chinese(officer):
    page = officer(language=None)

    assert found_on(page, pages.casework_pages(page), faults_of_a_chinese_page) == {}


def test_nothing_sticks_out_of_a_narrow_page_with_the_largest_text(arrive):
    page = arrive(text_size="extra", viewport=NARROW).page

    addresses = pages.public_pages(page)

    assert found_on(page, addresses, sticking_out, [NARROW], answers=HERE_OR_NOT) == {}


def test_english_pages_say_nothing_in_chinese(arrive):
    page = arrive(language="en").page

    def look(page):
        return said_in(page, {"en"}, CHINESE)

    assert found_on(page, pages.public_pages(page), look, [PHONE], answers=HERE_OR_NOT) == {}


def test_the_home_page_is_light(arrive):
    visitor = arrive()
    loaded = []
    visitor.context.on("response", lambda response: loaded.append(response))  # noqa: PLW0108

    visitor.page.goto("/", wait_until="networkidle")

    assert len(loaded) <= 12
    assert sum(len(response.body()) for response in loaded) <= 100_000
