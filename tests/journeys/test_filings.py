"""A clerk files events of the own committee: sent back, handed in again, filed, and told to all."""

import pytest

from tests.journeys.browser import PHONE, follow
from tests.journeys.city import OLD_PHONE, VILLAGES
from tests.journeys.desk import (
    PAPER,
    SEND,
    act,
    day,
    fill,
    is_a_pdf,
    open_record,
    press,
    send,
    tags,
)

OFFICE_ASKS = "The date of the meeting is missing from the minutes."


@pytest.fixture
def ask(arrive):
    """Return a function that asks as somebody new of the public what a committee's page says."""

    def ask(name):
        page = arrive(language="en", viewport=PHONE).page
        page.goto(f"/organizations/?q={name}")
        follow(page, ".card h2 a")
        return page.locator("main").inner_text()

    return ask


def test_a_reelection_is_sent_back_put_right_and_opens_a_new_term(officer, ask):
    clerk, office, county = officer("huixin"), officer("township"), officer("county")
    body = open_record(clerk, "organizations", VILLAGES["huixin"])
    press(clerk, "File a re-election")
    send(clerk, event_on=day(-4), term_number="2", term_from_on=day(-4))
    filing = draft_of(clerk)
    assert leave_out_one_member(clerk) == 3

    # The draft is kept: the clerk comes back to it from the list, another day.
    open_record(clerk, "filings", VILLAGES["huixin"], field="organization")
    press(clerk, "Go on with the draft")
    clerk.goto(f"{filing}check/")
    assert clerk.locator("#refusals-section li").count() == 2  # too few members, and no minutes
    clerk.goto(f"{filing}members/")
    name_a_new_member(clerk, "袁青禾")
    add_minutes(clerk, filing)
    hand_in(clerk, filing)

    office.goto(filing)
    act(office, "Return for correction", reason=OFFICE_ASKS)
    clerk.goto(filing)
    assert clerk.get_by_text(OFFICE_ASKS).first.is_visible()
    press(clerk, "Go on with the draft")
    send(clerk, note="Elected in the meeting of all villagers.")
    hand_in(clerk, filing)
    office.goto(filing)
    act(office, "Pass on")
    county.goto(filing)
    act(county, "Accept the filing")
    assert tags(county)[0] == "filed"

    follow(county, ".officer-acts a:has-text('Letter to the court')")
    assert is_a_pdf(county, f"{county.url}letter/")
    assert open_record(county, "court-notices", VILLAGES["huixin"], "organization") == county.url
    county.goto(body)
    assert "Term 2" in county.locator("#terms-section").first.inner_text()
    assert "袁青禾" in ask(VILLAGES["huixin"])


def draft_of(page):
    """Return the address of the filing whose draft is on the page."""
    return page.url.partition("members/")[0].partition("data/")[0]


def leave_out_one_member(page):
    """Say that the last member was not elected again; returns how many could be."""
    follow(page, "a:has-text('Who was not elected again')")
    boxes = page.locator("[name=leaving]")
    count = boxes.count()
    boxes.last.check()
    follow(page, SEND)
    return count


def name_a_new_member(page, name):
    follow(page, "a:has-text('Name somebody who is not in the register')")
    send(page, name=name, sex="male", born_on="1981-03-09", post="member")


def add_minutes(page, filing):
    page.goto(f"{filing}papers/")
    send(page, kind="minutes", upload=PAPER)


def hand_in(page, filing):
    page.goto(f"{filing}check/")
    send(page, reason="Minutes of the meeting.")


def test_a_change_shows_old_and_new_and_is_public_once_it_is_filed(officer, ask):
    old, new = OLD_PHONE, "0575-87000666"
    clerk, office, county = officer("taohua"), officer("township"), officer("county")
    body = open_record(clerk, "organizations", VILLAGES["taohua"])
    press(clerk, "File a change")
    send(clerk, event_on=day(-2), note="The telephone moved with the office.")
    filing = draft_of(clerk)
    fill(clerk, phone=new)
    follow(clerk, SEND)
    hand_in(clerk, filing)

    office.goto(filing)
    changed = office.locator("tr:has(ins)")
    assert changed.count() == 1
    assert (changed.locator("del").inner_text(), changed.locator("ins").inner_text()) == (old, new)
    assert old in ask(VILLAGES["taohua"])
    act(office, "Pass on")
    county.goto(filing)
    act(county, "Accept the filing")

    told = ask(VILLAGES["taohua"])
    assert new in told
    assert old not in told
    county.goto(body)
    assert tags(county)[0] == "listed"
