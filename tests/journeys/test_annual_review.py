"""A small year: reviewed by oneself on a phone, by four who give points, decided by a second.

The site is left once and lives on later: the notice runs its term.
"""

from urllib.parse import urlsplit

import pytest

from tests.journeys.browser import PHONE, follow
from tests.journeys.desk import REASON, act, fill, is_a_pdf, open_record, press, send, tags
from tests.journeys.review_cast import CLERK, FIRST, NAME, OFFICE, REVIEWED, RULE, SECOND
from tests.journeys.test_grading_round import AFTER_THE_NOTICE, Days

SHEETS, CONSEQUENCES = "grading_sheets", "grading_consequences"
STATEMENT = "全年参加排查和调解，没有引发新的矛盾。"


@pytest.fixture
def days(tmp_path, arrive):
    days = Days(tmp_path, arrive, cast="tests.journeys.review_cast")
    yield days
    days.end()


def test_a_year_is_reviewed_from_the_own_account_to_what_follows(days):
    days.begin()
    first = days.officer(FIRST)
    cycle = open_a_review(first)
    review_oneself(days.visit(viewport=PHONE).sign_in(REVIEWED, to="/my/reviews/"))
    first.goto(cycle)
    act(first, "Hand over to the organisations")
    give_points(days.officer(CLERK), "95", "Hand on to the justice office")
    give_points(days.officer(OFFICE), "91", "Hand on to the bureau")
    first.goto(cycle)
    act(first, "Take over at the bureau")
    sheet = give_points(first, "93", "Propose the result")
    first.goto(cycle)
    act(first, "Propose the results")
    act(first, "Put the results on public notice")
    assert tags(first) == ["on public notice"]

    days.begin(AFTER_THE_NOTICE)
    first, second = days.officer(FIRST), days.officer(SECOND)
    first.goto(cycle)
    press(first, "Decide the results")
    send(first, reason="I do it myself.")
    assert first.locator(".officer-errors li").count() > 0
    second.goto(cycle)
    act(second, "Decide the results")
    assert tags(second) == ["decided"]
    assert is_a_pdf(second, f"{sheet}paper/")
    sign(days.visit(viewport=PHONE).sign_in(REVIEWED, to="/my/reviews/"))
    open_record(second, CONSEQUENCES, NAME)
    act(second, "Carry out")
    assert tags(second) == ["carried out"]


def open_a_review(page):
    """Set up the review of last year by the county's rule and open it; returns its address."""
    page.goto("/admin/grading_reviews/new/")
    version = page.locator("[name=version] option", has_text=RULE).get_attribute("value")
    fill(page, version=version)
    send(page, reason=REASON)
    act(page, "Open")
    assert tags(page) == ["self-review"]
    return urlsplit(page.url).path


def review_oneself(page):
    follow(page, "main a[href*='/my/reviews/']")
    follow(page, "a:has-text('Write the self-review')")
    page.fill("[name=statement]", STATEMENT)
    page.fill("[name^=points]", "96")
    follow(page, "button[name=hand_in]")
    assert STATEMENT in page.locator("main").inner_text()


def give_points(page, points, onward):
    """Give the points of an office and hand the sheet on; returns its address."""
    open_record(page, SHEETS, NAME)
    address = urlsplit(page.url).path
    press(page, "Give points")
    page.fill(".officer-form [name^=points]", points)
    send(page, reason=REASON)
    act(page, onward)
    return address


def sign(page):
    """Read the result, of four shares: half of 95, a quarter of 91 and of 93."""
    follow(page, "main a[href*='/my/reviews/']")
    assert "优秀" in page.locator("main").inner_text()
    assert "93.5" in page.locator("main").inner_text()
    follow(page, "button:has-text('Sign the sheet')")
    assert "Signed on" in page.locator("main").inner_text()
