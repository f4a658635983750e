"""Studying: right answers prove it, nothing is counted twice, nothing is taken back."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from office.flow import Refused
from office.models import LedgerEntry
from registry.actions.merges import merge_mediators
from tests import make
from tests.make import DAY, TODAY
from tests.training import make_courses as made
from tests.training.make_courses import answered, key
from training import actions
from training.models import (
    CourseCompletion,
    CoursePage,
    CourseStudy,
    HourEntry,
    LessonProgress,
    QuizAnswer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def mediator():
    return make.mediator()


@pytest.fixture
def course():
    return made.course()


def shelf(mediator):
    return CoursePage.objects.offered().with_progress_of(mediator)


def test_a_course_is_begun_once(mediator, course):
    first = actions.begin_course(mediator, course, today=TODAY)

    assert actions.begin_course(mediator, course, today=TODAY + DAY) == first
    assert CourseStudy.objects.get().begun_on == TODAY


def test_a_wrong_answer_is_kept_and_completes_nothing(mediator, course):
    lesson = made.lesson(course, made.one_question())

    progress = answered(mediator, lesson, chosen="一年")

    answer = QuizAnswer.objects.get()
    assert (answer.is_right, answer.attempts) == (False, 1)
    assert answer.chosen == [key("几年一届？", "一年")]
    assert progress.completed_on is None
    assert HourEntry.objects.count() == 0


def test_the_same_wrong_answer_sent_twice_is_one_attempt(mediator, course):
    lesson = made.lesson(course, made.one_question())
    for _click in range(2):
        answered(mediator, lesson, chosen="一年")

    assert QuizAnswer.objects.get().attempts == 1


def test_a_right_answer_stays_right(mediator, course):
    lesson = made.lesson(course, made.one_question())
    for chosen in ["一年", "三年", "一年"]:
        answered(mediator, lesson, chosen=chosen)

    answer = QuizAnswer.objects.get()
    assert (answer.is_right, answer.attempts) == (True, 2)


def test_several_right_options_are_right_only_together(mediator, course):
    name = "哪些是原则？"
    quiz = made.quiz("principles", made.question(name, "+自愿", "+平等", "收费"))
    lesson = made.lesson(course, quiz)

    def send(*chosen):
        answers = {key(name): [key(name, one) for one in chosen]}
        actions.answer_quiz(mediator, lesson, key("principles"), answers, by=None, today=TODAY)
        return QuizAnswer.objects.get().is_right

    assert send("自愿") is False
    assert send("自愿", "平等", "收费") is False
    assert send("平等", "自愿") is True


@pytest.mark.parametrize("answers", [{}, {"no-such-question": ["x"]}, {key("几年一届？"): ["x"]}])
def test_an_answer_that_chooses_nothing_is_refused(mediator, course, answers):
    lesson = made.lesson(course, made.one_question())

    with pytest.raises(Refused):
        actions.answer_quiz(
            mediator, lesson, key("quiz of 几年一届？"), answers, by=None, today=TODAY
        )
    assert CourseStudy.objects.count() == 0


def test_questions_of_another_quiz_are_not_answered(mediator, course):
    lesson = made.lesson(course, made.one_question("甲"), made.one_question("乙"))

    with pytest.raises(Refused):
        actions.answer_quiz(
            mediator,
            lesson,
            key("quiz of 甲"),
            {key("乙"): [key("乙", "三年")]},
            by=None,
            today=TODAY,
        )


def test_the_last_right_answer_completes_the_lesson_and_the_last_lesson_the_course(
    mediator, course
):
    first = made.lesson(course, made.one_question("甲"), made.one_question("乙"))
    second = made.lesson(course, made.block("paragraph", "<p>读。</p>"))

    assert answered(mediator, first, "甲").completed_on is None
    assert answered(mediator, first, "乙").completed_on == TODAY
    assert CourseCompletion.objects.count() == 0
    actions.finish_lesson(mediator, second, by=None, today=TODAY + DAY)

    completion = CourseCompletion.objects.get()
    assert (completion.completed_on, completion.hours, completion.lessons) == (
        TODAY + DAY, Decimal("2.0"), 2,
    )  # fmt: skip


def test_a_completed_course_is_credited_once_in_its_class_of_content(mediator, course):
    lesson = made.lesson(course, made.block("paragraph", "<p>读。</p>"))
    for _click in range(3):
        actions.finish_lesson(mediator, lesson, by=None, today=TODAY)
        actions.finish_course(mediator, course, by=None, today=TODAY)

    entry = HourEntry.objects.get()
    assert (entry.hours, entry.content_class, entry.done_on) == (Decimal("2.0"), "law", TODAY)
    assert (entry.source_type, entry.source_id) == (
        "training.coursecompletion", str(CourseCompletion.objects.get().pk),
    )  # fmt: skip
    acts = LedgerEntry.objects.filter(act="training.coursecompletion.add")
    assert [entry.after["course"] for entry in acts] == [course.title]


def test_a_lesson_with_questions_is_not_completed_on_ones_word(mediator, course):
    lesson = made.lesson(course, made.one_question())

    with pytest.raises(Refused):
        actions.finish_lesson(mediator, lesson, by=None, today=TODAY)


def test_a_lesson_added_later_takes_nothing_back(mediator, course):
    lesson = made.lesson(course, made.one_question())
    answered(mediator, lesson)
    made.lesson(course, made.one_question("乙"))

    assert HourEntry.objects.total() == Decimal("2.0")
    found = shelf(mediator).get()
    assert (found.completed_on, found.done_count, found.lesson_count) == (TODAY, 1, 2)


def test_a_draft_lesson_keeps_nobody_from_completing(mediator, course):
    lesson = made.lesson(course, made.one_question())
    made.lesson(course, made.one_question("乙")).unpublish()

    answered(mediator, lesson)

    assert CourseCompletion.objects.get().lessons == 1


def test_a_course_is_not_finished_while_a_lesson_is_left(mediator, course):
    made.lesson(course, made.one_question())
    last = made.lesson(course, made.one_question("乙"))
    answered(mediator, last, "乙")

    with pytest.raises(Refused):
        actions.finish_course(mediator, course, by=None, today=TODAY)


def test_a_course_whose_last_lesson_is_taken_away_can_be_finished(mediator, course):
    lesson = made.lesson(course, made.one_question())
    gone = made.lesson(course, made.one_question("乙"))
    answered(mediator, lesson)
    gone.unpublish()

    actions.finish_course(mediator, course, by=None, today=TODAY)

    assert CourseCompletion.objects.get().lessons == 1


@pytest.mark.parametrize("begun", [True, False])
def test_a_course_without_lessons_is_not_finished(mediator, course, begun):
    if begun:
        actions.begin_course(mediator, course, today=TODAY)

    with pytest.raises(Refused):
        actions.finish_course(mediator, course, by=None, today=TODAY)


def test_the_furthest_place_is_kept(mediator, course):
    blocks = [made.block("heading", name) for name in ["甲", "乙", "丙"]]
    lesson = made.lesson(course, *blocks)
    for name in ["乙", "丙", "乙", "无"]:
        actions.read_on(mediator, lesson, key(name), today=TODAY)

    assert LessonProgress.objects.get().reached == key("丙")


def test_the_lesson_to_go_on_with_is_the_last_touched_then_the_next(mediator, course):
    first, second, third = (made.lesson(course, made.one_question(name)) for name in "甲乙丙")

    assert shelf(mediator).get().next_lesson == first.pk
    answered(mediator, third, "丙", chosen="一年")
    assert shelf(mediator).get().next_lesson == third.pk
    answered(mediator, third, "丙")
    assert shelf(mediator).get().next_lesson == first.pk
    answered(mediator, first, "甲")
    assert shelf(mediator).get().next_lesson == second.pk


def test_the_shelf_tells_courses_apart(mediator):
    begun, done, new, other = (made.course(title) for title in ["起", "毕", "新", "别"])
    CoursePage.objects.filter(pk=other.pk).update(field=make.speciality("traffic", "交通"))
    own = make.speciality()
    CoursePage.objects.filter(pk=begun.pk).update(field=own)
    mediator.specialities.add(own)
    suits = made.course("合", field=own)
    actions.begin_course(mediator, begun, today=TODAY)
    answered(mediator, made.lesson(done, made.one_question()))

    assert list(shelf(mediator).underway()) == [begun]
    assert list(shelf(mediator).completed()) == [done]
    assert list(shelf(mediator).recommended_to(mediator)) == [suits, new]


def test_what_somebody_else_studies_does_not_show(mediator, course):
    answered(make.mediator(), made.lesson(course, made.one_question()))

    found = shelf(mediator).get()
    assert (found.begun_on, found.completed_on, found.done_count) == (None, None, 0)


def test_what_is_set_aside_counts_no_more_and_can_be_begun_anew(mediator, course):
    lesson = made.lesson(course, made.one_question())
    first = answered(mediator, lesson).study

    actions.set_aside(first.pk, by=None, today=TODAY + DAY, reason="Two entries.")

    found = shelf(mediator).get()
    assert (found.begun_on, found.completed_on, found.done_count) == (None, None, 0)
    assert LessonProgress.objects.of(mediator, lesson) is None
    assert actions.begin_course(mediator, course, today=TODAY + DAY) != first
    assert HourEntry.objects.total() == Decimal("2.0")
    assert LedgerEntry.objects.filter(act="training.coursestudy.set_aside").count() == 1
    with pytest.raises(Refused):
        actions.set_aside(first.pk, by=None, today=TODAY + DAY, reason="Two entries.")


def test_two_entries_of_one_person_become_one_when_one_study_is_set_aside(mediator, course):
    other = make.mediator()
    for person in [mediator, other]:
        actions.begin_course(person, course, today=TODAY)

    def merge():
        merge_mediators(mediator.pk, by=make.user(), today=TODAY, reason="One.", gone=other)

    with pytest.raises(Refused):
        merge()
    actions.set_aside(other.course_studies.get().pk, by=None, today=TODAY, reason="One.")
    merge()
    assert mediator.course_studies.count() == 2


@pytest.mark.parametrize("page", ["course", "lesson"])
def test_a_page_that_somebody_studies_cannot_be_deleted(mediator, course, page):
    lesson = made.lesson(course, made.one_question())
    answered(mediator, lesson, chosen="一年")

    with pytest.raises(ProtectedError), transaction.atomic():
        {"course": course, "lesson": lesson}[page].delete()
    assert LessonProgress.objects.count() == 1


def test_when_the_credit_fails_nothing_is_answered_or_completed(mediator, course, monkeypatch):
    lesson = made.lesson(course, made.one_question())

    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("training.actions.studies.credit_hours", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        answered(mediator, lesson)

    assert QuizAnswer.objects.count() == CourseCompletion.objects.count() == 0
    assert CourseStudy.objects.count() == 0


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (CourseStudy, {"started_on": date(2000, 1, 1)}),
        (CourseStudy, {"set_aside_on": date(2000, 1, 1)}),
        (CourseCompletion, {"hours": 0}),
        (CourseCompletion, {"lessons": 0}),
        (CourseCompletion, {"content_class": "magic"}),
        (QuizAnswer, {"attempts": 0}),
        (CoursePage, {"hours": 0}),
        (CoursePage, {"level": "magic"}),
        (CoursePage, {"audience": "magic"}),
        (CoursePage, {"content_class": "magic"}),
    ],
)
def test_the_database_keeps_studies_whole(mediator, course, model, values):
    answered(mediator, made.lesson(course, made.one_question()))

    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**values)


def test_the_database_keeps_one_study_one_progress_one_answer(mediator, course):
    answered(mediator, made.lesson(course, made.one_question()))

    for model in [CourseStudy, LessonProgress, QuizAnswer, CourseCompletion]:
        row = model.objects.get()
        row.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)
