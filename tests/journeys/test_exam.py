"""An exam on a phone whose line, browser and server fail: what was answered is handed in."""

import pytest

from tests.journeys import exam
from tests.journeys.browser import Visitor, another, follow, kill
from tests.journeys.exam import BAR, QUESTION, SAVED, WAITING, answer, answer_and_go_on
from tests.journeys.site import Site

TAKEN_OVER = "The exam goes on on another device. Nothing is saved from here."
PATIENCE = 60_000  # a page waits longer from try to try, half a minute at most


@pytest.fixture
def site(tmp_path):
    """A site of its own, that may be killed."""
    site = Site(tmp_path)
    site.start()
    yield site
    site.stop()


@pytest.fixture
def candidate(browser, site):
    """Return a function that signs the candidate in on a phone that was never used before."""
    phones = []

    def candidate(**options):
        phones.append(another(browser))
        visitor = Visitor(phones[-1], site.address, language="en", **options)
        visitor.sign_in("mediator", to="/my/")
        return visitor

    yield candidate
    for phone in phones:
        phone.close()


def test_an_exam_loses_no_answer_to_the_line_the_browser_or_the_server(site, candidate):
    first = candidate()
    page = first.page
    exam.begin(page)
    answers = dict(answer_and_go_on(page, turn) for turn in range(3))

    answers |= answer_without_a_line(first)
    answers |= answer_without_a_server(page, site)
    assert exam.standing(site.folder) == answers
    kill(first.context.browser)

    second = candidate()
    resume(second.page)
    assert shown(second.page, answers) == answers
    site.kill()
    site.start()
    exam.open_question(second.page, len(answers) + 1)
    answers |= dict([answer_and_go_on(second.page, 1)])

    third = candidate()
    resume(third.page)
    assert_told_that_another_goes_on(second)
    answers |= answer_the_rest(third.page, after=len(answers))
    hand_in(third.page)

    assert exam.standing(site.folder) == answers
    assert_nothing_is_told_before_the_release(third.page)
    assert [*first.faults, *third.faults] == []


def answer_without_a_line(visitor):
    """Cut the line, go on answering and change one's mind; the line comes back."""
    page, number = visitor.page, exam.position(visitor.page)
    visitor.context.set_offline(True)
    answer(page, 1)
    page.locator(BAR).wait_for()
    assert "No connection" in page.locator(BAR).inner_text()
    last = answer(page, 0)
    page.click("button[name=go][value=next]")
    assert (exam.position(page), exam.given(page)) == (number, last)
    assert page.locator(WAITING).is_visible()
    visitor.context.set_offline(False)
    page.locator(SAVED).wait_for(timeout=PATIENCE)
    assert page.locator(BAR).is_hidden()
    exam.go_on(page)
    return {number: last}


def answer_without_a_server(page, site):
    """Kill the server, answer, start it again; the page sends the answer by itself."""
    number = exam.position(page)
    site.kill()
    last = answer(page, 1)
    page.locator(BAR).wait_for()
    site.start()
    page.locator(SAVED).wait_for(timeout=PATIENCE)
    exam.go_on(page)
    return {number: last}


def resume(page):
    """Go on with the running exam on another device, from one's own page."""
    follow(page, f".tasks a:has-text('{exam.TITLE}')")
    follow(page, "button:has-text('Go on here')")


def shown(page, numbers):
    """Turn the pages of these questions; returns the answers they show."""
    found = {}
    for number in numbers:
        exam.open_question(page, number)
        found[number] = exam.given(page)
    return found


def assert_told_that_another_goes_on(visitor):
    page = visitor.page
    exam.change(page)
    page.locator(BAR).wait_for()
    assert page.locator(BAR).inner_text() == TAKEN_OVER
    assert page.locator(f"{QUESTION} :is(input, button):enabled").count() == 0
    assert [fault.partition(":")[0] for fault in visitor.faults] == ["409"]


def answer_the_rest(page, after):
    """Answer every question from the one after these on; ends on the page of handing in."""
    exam.open_question(page, after + 1)
    answers = {}
    while page.locator(QUESTION).count():
        answers |= dict([answer_and_go_on(page)])
    return answers


def hand_in(page):
    assert page.locator(".warning").count() == 0  # nothing is unanswered
    follow(page, "button:has-text('Hand in for good')")
    assert page.get_by_text("You handed in on").is_visible()


def assert_nothing_is_told_before_the_release(page):
    assert page.locator("a:has-text('Read the result')").count() == 0
    assert page.request.get(f"{page.url}result/").status == 404


def test_an_exam_is_sat_without_script_each_question_sent_by_itself(site, candidate):
    page = candidate(java_script_enabled=False).page
    exam.begin(page)
    answers, pages = {}, []
    while page.locator(QUESTION).count():
        pages.append(page.content())
        number = exam.position(page)
        answers[number] = answer(page, number)
        exam.go_on(page)
    follow(page, "a:has-text('Back to the questions')")
    assert shown(page, answers) == answers
    follow(page, "button[value=hand_in]")
    hand_in(page)

    assert exam.standing(site.folder) == answers
    told = [text for text in exam.explanations(site.folder) for one in pages if text in one]
    assert told == []
    assert_nothing_is_told_before_the_release(page)
