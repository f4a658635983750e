"""A whole round: opened, applied for, reviewed, read by a panel, ranked, on notice, confirmed.

The site is left twice and lives on later: windows end, and a notice runs its term.
"""

import re
from urllib.parse import urlsplit

import pytest

from tests.journeys.browser import DESK, PHONE, follow
from tests.journeys.desk import REASON, act, day, fill, object_to, press, send, tags
from tests.journeys.grading_cast import (
    APPLICANTS,
    BEST,
    CHOSEN,
    CODE,
    LABEL,
    LAST,
    PANEL,
    TITLE,
)
from tests.journeys.looking import found_on
from tests.journeys.pages import first_of
from tests.journeys.site import Site
from tests.journeys.site import fill as fill_site
from tests.journeys.test_grading import faults_apart_from_own_names

ROUND = "枫桥等级评定第一批"
PANEL_NAME = "枫桥评审委员会"
APPLICATIONS, READINGS = "/admin/grading_applications/", "/admin/grading_readings/"
STATEMENT = "在枫桥镇从事调解工作多年，熟悉当地情况。"
OPINION = "材料齐全，情况属实。"
OBJECTED = "所报的调解卷宗有两件不是本人办理。"
ANSWER = "经核实，有两件卷宗并非本人办理，不予确定等级。"
# Longer than the five working days of the notice, whatever holidays fall in between.
SECOND_DAY, AFTER_THE_NOTICE = 1, 26
# Points of the sheet: what everybody gives the equals, and three who differ about the best.
EQUAL = ("30", "25", "25")
LOW, HIGH, THIRD = ("20", "20", "20"), ("40", "30", "30"), ("39", "30", "29")


class Days:
    """The same site on different days; people sign in anew on each."""

    def __init__(self, folder, arrive, cast="tests.journeys.grading_cast"):
        self.folder, self._arrive, self._site, self._cast = folder, arrive, None, cast

    def begin(self, days=0):
        """Leave the site as it is and go on so many days after today."""
        self.end()
        self._site = Site(self.folder, DAYS_LATER=str(days))
        if days == 0:
            fill_site(self.folder, self._cast)
        self._site.start()

    def end(self):
        if self._site is not None:
            self._site.stop()

    def officer(self, username):
        return self.visit(viewport=DESK).sign_in(username)

    def mediator(self, username):
        return self.visit(viewport=PHONE).sign_in(username, to="/my/grading/")

    def visit(self, **options):
        return self._arrive(self._site.address, **{"language": "en", **options})


@pytest.fixture
def days(tmp_path, arrive):
    days = Days(tmp_path, arrive)
    yield days
    days.end()


def test_a_round_is_held_from_its_opening_to_the_levels_of_the_public(days):
    days.begin()
    county = days.officer("county")
    address = open_a_round(county)
    references = {username: apply(days.mediator(username)) for username in APPLICANTS}
    assert len(set(references.values())) == len(APPLICANTS)
    number = address.rstrip("/").rpartition("/")[2]
    # What a panel reads is called otherwise than towards the applicant.
    sheets_of = {who: f"{number}-{int(found[-6:]):05d}" for who, found in references.items()}

    days.begin(SECOND_DAY)
    county, second = days.officer("county"), days.officer("county2")
    on(county, address, "Close the windows")
    review(days.officer("township"), "submitted")
    review(second, "first_reviewed")
    level = let_a_panel_read(days, county, address, sheets_of)
    give_the_places(county, second, level)
    # Whoever gave the places does not announce them.
    on(second, address, "Put the results on public notice")
    assert tags(second) == ["on public notice"]
    code = object_to(days.visit(viewport=PHONE).page, ROUND, OBJECTED)
    decide_the_objection(county, days.officer("county3"))
    assert ANSWER in told_with(days.visit(viewport=PHONE).page, code)

    days.begin(AFTER_THE_NOTICE)
    county, second = days.officer("county"), days.officer("county2")
    confirm(county, second, address)
    told(days.visit(viewport=PHONE).page)
    assert "不予确定" in reasons_of(days.mediator(CHOSEN))
    winner = days.visit(language=None, viewport=PHONE).sign_in(BEST, to="/my/")
    assert faults_of_own_pages(winner) == {}


def on(page, address, name, **typed):
    page.goto(address)
    act(page, name, **typed)


def open_a_round(county):
    """Set the round up for one level, with a window of today, and open it; returns its address."""
    county.goto("/admin/grading_rounds/new/")
    version = county.locator("[name=version] option", has_text=TITLE).get_attribute("value")
    fill(county, title=ROUND, version=version)
    county.check(f"[name=levels][value='{version}:{CODE}']")
    send(county, reason=REASON)
    press(county, "Set the windows")
    for field in county.locator(".officer-form input[type=date]").all():
        field.fill(day())
    send(county, reason=REASON)
    act(county, "Open")
    assert tags(county) == ["open for applications"]
    return urlsplit(county.url).path


def apply(page):
    """Go through the task list on a phone; returns the reference that is shown."""
    follow(page, f".card:has-text('{ROUND}') h3 a")
    follow(page, "button:has-text('Begin the application')")
    application = page.url
    follow(page, "a:has-text('Figures')")
    assert page.locator("main table tbody tr").count() > 0
    page.goto(application)
    follow(page, ".links a:has-text('What speaks for the level')")
    page.fill("[name=statement]", STATEMENT)
    follow(page, "button:has-text('Save')")
    hand_in_undeclared(page)
    page.goto(application)
    follow(page, ".links a:has-text('Declaration')")
    page.check("[name=declares]")
    follow(page, "button:has-text('Sign the declaration')")
    follow(page, "a:has-text('Check and hand in')")
    assert page.locator("main .warning").count() == 0
    follow(page, "button:has-text('Hand in the application')")
    assert page.url == f"{application}sent/"
    return re.search(r"PD\d{4}-\d{6}", page.locator("main .panel").inner_text()).group()


def hand_in_undeclared(page):
    """Hand in before the declaration: told so, nothing is handed in."""
    follow(page, "a:has-text('Check and hand in')")
    follow(page, "button:has-text('Hand in the application')")
    assert "The declaration is not signed." in page.locator(".error-summary").inner_text()


def review(page, state):
    """Go through everything in a state side by side, from one to the next."""
    page.goto(f"{APPLICATIONS}?state={state}&name=竺")
    record = page.locator("tbody th a").first.get_attribute("href")
    page.goto(f"{record}review/?state={state}&name=竺")
    for _applicant in APPLICANTS:
        assert page.locator(".review-statement").inner_text() == STATEMENT
        if state == "submitted":
            page.check("[name=answer_0][value=yes]")
        page.fill("[name=reason]", OPINION)
        follow(page, ".officer-send button:has-text('and next')")
    assert page.locator("tbody th a").count() == 0


def let_a_panel_read(days, county, address, references):
    """Put a panel together and let it read; returns where the ranking of the level is."""
    panel = convene(county)
    on(county, address, "Begin the scoring")
    on(county, panel, "Assign the readings")
    best, declared = references[BEST], references[LAST]
    members = [days.officer(username) for username in PANEL]
    stand_back(members, declared)
    on(county, panel, "Assign the readings")
    given = iter([LOW, HIGH, THIRD])
    for member in members:
        read(member, best, given)
    press_and_be_refused(county, panel, "End the reading", "too far apart")
    on(county, panel, "Assign third readings")
    for member in members:
        read(member, best, given)
    assert next(given, None) is None
    on(county, panel, "End the reading")
    assert tags(county) == ["scores shown"]
    on(county, address, "Begin the ranking")
    county.goto("/admin/grading_levels/")
    row = county.locator("tbody tr", has_text=ROUND)
    return row.locator("th a").get_attribute("href")


def convene(county):
    county.goto("/admin/grading_panels/new/")
    county.get_by_label(f"{ROUND} · {LABEL}").check()
    fill(county, name=PANEL_NAME, limit_points="15", third_rule="nearest_two")
    send(county)
    for name in PANEL.values():
        press(county, "Give a seat")
        county.select_option("[name=seat]", index=1)
        user = county.locator("[name=user] option", has_text=name).get_attribute("value")
        send(county, user=user, from_on=day(), reason=REASON)
    act(county, "Convene the panel")
    return urlsplit(county.url).path


def sheets(member):
    """Return {reference: address} of what a member has to read."""
    member.goto(f"{READINGS}?state=open")
    links = member.locator("tbody th a").all()
    return {link.inner_text().strip(): link.get_attribute("href") for link in links}


def stand_back(members, reference):
    """Let the first member who was given an application declare that the applicant is kin."""
    for member in members:
        if address := sheets(member).get(reference):
            member.goto(address)
            assert not any(name in member.locator("main").inner_text() for name in APPLICANTS)
            follow(member, "a:has-text('Stand back')")
            send(member, is_kin=True, reason="表兄。")
            assert reference not in sheets(member)
            return
    raise AssertionError(f"Nobody was given {reference} to read.")


def read(member, best, given):
    """Hand in all open sheets of a member: equal points, and for the best those that come next."""
    for reference, address in sheets(member).items():
        member.goto(address)
        assert not any(name in member.locator("main").inner_text() for name in APPLICANTS.values())
        points = next(given) if reference == best else EQUAL
        for place, number in enumerate(points):
            member.fill(f"[name=score_{place}]", number)
        follow(member, "button:has-text('Hand in the sheet')")


def press_and_be_refused(page, address, name, sentence):
    page.goto(address)
    press(page, name)
    assert sentence in page.locator("#refusals-section").inner_text()


def give_the_places(county, second, level):
    """Settle the tie at the cut by two officers, and give the places."""
    county.goto(level)
    assert county.locator("text=equal at the cut").count() > 0
    press(county, "Propose an order of equals")
    for username, place in ((CHOSEN, "1"), (LAST, "2")):
        county.get_by_label(APPLICANTS[username]).select_option(place)
    send(county, reason=REASON)
    press(county, "Confirm a move")
    send(county, reason="I do it myself.")
    assert county.locator(".officer-errors li").count() > 0
    on(second, level, "Confirm a move")
    on(county, level, "Give the places")
    assert tags(county) == ["places given"]


def decide_the_objection(county, third):
    """Tie the objection to one person and let an officer who had no part in it uphold it."""
    county.goto(f"{APPLICATIONS}?name={APPLICANTS[CHOSEN]}")
    follow(county, "tbody th a")
    application = county.url
    press(county, "Note an objection")
    county.select_option("[name=objection]", index=1)
    send(county, reason=REASON)
    press(county, "Drop the proposal")
    send(county, answer=ANSWER, reason="I do it myself.")
    assert "no part in it" in county.locator(".officer-errors").inner_text()
    third.goto(application)
    act(third, "Drop the proposal", answer=ANSWER, reason="经核实，不予确定等级。")
    assert tags(third) == ["no level"]


def told_with(citizen, code):
    """Return what is read with a receipt code."""
    citizen.goto("/notices/objections/")
    citizen.fill("[name=code]", code)
    follow(citizen, "main form .button")
    return citizen.locator("main").inner_text()


def confirm(county, second, address):
    """Two officers confirm the results; the first one alone is refused."""
    on(county, address, "Propose the confirmation")
    press(county, "Confirm the results")
    send(county, reason="I do it myself.")
    assert "Ask a colleague" in county.locator(".officer-errors").inner_text()
    on(second, address, "Confirm the results")
    assert tags(second) == ["confirmed"]


def told(citizen):
    """The public finds the level of the one who got it, and of nobody else."""
    citizen.goto("/levels/")
    assert citizen.locator("main table").is_visible()
    for username, name in APPLICANTS.items():
        citizen.goto(f"/mediators/?q={name}")
        follow(citizen, ".card h2 a")
        levels = citizen.locator(".tag-level").all_inner_texts()
        assert len(levels) == (1 if username == BEST else 0)


def reasons_of(mediator):
    follow(mediator, f".card:has-text('{ROUND}') h3 a")
    mediator.goto(f"{mediator.url}reasons/")
    return mediator.locator("main").inner_text()


def faults_of_own_pages(mediator):
    """Look at what the winner reads of the level and of its reasons."""
    level = mediator.locator("a[href*='/my/grading/levels/']").first.get_attribute("href")
    reasons = first_of(mediator, level, "a[href*='/reasons/']")
    return found_on(mediator, {"level": level, "reasons": reasons}, faults_apart_from_own_names)
