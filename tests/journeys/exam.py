"""A candidate before the screen: begins, answers, goes on; and what the database says of it."""

import json
import sqlite3
from contextlib import closing

from tests.journeys.browser import follow

TITLE = "线上年度考试"
QUESTION = "form[data-exam]"
SAVED = "[data-exam-saved]:not(.waiting)"
WAITING = "[data-exam-saved].waiting"
BAR = "[data-exam-trouble]"
STANDING = """
    SELECT i.position, s.value FROM training_answersave s
    JOIN training_attemptitem i ON i.id = s.item_id
    JOIN training_attempt a ON a.id = s.attempt_id
    JOIN training_exam e ON e.id = a.exam_id
    JOIN training_examcandidate c ON c.id = a.candidate_id
    JOIN registry_mediator m ON m.id = c.mediator_id
    JOIN office_user u ON u.id = m.user_id
    WHERE u.username = 'mediator' AND e.title = ? AND NOT s.overtaken
    ORDER BY s.sequence
"""
EXPLAINED = """
    SELECT v.explanation FROM training_questionversion v
    WHERE v.explanation <> '' AND v.id IN (SELECT version_id FROM training_attemptitem)
"""


def begin(page):
    """Begin the exam from one's own page: two clicks."""
    follow(page, f".tasks a:has-text('{TITLE}')")
    follow(page, "button:has-text('Begin the exam')")


def position(page):
    return int(page.locator(QUESTION).get_attribute("data-position"))


def answer(page, turn=0):
    """Answer the question on the page, in another way each ``turn``; returns what was given."""
    fields = page.locator("[name=answer]")
    kind = page.locator(QUESTION).get_attribute("data-kind")
    if kind == "multiple":
        for number in range(fields.count()):
            fields.nth(number).set_checked(number <= turn)
        return given(page)
    if fields.first.get_attribute("type") == "radio":
        fields.nth(turn % fields.count()).check()
    else:
        fields.fill(f"三年{turn}")
        fields.blur()
    return given(page)


def change(page):
    """Change the answer by one move of the finger."""
    field = page.locator("[name=answer]").first
    if field.get_attribute("type") in {"radio", "checkbox"}:
        field.click()
    else:
        field.fill("三十日")
        page.keyboard.press("Tab")


def given(page):
    """Return what the page shows as the answer, as it is saved."""
    fields = page.locator("[name=answer]")
    if fields.first.get_attribute("type") in {"radio", "checkbox"}:
        chosen = [
            field.get_attribute("value") for field in page.locator("[name=answer]:checked").all()
        ]
        is_several = page.locator(QUESTION).get_attribute("data-kind") == "multiple"
        return chosen if is_several else next(iter(chosen), None)
    return fields.input_value()


def answer_and_go_on(page, turn=0):
    """Answer, wait until it is acknowledged, go to the next page; returns (position, answer)."""
    answered = position(page), answer(page, turn)
    page.locator(SAVED).wait_for()
    go_on(page)
    return answered


def go_on(page):
    follow(page, "button[name=go][value=next]")


def open_question(page, number):
    follow(page, f".exam-grid button[value='{number}']")


def standing(folder):
    """Return the answers of the demo's mediator that stand in the database of a site."""
    with closing(sqlite3.connect(folder / "city.sqlite3")) as database:
        return {number: json.loads(value) for number, value in database.execute(STANDING, [TITLE])}


def explanations(folder):
    """Return the explanations of all questions that were asked."""
    with closing(sqlite3.connect(folder / "city.sqlite3")) as database:
        return [text for (text,) in database.execute(EXPLAINED)]
