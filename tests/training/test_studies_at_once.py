"""The last answer sent several times at the same moment: the hours are credited once."""

import threading

import pytest
from django.db import connection

from tests import make
from tests.make import TODAY
from tests.training import make_courses as made
from tests.training.make_courses import answered
from training import actions
from training.models import CourseCompletion, CourseStudy, HourEntry, QuizAnswer

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Start all acts at the same moment; return what went wrong."""
    meet, faults = threading.Barrier(len(acts)), []

    def run(act):
        try:
            meet.wait()
            act()
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is told
            faults.append(repr(fault))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def test_the_last_answers_sent_at_once_credit_once():
    mediator, course = make.mediator(), made.course()
    lessons = [made.lesson(course, made.one_question(name)) for name in "甲乙"]

    faults = at_once(
        *[lambda: answered(mediator, lessons[0], "甲")] * 2,
        *[lambda: answered(mediator, lessons[1], "乙")] * 2,
        lambda: actions.begin_course(mediator, course, today=TODAY),
    )

    assert faults == []
    assert CourseStudy.objects.count() == CourseCompletion.objects.count() == 1
    assert HourEntry.objects.count() == 1
    assert [answer.attempts for answer in QuizAnswer.objects.all()] == [1, 1]
