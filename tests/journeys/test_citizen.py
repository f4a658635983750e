"""A citizen with a phone looks for a mediator."""

import re

import pytest

from tests.journeys.browser import DESK, follow
from tests.journeys.city import FENGQIAO, FOUND_BY_SOUND, PHONE, RARE, WITH_A_DOT

FOUND_BY = {
    "name": FOUND_BY_SOUND,
    "part of the name": "坤恺",
    "pinyin": "zhangkunkai",
    "pinyin with spaces": " Zhang Kun Kai ",
    "initials": "zkk",
    "homophone": "张坤恺",
}


def look_for(page, text):
    """Type into the one box of the home page and send it."""
    page.goto("/")
    page.fill("#search-text", text)
    follow(page, ".hero form .button")


def names(page):
    return page.locator(".card h2").all_inner_texts()


@pytest.mark.parametrize("text", FOUND_BY.values(), ids=FOUND_BY.keys())
def test_somebody_is_found_from_the_home_page_however_it_is_typed(arrive, text):
    page = arrive().page

    look_for(page, text)

    assert names(page) == [FOUND_BY_SOUND]
    assert page.locator("h1").inner_text() == "找到 1 名调解员"
    assert page.locator("#search-text").input_value() == text


@pytest.mark.parametrize("name", [RARE, WITH_A_DOT, WITH_A_DOT.replace("·", "•")])
def test_rare_characters_and_names_with_a_dot_are_found(arrive, name):
    page = arrive().page

    look_for(page, name)

    assert names(page) == [name.replace("•", "·")]


def test_a_namesake_by_sound_is_marked_as_such(arrive):
    page = arrive().page

    look_for(page, "张坤恺")

    assert page.locator(".card .tag-warn").inner_text() == "同音"


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_call_takes_two_taps_and_the_page_of_the_mediator_has_it_too(arrive, script):
    page = arrive(java_script_enabled=script).page
    page.goto("/")
    page.fill("#search-text", FOUND_BY_SOUND)

    follow(page, ".hero form .button")  # the first tap
    call = page.locator(".card a[href^='tel:']")  # the second

    assert call.get_attribute("href") == f"tel:{PHONE}"
    follow(page, ".card h2 a")
    assert page.locator("h1").inner_text() == FOUND_BY_SOUND
    assert page.locator("main .row a").get_attribute("href") == f"tel:{PHONE}"
    follow(page, "h2 a")
    assert page.locator("h1").inner_text() == FENGQIAO
    assert page.locator("main .row a").get_attribute("href") == f"tel:{PHONE}"
    assert FOUND_BY_SOUND in page.locator("tbody a").all_inner_texts()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_each_chip_takes_one_filter_away(arrive, script):
    page = arrive(java_script_enabled=script).page
    page.goto("/mediators/?q=zhang&division=330681&speciality=neighbours&employment=part_time")
    narrow = number_found(page)
    assert page.locator(".chip").count() == 4  # three and "clear all"

    page.click(".chip >> nth=1")
    page.wait_for_url(lambda address: "speciality" not in address)

    assert page.locator(".chip").count() == 3
    assert number_found(page) >= narrow
    assert page.locator("#search-text").input_value() == "zhang"
    page.click(".chip >> nth=-1")
    page.wait_for_url("**/mediators/")
    assert page.locator(".chip").count() == 0


def number_found(page):
    return int(re.search(r"\d+", page.locator("h1").inner_text()).group())


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_filters_narrow_the_list(arrive, script):
    page = arrive(java_script_enabled=script).page
    page.goto("/mediators/")
    everybody = number_found(page)

    page.click(".filters summary")
    page.check("#employment-full_time")
    if not script:
        page.click(".filters .button")
    page.wait_for_url("**employment=full_time**")
    page.wait_for_selector(".chip")

    assert 0 < number_found(page) < everybody
    assert set(page.locator(".card .tag-info").all_inner_texts()) == {"专职"}
    # Who chooses in the list of filters finds it open again.
    assert page.locator(".filters").get_attribute("open") == ("" if script else None)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_finding_nothing_offers_wider_questions_that_find_something(arrive, script):
    page = arrive(java_script_enabled=script).page
    page.goto("/mediators/?q=章坤恺&division=330602")
    assert names(page) == []

    wider = page.locator(".empty li a")
    assert wider.count() > 0
    assert page.locator(".empty a[href='tel:12348']").is_visible()
    with page.expect_navigation():
        wider.first.click()

    assert names(page) == [FOUND_BY_SOUND]


def test_what_cannot_be_searched_for_is_said_and_kept(arrive):
    page = arrive().page
    text = "章" * 60

    page.goto(f"/mediators/?q={text}")

    assert page.locator("#search-text").input_value() == text
    assert page.locator(".error-summary").evaluate("e => e === document.activeElement")
    page.click(".error-summary a")
    assert page.locator("#search-text").evaluate("e => e === document.activeElement")


def test_the_keyboard_alone_leads_to_the_telephone_number(arrive):
    page = arrive(viewport=DESK).page
    page.goto("/")

    press_until(page, "#search-text")
    page.keyboard.type("zkk")
    page.keyboard.press("Enter")
    page.wait_for_selector(".card")
    press_until(page, ".card h2 a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/mediators/*/")
    press_until(page, "a[href^='tel:0']")

    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def press_until(page, selector, key="Tab", most=80):
    """Press a key until what the selector names has the focus."""
    for _time in range(most):
        page.keyboard.press(key)
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{key} does not lead to {selector}.")


def test_the_first_tab_offers_to_skip_to_the_content(arrive):
    page = arrive().page
    page.goto("/mediators/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


ADDRESS = "/mediators/?q=zkk&division=330681"


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_the_text_grows_in_three_steps_on_the_page_where_one_is(arrive, script):
    page = arrive(java_script_enabled=script).page
    page.goto(ADDRESS)
    sizes = []
    for _size in range(3):
        sizes.append(page.locator("html").get_attribute("data-text"))
        follow(page, ".header-tools .button")

    assert sizes == ["normal", "large", "extra"]
    assert page.locator("html").get_attribute("data-text") == "normal"
    assert page.url.endswith(ADDRESS)
    assert names(page) == [FOUND_BY_SOUND]


@pytest.mark.parametrize("address", [ADDRESS, "/guide/", "/accounts/login/"])
def test_the_language_changes_on_the_page_where_one_is(arrive, address):
    page = arrive().page
    page.goto(address)

    follow(page, ".header-tools .link-button")

    assert page.locator("html").get_attribute("lang") == "en"
    assert page.url.endswith(address)
    follow(page, ".header-tools .link-button")
    assert page.locator("html").get_attribute("lang") == "zh-hans"
    assert page.url.endswith(address)
