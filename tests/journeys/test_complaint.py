"""A citizen complains with a phone, with a name or without, and nothing is left behind."""

import pytest
from PIL import Image

from tests.journeys.browser import follow
from tests.journeys.city import FENGQIAO, FOUND_BY_SOUND
from tests.journeys.looking import broken_rules, sticking_out, with_targets

MAIN_BUTTON = "main .button:not(.button-secondary, .button-small)"
TEXT = "调解员收了对方两条香烟，然后只听他一个人说，不让我说话。"
MOST_TAPS = 9


class Hand:
    """Taps and looks: each page that a tap leads to is examined."""

    def __init__(self, page, *, examines):
        self.page, self.taps, self.examines = page, 0, examines

    def tap(self, selector):
        self.taps += 1
        follow(self.page, selector)
        if self.examines:
            self.examine()

    def tick(self, selector):
        self.taps += 1
        self.page.check(selector)

    def examine(self):
        look = with_targets("normal", lambda page: [*broken_rules(page), *sticking_out(page)])
        assert look(self.page) == [], self.page.url


def complain(hand, mode, *, file=None):
    """Go the whole way up to the page that shows all answers."""
    page = hand.page
    page.goto("/complaints/")
    hand.tap(MAIN_BUTTON)
    hand.tap(f"button[value={mode}]")
    page.fill("#id_q", FOUND_BY_SOUND)
    hand.tap("main form[role=search] .button")
    hand.tap("button[value^='mediator:']")
    hand.tick("#id_grounds_2")
    page.fill("#id_happened_on", "２０２６-11-05")
    page.fill("#id_text", TEXT)
    hand.tap(MAIN_BUTTON)
    if file:
        page.set_input_files("#id_files", file)
        hand.tap("button[name=add]")
        assert page.locator(".thumbnail").evaluate("e => e.naturalWidth") == 240
    hand.tap(MAIN_BUTTON)
    if mode != "anonymous":
        page.fill("#id_name", "钱一民")
        page.fill("#id_phone", "139 0000 1111")
        hand.tap(MAIN_BUTTON)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_an_anonymous_complaint_takes_nine_taps_and_shows_its_code_once(arrive, script):
    page = arrive(java_script_enabled=script).page
    hand = Hand(page, examines=script)
    complain(hand, "anonymous")
    assert TEXT in page.locator("main").inner_text()
    assert FENGQIAO in page.locator("main").inner_text()

    hand.tap(MAIN_BUTTON)

    assert hand.taps <= MOST_TAPS
    code = page.locator(".code").inner_text()
    assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]
    assert code not in page.url
    assert code not in page.title()
    page.wait_for_load_state("networkidle")
    page.reload()
    assert page.locator(".code").count() == 0
    hand.tap(MAIN_BUTTON)
    assert page.locator(".hero").is_visible()
    assert "complaint_draft" not in {cookie["name"] for cookie in page.context.cookies()}


def test_a_named_complaint_with_a_picture_can_be_changed_before_it_is_sent(arrive, tmp_path):
    picture = tmp_path / "IMG_0001.jpg"
    Image.new("RGB", (1200, 900), (40, 120, 130)).save(picture)
    page = arrive().page
    hand = Hand(page, examines=True)
    complain(hand, "named", file=picture)
    told = page.locator("main").inner_text()
    assert [one for one in ["钱一民", "13900001111", "IMG_0001.jpg"] if one not in told] == []

    hand.tap("a[href='/complaints/new/what/'] >> nth=-1")
    page.fill("#id_text", f"{TEXT}第二天又来要钱。")
    hand.tap(MAIN_BUTTON)
    assert page.url.endswith("/check/")
    assert "第二天又来要钱" in page.locator("main").inner_text()
    hand.tap(MAIN_BUTTON)

    assert page.locator(".code").is_visible()
    assert page.locator(".timeline li").count() == 3


def test_what_is_missing_is_told_and_the_keyboard_is_led_to_it(arrive):
    page = arrive().page
    hand = Hand(page, examines=True)
    page.goto("/complaints/")
    hand.tap(MAIN_BUTTON)
    hand.tap("button[value=anonymous]")
    page.click("summary")
    page.fill("#id_description", "穿蓝衣服的人")
    hand.tap("button[name=describe]")
    assert page.title().startswith("错误：")
    assert page.locator(".error-summary").evaluate("e => e === document.activeElement")
    assert page.locator("#id_description").input_value() == "穿蓝衣服的人"
    page.click(".error-summary a")
    assert page.locator("#id_county").evaluate("e => e === document.activeElement")


def test_leaving_quickly_leaves_nothing_to_go_back_to(arrive):
    page = arrive().page
    hand = Hand(page, examines=False)
    complain(hand, "anonymous")

    hand.tap(".way .button")

    assert page.locator(".hero").is_visible()
    page.go_back()
    assert TEXT not in page.content()
    page.goto("/complaints/new/check/")
    assert page.locator("main form[action='/complaints/']").is_visible()
