"""Officers at the desk: what they see, filter, correct, take out, and how they sign in."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from python_calamine import CalamineWorkbook

from tests.journeys.browser import DESK, follow
from tests.journeys.city import FENGQIAO, UNTOUCHED
from tests.journeys.site import serving

LIST = "/admin/organizations/"
TO_EDIT, TO_CLICK_TWICE, TO_EDIT_IN_TWO_TABS = UNTOUCHED
SEND = ".officer-form button[type=submit]"


def total(page):
    return int(re.search(r"\d+", page.locator(".officer-total").inner_text()).group())


def open_record(page, name):
    """Find one organisation through the filters of the list and open it."""
    page.goto(LIST)
    page.fill("#id_name", name)
    follow(page, ".officer-query button[type=submit]")
    follow(page, f"tbody th a:has-text('{name}')")
    return page.url


def open_edit(page, name):
    open_record(page, name)
    follow(page, ".officer-acts a:has-text('Edit')")


def test_each_officer_sees_the_own_area_only(arrive):
    totals, foreign = {}, None
    for username in ["city", "county", "township"]:
        page = arrive(language="en", viewport=DESK).sign_in(username)
        page.goto(LIST)
        totals[username] = total(page)
        page.goto(f"{LIST}?name=塔山")
        if username == "city":
            foreign = page.locator("tbody th a").first.get_attribute("href")
        else:
            assert page.locator(".officer-empty").is_visible()
            assert page.goto(foreign).status == 404

    assert 0 < totals["township"] < totals["county"] < totals["city"]


def test_a_filter_finds_a_record_and_its_page_tells_all_of_it(officer):
    page = officer()

    open_record(page, FENGQIAO)

    assert page.locator("h1").inner_text().strip() == FENGQIAO
    assert page.locator("section table, .officer-table").first.is_visible()


def test_an_edit_with_its_reason_stands_in_the_history(officer):
    page = officer()
    open_edit(page, TO_EDIT)
    page.fill("#id_phone", "0575-87000777")
    follow(page, SEND)
    assert "officer-errors" in page.content()  # no reason was given
    assert page.locator("#id_phone").input_value() == "0575-87000777"
    page.fill("#id_reason", "Letter 17 of the village.")

    follow(page, SEND)
    page.wait_for_selector(".officer-acts")

    assert page.get_by_text("0575-87000777").first.is_visible()
    follow(page, ".officer-acts a:has-text('History')")
    told = page.locator(".officer-told li").first.inner_text()
    assert "Letter 17 of the village." in told
    assert "→ 0575-87000777" in told


def test_a_second_click_does_nothing_more(officer):
    page = officer()
    open_edit(page, TO_CLICK_TWICE)
    page.fill("#id_phone", "0575-87000222")
    page.fill("#id_reason", "Clicked twice.")

    page.dblclick(SEND)
    page.wait_for_selector(".officer-acts")

    follow(page, ".officer-acts a:has-text('History')")
    assert page.get_by_text("Clicked twice.").count() == 1


def test_two_tabs_on_one_record_lose_nothing(officer):
    first = officer()
    open_edit(first, TO_EDIT_IN_TWO_TABS)
    second = first.context.new_page()
    second.goto(first.url)
    first.fill("#id_phone", "0575-87000333")
    first.fill("#id_reason", "From the first tab.")
    follow(first, SEND)
    first.wait_for_selector(".officer-acts")

    second.fill("#id_hours", "逢双日全天")
    second.fill("#id_reason", "From the second tab.")
    follow(second, SEND)

    second.wait_for_selector(".officer-meanwhile")
    assert "From the first tab." in second.locator(".officer-meanwhile").inner_text()
    assert second.locator("#id_hours").input_value() == "逢双日全天"
    assert second.locator("#id_reason").input_value() == "From the second tab."
    follow(second, SEND)
    second.wait_for_selector(".officer-acts")
    assert second.get_by_text("逢双日全天").first.is_visible()


def test_the_own_register_is_exported_with_two_clicks(officer, tmp_path):
    page = officer()
    page.goto(f"{LIST}?kind=village")
    listed = total(page)

    follow(page, ".officer-bar a:has-text('Export')")
    with page.expect_download() as download:
        page.press(SEND, "Enter")

    assert download.value.suggested_filename.endswith(".xlsx")
    download.value.save_as(tmp_path / "export.xlsx")
    rows = CalamineWorkbook.from_path(tmp_path / "export.xlsx").get_sheet_by_index(0).to_python()
    assert len(rows) == listed + 1


@pytest.fixture
def strict_site(tmp_path):
    """A site that asks officers for a second factor."""
    with serving(tmp_path, STAFF_SECOND_FACTOR="1") as address:
        yield address


def code(key, steps=0):
    return format_hotp_value(hotp_value(key, int(time.time()) // 30 + steps))


def test_an_officer_sets_up_a_second_factor_and_is_asked_for_it(arrive, strict_site):
    visitor = arrive(strict_site, language="en")
    page = visitor.sign_in("county")
    key = page.locator(".code").inner_text().strip()

    page.fill("[name=code]", code(key))
    follow(page, "main form .button")
    page.wait_for_url(lambda address: "/second-factor/set/" not in address)
    assert page.goto("/admin/").status == 200
    assert page.locator(".desk-figures").is_visible()

    page.context.clear_cookies(name="sessionid")
    visitor.sign_in("county")
    page.fill("[name=code]", "000000")
    follow(page, "main form .button")
    assert page.locator(".error-message").first.is_visible()
    page.fill("[name=code]", code(key, steps=1))
    follow(page, "main form .button")

    page.wait_for_url("**/admin/")
    assert page.locator(".desk-figures").is_visible()
