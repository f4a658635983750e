"""People study courses: each verb does its work once, however often it is asked."""

from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused
from training.actions.hours import credit_hours
from training.models import CourseCompletion, CourseStudy, LessonPage, LessonProgress, QuizAnswer
from training.rules.reading import is_furthest, known_options, questions_of, right_options


@transaction.atomic
def begin_course(mediator, course, *, today):
    """Take a course in hand; returns the study, which may have begun earlier."""
    study, _made = CourseStudy.objects.get_or_create(
        mediator=mediator, course=course, set_aside_on=None, defaults={"begun_on": today}
    )
    return study


@transaction.atomic
def read_on(mediator, lesson, block, *, today):
    """Remember that a mediator has read up to a block; going back forgets nothing."""
    progress = _progress(mediator, lesson, today)
    if is_furthest(lesson.body, progress.reached, block):
        progress.reached = block
        progress.save()
    return progress


@transaction.atomic
def answer_quiz(mediator, lesson, block, answers, *, by, today):
    """Take the answers to a quiz: {question id: ids of the options chosen}; returns the progress.

    The last right answer completes the lesson, the last lesson the course. The same answer sent
    again, and any answer to what was answered right, changes nothing.

    :raises Refused: if nothing was chosen.
    """
    quiz = questions_of([one for one in lesson.body if one.id == block])
    given = {pk: known_options(quiz[pk], chosen) for pk, chosen in answers.items() if pk in quiz}
    if not any(given.values()):
        raise Refused(_("Choose an answer first."))
    progress = _progress(mediator, lesson, today)
    for pk, chosen in given.items():
        if chosen:
            _answer(progress, pk, chosen, right_options(quiz[pk]))
    if is_furthest(lesson.body, progress.reached, block):
        progress.reached = block
        progress.save()
    asked = questions_of(lesson.body)
    if progress.answers.filter(question__in=asked, is_right=True).count() == len(asked):
        _complete(progress, by=by, today=today)
    return progress


@transaction.atomic
def finish_lesson(mediator, lesson, *, by, today):
    """Complete a lesson that asks nothing, on the word of the mediator who studied it.

    :raises Refused: if the lesson has questions: right answers complete it.
    """
    if questions_of(lesson.body):
        raise Refused(_("Answer the questions of this lesson; that completes it."))
    progress = _progress(mediator, lesson, today)
    _complete(progress, by=by, today=today)
    return progress


@transaction.atomic
def finish_course(mediator, course, *, by, today):
    """Complete a course whose lessons are all completed, and credit its hours; once.

    :raises Refused: if a lesson is left, or the mediator has not begun.
    """
    studies = CourseStudy.objects.standing().select_for_update(of=("self",))
    found = studies.filter(mediator=mediator, course=course).first()
    if found is None or not _finished(found, by=by, today=today):
        raise Refused(_("There are lessons left to study."))
    return found


@transaction.atomic
def set_aside(pk, *, by, today, reason):
    """Let a study count no more; the course can be begun anew. Credited hours stay.

    It is for two entries of one person that are to become one and both study the same course.

    :raises Refused: if it was set aside already.
    """
    study = CourseStudy.objects.select_for_update(of=("self",)).get(pk=pk)
    if study.set_aside_on:
        raise Refused(_("This was set aside already."))
    study.set_aside_on = today
    study.full_clean()
    study.save()
    after = {"set_aside_on": str(today)}
    ledger.append("training.coursestudy.set_aside", study, by=by, reason=reason, after=after)
    return study


def _progress(mediator, lesson, today):
    """Return the progress in a lesson, the study of its course locked until the end."""
    course = lesson.course
    begin_course(mediator, course, today=today)
    # The study is the lock: two answers of one person wait for each other.
    studies = CourseStudy.objects.standing().select_for_update(of=("self",))
    study = studies.get(mediator=mediator, course=course)
    study.started_on = study.started_on or today
    study.save()
    return LessonProgress.objects.get_or_create(study=study, lesson=lesson)[0]


def _answer(progress, question, chosen, right):
    is_right = set(chosen) == right
    answer, is_first = QuizAnswer.objects.get_or_create(
        progress=progress,
        question=question,
        defaults={"chosen": chosen, "is_right": is_right},
    )
    if is_first or answer.is_right or answer.chosen == chosen:
        return
    answer.chosen, answer.is_right = chosen, is_right
    answer.attempts += 1
    answer.save()


def _complete(progress, *, by, today):
    if progress.completed_on is None:
        progress.completed_on = today
        progress.save()
    _finished(progress.study, by=by, today=today)


def _finished(study, *, by, today):
    """Complete the course if nothing is left of it; tell whether it is completed."""
    if CourseCompletion.objects.filter(study=study).exists():
        return True
    lessons = LessonPage.objects.live().child_of(study.course)
    done = LessonProgress.objects.filter(study=study, completed_on__isnull=False)
    left = lessons.exclude(pk__in=done.values("lesson"))
    if not lessons.exists() or left.exists():
        return False
    _credit(study, lessons.count(), by=by, today=today)
    return True


def _credit(study, lessons, *, by, today):
    course = study.course
    completion = CourseCompletion(
        study=study,
        completed_on=today,
        hours=course.hours,
        content_class=course.content_class,
        lessons=lessons,
    )
    completion.full_clean()
    completion.save()
    credit_hours(
        study.mediator,
        hours=course.hours,
        content_class=course.content_class,
        source=completion,
        title=course.title[:200],
        done_on=today,
        by=by,
        today=today,
    )
    # After the credit: the head of the ledger is locked last.
    after = ledger.filled(completion) | {"course": course.title}
    ledger.append("training.coursecompletion.add", completion, by=by, after=after)
