"""Every public page and the main pages of the desk: accessible, not too wide, in one language."""

import re

import pytest

from registry.city.accounts import ACCOUNTS
from tests.journeys import pages
from tests.journeys.browser import DESK, PHONE

NARROW = {"width": 320, "height": 700}
TARGETS = {"normal": 44, "large": 48, "extra": 60}
CHINESE = re.compile("[\u3400-\u9fff]+")
ENGLISH = re.compile(r"[A-Za-z']+(?: +[A-Za-z']+)+|\b[a-z]{3,}\b")


# Names that are written alike in both languages, accounts, and what is typed into the box.
ACCOUNT = "|".join(account.username for account in ACCOUNTS)
PROPER = re.compile(
    r"\b(ICP|TOTP|PDF|XLSX|xlsx|csv|GIFT|Aiken|Moodle XML|Open Badge|zhang|chenhongyu|chy"
    rf"|{ACCOUNT}|x{{60}})\b|“[^”]*”|\S+@\S+|\S*\.(gift|pdf|png)\b|\S*\{{\w+.*\}}"
    # The address under which the tests reach the site.
    r"|(http://)?127\.0\.0\.1:\S+?(?=[，。]|$)"
)


def found_on(page, addresses, look):
    """Visit each page; return what ``look`` finds on it, where that is something."""
    found = {}
    for name, address in addresses.items():
        page.goto(address)
        if faults := look(page):
            found[name] = faults
    return found


def said_in(page, languages, pattern):
    """Return what of a page is said to be in these languages and fits the pattern."""
    return [
        text
        for language, text in page.evaluate(pages.SAID)
        if language in languages and pattern.search(PROPER.sub("", text))
    ]


def faults_of_a_chinese_page(page):
    return [
        *pages.axe_violations(page),
        *page.evaluate(pages.STICKS_OUT),
        *said_in(page, {"zh-hans", "title-zh-hans"}, ENGLISH),
    ]


@pytest.mark.parametrize(
    ("size", "viewport"), [("normal", NARROW), ("large", PHONE), ("extra", DESK)]
)
def test_public_pages_are_accessible_and_in_chinese(arrive, size, viewport):
    page = arrive(text_size=size, viewport=viewport).page

    def look(page):
        too_small = page.evaluate(pages.SMALL_TARGETS, TARGETS[size])
        return [*faults_of_a_chinese_page(page), *too_small]

    assert found_on(page, pages.public_pages(page), look) == {}


@pytest.mark.parametrize("viewport", [PHONE, DESK])
def test_pages_of_the_desk_are_accessible_and_in_chinese(officer, viewport):
    page = officer(language=None, viewport=viewport)

    assert found_on(page, pages.desk_pages(page), faults_of_a_chinese_page) == {}


@pytest.mark.parametrize("viewport", [PHONE, DESK])
def test_a_mediators_own_pages_are_accessible_and_in_chinese(arrive, viewport):
    page = arrive(viewport=viewport).sign_in("mediator", to="/my/")

    def look(page):
        too_small = page.evaluate(pages.SMALL_TARGETS, TARGETS["normal"])
        return [*faults_of_a_chinese_page(page), *too_small]

    assert found_on(page, pages.own_pages(page), look) == {}


@pytest.mark.parametrize("viewport", [PHONE, DESK])
def test_pages_of_the_trainer_are_accessible_and_in_chinese(officer, viewport):
    page = officer("trainer", language=None, viewport=viewport)

    assert found_on(page, pages.training_pages(page), faults_of_a_chinese_page) == {}


@pytest.mark.parametrize("viewport", [PHONE, DESK])
def test_pages_of_casework_are_accessible_and_in_chinese(officer, viewport):
    page = officer(language=None, viewport=viewport)

    assert found_on(page, pages.casework_pages(page), faults_of_a_chinese_page) == {}


def test_nothing_sticks_out_of_a_narrow_page_with_the_largest_text(arrive):
    page = arrive(text_size="extra", viewport=NARROW).page

    def look(page):
        return page.evaluate(pages.STICKS_OUT)

    assert found_on(page, pages.public_pages(page), look) == {}


def test_english_pages_say_nothing_in_chinese(arrive):
    page = arrive(language="en").page

    def look(page):
        return said_in(page, {"en"}, CHINESE)

    assert found_on(page, pages.public_pages(page), look) == {}


def test_the_home_page_is_light(arrive):
    visitor = arrive()
    loaded = []
    visitor.context.on("response", lambda response: loaded.append(response))  # noqa: PLW0108

    visitor.page.goto("/", wait_until="networkidle")

    assert len(loaded) <= 12
    assert sum(len(response.body()) for response in loaded) <= 100_000
