"""Every public page and the main pages of the desk: accessible, not too wide, in one language."""

import re

import pytest

from tests.journeys import pages
from tests.journeys.browser import DESK, PHONE

NARROW = {"width": 320, "height": 700}
TARGETS = {"normal": 44, "large": 48, "extra": 60}
CHINESE = re.compile("[\u3400-\u9fff]+")
ENGLISH = re.compile(r"[A-Za-z']+(?: +[A-Za-z']+)+|\b[a-z]{3,}\b")


def found_on(page, addresses, look):
    """Visit each page; return what ``look`` finds on it, where that is something."""
    found = {}
    for name, address in addresses.items():
        page.goto(address)
        if faults := look(page):
            found[name] = faults
    return found


@pytest.mark.parametrize(
    ("size", "viewport"), [("normal", NARROW), ("large", PHONE), ("extra", DESK)]
)
def test_public_pages_are_accessible(arrive, size, viewport):
    page = arrive(text_size=size, viewport=viewport).page

    def look(page):
        return [
            *pages.axe_violations(page),
            *page.evaluate(pages.STICKS_OUT),
            *page.evaluate(pages.SMALL_TARGETS, TARGETS[size]),
        ]

    assert found_on(page, pages.public_pages(page), look) == {}


@pytest.mark.parametrize("size", ["large", "extra"])
def test_nothing_sticks_out_of_a_narrow_page_with_larger_text(arrive, size):
    page = arrive(text_size=size, viewport=NARROW).page

    def look(page):
        return page.evaluate(pages.STICKS_OUT)

    assert found_on(page, pages.public_pages(page), look) == {}


@pytest.mark.parametrize("viewport", [PHONE, DESK])
def test_pages_of_the_desk_are_accessible(officer, viewport):
    page = officer(language=None, viewport=viewport)

    def look(page):
        return [*pages.axe_violations(page), *page.evaluate(pages.STICKS_OUT)]

    assert found_on(page, pages.desk_pages(page), look) == {}


def words_of(languages, pattern):
    def look(page):
        said = page.evaluate(pages.SAID)
        return [
            text
            for tongue, text in said
            if tongue in languages and pattern.search(PROPER.sub("", text))
        ]

    return look


# Names that are written alike in both languages, accounts, and what is typed into the box.
PROPER = re.compile(
    r"\b(ICP|TOTP|PDF|XLSX|xlsx|csv|zhang|chenhongyu|chy|county|system|x{60})\b|“[^”]*”|\S+@\S+"
)


def test_chinese_pages_say_nothing_in_english(arrive):
    page = arrive().page

    assert (
        found_on(page, pages.public_pages(page), words_of({"zh-hans", "title-zh-hans"}, ENGLISH))
        == {}
    )


def test_english_pages_say_nothing_in_chinese(arrive):
    page = arrive(language="en").page

    assert found_on(page, pages.public_pages(page), words_of({"en"}, CHINESE)) == {}


def test_the_desk_says_nothing_in_english_to_those_who_read_chinese(officer):
    page = officer(language=None)

    assert (
        found_on(page, pages.desk_pages(page), words_of({"zh-hans", "title-zh-hans"}, ENGLISH))
        == {}
    )


def test_the_home_page_is_light(arrive):
    visitor = arrive()
    loaded = []
    visitor.context.on("response", lambda response: loaded.append(response))  # noqa: PLW0108

    visitor.page.goto("/", wait_until="networkidle")

    assert len(loaded) <= 12
    assert sum(len(response.body()) for response in loaded) <= 100_000
