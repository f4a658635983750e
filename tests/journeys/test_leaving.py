"""Orders to rectify and a deregistration, over two months: the site is left and lives on later."""

from datetime import date
from urllib.parse import urlsplit

import pytest

from tests.journeys.browser import DESK, PHONE, follow
from tests.journeys.city import FENGQIAO, VILLAGES
from tests.journeys.desk import (
    PAPER,
    SEND,
    act,
    choose,
    day,
    fill,
    is_a_pdf,
    object_to,
    open_record,
    press,
    send,
    tags,
)
from tests.journeys.site import serving

MENDED, FORGOTTEN, LEAVING = "听涛村", "揽月村", VILLAGES["huixin"]
DAYS = 45  # longer than the thirty days of an order and the seven working days of a notice


@pytest.fixture
def sit_down(arrive):
    """Return a function that signs an officer in at a site."""

    def sit_down(site, username):
        return arrive(site, language="en", viewport=DESK).sign_in(username)

    return sit_down


@pytest.fixture
def look(arrive):
    """Return a function that opens a public page as somebody new."""

    def look(site, address, language="en"):
        page = arrive(site, language=language, viewport=PHONE).page
        page.goto(address)
        return page

    return look


def test_orders_are_met_or_not_and_a_committee_leaves_in_spite_of_an_objection(
    sit_down, look, tmp_path
):
    with serving(tmp_path) as site:
        county = sit_down(site, "county")
        order(county, MENDED)
        act(county, "Note that it was put right", result="A new seal was cut.")
        assert tags(county) == ["put right"]
        order(county, FORGOTTEN)
        closure = announce(county, successor=pk_of(county, FENGQIAO))
        code = object_to(look(site, "/"), LEAVING)
        answer_the_objection(sit_down(site, "county2"))
        told = look(site, "/notices/objections/")
        told.fill("[name=code]", code)
        follow(told, "main form .button")
        assert "The founding unit decided in due form." in told.locator("main").inner_text()

    with serving(tmp_path, DAYS_LATER=str(DAYS)) as site:
        county, second = sit_down(site, "county"), sit_down(site, "county2")
        open_record(county, "rectifications", f"{FORGOTTEN}&overdue=true", field="organization")
        act(county, "Note that it was not put right", result="The door was locked again.")
        close_after_the_order(county)
        propose(county, closure)
        name = county.locator("h1").inner_text().strip()
        second.goto(closure)
        act(second, "Deregister", typed_name=name)
        assert tags(second)[0] == "carried out"
        letter = second.locator("main a[href*='/court-notices/']").first.get_attribute("href")
        assert is_a_pdf(second, f"{letter}letter/")

        public = look(site, closed_page(second), language=None)
        said = public.locator("main").inner_text()
        assert "已注销" in said
        assert f"{date.fromisoformat(day(DAYS)):%Y年%-m月%-d日}" in said
        assert public.locator(f"main a:has-text('{FENGQIAO}')").is_visible()


def pk_of(page, name):
    open_record(page, "organizations", name)
    return page.url.rstrip("/").rpartition("/")[2]


def order(page, name):
    """Order a committee to put its seal right, from its page; the letter can be printed."""
    open_record(page, "organizations", name)
    press(page, "Order to rectify")
    send(page, ground="seal", faults="The seal bears another name.", reason="Seen on the visit.")
    assert is_a_pdf(page, f"{page.url}letter/")


def announce(page, *, successor):
    """Begin the deregistration of a committee that is merged; returns the address of the case."""
    open_record(page, "organizations", LEAVING)
    press(page, "Begin the deregistration")
    choose(page, "successor", successor)
    fill(page, ground="merged", facts="The villages were merged.")
    send(page, reason="Letter of the town.")
    act(page, "Add a document", kind="decision", upload=PAPER)
    act(page, "Put on public notice")
    return urlsplit(page.url).path


def answer_the_objection(second):
    second.goto("/admin/objections/?state=open")
    follow(second, f"tbody tr:has-text('{LEAVING}') th a")
    answer = "The founding unit decided in due form."
    act(second, "Reject the objection", answer=answer)
    assert tags(second) == ["not upheld"]


def close_after_the_order(county):
    """Go on from an order that was not met to the deregistration on its ground."""
    press(county, "Begin the deregistration")
    county.select_option("[name=rectification]", index=1)
    fill(county, ground="cannot_work", facts="Ordered to put it right, in vain.")
    send(county, reason="Re-check of today.")
    act(county, "Put on public notice")
    assert tags(county)[0] == "on public notice"


def propose(county, closure):
    """Give everything a destination, record the custody, and propose the decision."""
    county.goto(closure)
    follow(county, "a:has-text('Give destinations')")
    county.check("[data-desk-all]")
    follow(county, ".officer-bar button:has-text('destination')")
    fill(county, destination="end", reason="Their posts end with the committee.")
    follow(county, SEND)
    assert county.locator("tbody .officer-tag").count() == 4  # the same list, with destinations
    county.goto(closure)
    kept = {f"{thing}_with": "Justice office" for thing in ("seal", "plaque", "files")}
    since = {f"{thing}_on": day(DAYS) for thing in ("seal", "plaque", "files")}
    act(county, "Record seal, plaque and files", **kept, **since)
    act(county, "Propose the decision")


def closed_page(page):
    """Return the address of the public page of the committee of a case."""
    follow(page, "#case-section dd a")
    return page.locator("a:has-text('As the public sees it')").get_attribute("href")
