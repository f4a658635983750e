"""A mediator studies on a phone until the hours are credited; anybody checks certificates."""

import json

import pytest

from tests.databases import ROOT
from tests.journeys.browser import follow

COURSE = "人民调解法逐条学"


def right_answers():
    """Return the right answers to every question of the courses."""
    courses = json.loads((ROOT / "fixtures" / "courses.json").read_text(encoding="utf-8"))
    return {
        question["stem"]: {one["text"] for one in question["options"] if one["correct"]}
        for course in courses
        for lesson in course["lessons"]
        for block in lesson["blocks"]
        if block["type"] == "quiz"
        for question in block["value"]["questions"]
    }


def test_a_course_is_gone_on_with_until_its_hours_are_credited(arrive):
    page = arrive(language="en").sign_in("mediator", to="/my/")
    assert page.locator(".tasks li").count() > 2
    follow(page, f".tasks a:has-text('{COURSE}')")
    assert page.locator("text=Lesson 3 of 4").is_visible()
    assert "#block-" in page.url  # where it was left

    study_the_lesson(page)
    follow(page, "a[rel=next]")
    study_the_lesson(page)

    assert page.locator("text=You completed this course on").is_visible()
    page.goto("/my/")
    assert page.locator(f".tasks a:has-text('{COURSE}')").count() == 0
    follow(page, "a:has-text('My hours')")
    credited = page.locator(".card", has_text=COURSE).inner_text()
    assert credited.split()[-1] == "3"


def study_the_lesson(page):
    """Read to the end, answer wrong, be told so, answer right."""
    while page.locator("button:has-text('Read, go on')").count():
        follow(page, "button:has-text('Read, go on')")
    follow(page, "button:has-text('Check my answers')")
    assert page.locator(".error-summary").inner_text().strip().endswith("Choose an answer first.")
    for is_right in [False, True]:
        answer(page, is_right=is_right)
        verdict = "Right" if is_right else "Not right yet"
        told = page.locator("form .field .tag").all_inner_texts()
        assert set(told) == {verdict}
    assert page.locator("text=You completed this lesson on").is_visible()


def answer(page, *, is_right):
    """Choose only right answers, or one wrong answer to each question, and send them."""
    rights = right_answers()
    for question in page.locator("form fieldset").all():
        right = rights[question.locator("legend [lang]").inner_text()]
        for field in question.locator("input[type=checkbox]").all():
            field.uncheck()
        fits = [
            label
            for label in question.locator("label").all()
            if (label.inner_text().strip() in right) == is_right
        ]
        for label in fits if is_right else fits[:1]:
            label.locator("input").check()
    follow(page, "button:has-text('Check my answers')")


def public_check(page, state):
    """Return where the public checks a certificate in a state, as its record says."""
    page.goto(f"/admin/certificates/?state={state}")
    follow(page, "tbody th a")
    return page.locator("a[href*='/verify/']").first.get_attribute("href")


@pytest.mark.parametrize(
    ("state", "said"),
    [("issued", "This certificate is valid today."), ("revoked", "revoked")],
)
def test_a_certificate_is_checked_without_a_click(arrive, officer, state, said):
    address = public_check(officer(), state)
    page = arrive(language="en").page

    assert page.goto(address).status == 200

    assert said in page.locator("main").inner_text()
    facts = page.locator("dl.facts").first.inner_text()
    assert "诸暨市司法局" in facts


def test_a_certificate_that_was_never_issued_is_not_found(arrive):
    page = arrive(language="en").page
    assert page.goto("/verify/AAAAAAAAAAAAAAAAAAAA/").status == 404

    page.goto("/verify/")
    page.fill("[name=code]", "AAAA-AAAA-AAAA-AAAA-AAAA")
    follow(page, "main form .button")

    assert "No certificate was found." in page.locator(".error-summary").inner_text()


def test_courses_are_open_to_everybody(arrive):
    page = arrive(language="en").page
    page.goto("/courses/")
    follow(page, f".card a:has-text('{COURSE}')")
    follow(page, "main ol.links a")

    assert page.locator("main .prose p").count() > 2
    assert page.locator("main form").count() == 0
