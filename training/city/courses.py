"""Courses in the demo city: published, with people at every stage of studying them."""

import json
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path

from django.conf import settings

from registry.models import Division, DivisionLevel, Mediator, Speciality
from training import actions
from training.actions.lecturers import add_lecturer, end_lecturer
from training.actions.textbooks import load_textbooks
from training.models import CoursePage
from training.rules.reading import questions_of, right_options, sections_of

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
REASON = "演示数据。"
PEOPLE = 36
LECTURERS = [
    ("傅思源", "绍兴市中级人民法院", "司法确认与调解协议审查"),
    ("茹亦清", "绍兴市律师协会", "婚姻家庭与继承"),
    ("金牧之", "绍兴市人力资源和社会保障局", "劳动争议与工资计算"),
    ("祝文绮", "绍兴市心理卫生协会", "倾听、提问与情绪疏导"),
    ("邵伯安", "绍兴市公安局交通警察支队", "道路交通事故赔偿"),
]


def make_courses(today):
    """Load courses and textbooks, and let people study; returns the number of studies.

    The account ``mediator`` is half-way through one course, has completed another and enrolled in a
    third.
    """
    city = Division.objects.filter(level=DivisionLevel.CITY).first()
    actions.load_courses(_read("courses.json"))
    load_textbooks(_read("textbooks.json"), division=city, by=None, today=today)
    _make_lecturers(city, today)
    courses = list(CoursePage.objects.offered().order_by("path"))
    demo = Mediator.objects.filter(user__username="mediator").first()
    others = Mediator.objects.filter(user=None, appointments__state="in_post").order_by("pk")
    people = _spread(others.distinct().values_list("pk", flat=True))
    made = _study_as_the_demo(demo, courses, today) if demo else 0
    for number, pk in enumerate(people):
        person = Mediator.objects.get(pk=pk)
        for further in range(1 + number % 3):
            course = courses[(number + further * 5) % len(courses)]
            _study(person, course, part=number % 5, today=today - timedelta(days=number % 40))
            made += 1
    return made


def _study_as_the_demo(person, courses, today):
    half, whole, begun = courses[0], courses[4], courses[7]
    _study(person, whole, part=4, today=today - timedelta(days=60))
    _study(person, half, part=2, today=today - timedelta(days=3))
    _study(person, begun, part=0, today=today)
    return 3


def _study(person, course, *, part, today):
    """Study a course to so many quarters; 0 is only enrolled."""
    actions.begin_course(person, course, today=today)
    lessons = list(course.lessons)
    whole = len(lessons) * part // 4
    for lesson in lessons[:whole]:
        _complete(person, lesson, today)
    if 0 < part < 4 and whole < len(lessons):
        lesson = lessons[whole]
        second = sections_of(lesson.body)[1:2]
        if second:
            actions.read_on(person, lesson, second[0][0].id, today=today)


def _complete(person, lesson, today):
    """Answer every quiz of a lesson right, or say that it was studied."""
    quizzes = [block for block in lesson.body if block.block_type == "quiz"]
    for quiz in quizzes:
        answers = {pk: right_options(one) for pk, one in questions_of([quiz]).items()}
        actions.answer_quiz(person, lesson, quiz.id, answers, by=person.user, today=today)
    if not quizzes:
        actions.finish_lesson(person, lesson, by=person.user, today=today)


def _make_lecturers(city, today):
    fields = cycle(Speciality.objects.order_by("pk")[:8])
    for name, unit, teaches in LECTURERS:
        lecturer = add_lecturer(
            name=name,
            unit=unit,
            teaches=teaches,
            division=city,
            from_on=today - timedelta(days=400),
            specialities=list(islice(fields, 1)),
            by=None,
            today=today,
            reason=REASON,
        )
    end_lecturer(lecturer.pk, by=None, today=today - timedelta(days=30), reason=REASON)


def _spread(pks):
    """Return people from all over the list, always the same ones."""
    pks = list(pks)
    return pks[:: max(1, len(pks) // PEOPLE)][:PEOPLE]


def _read(name):
    return json.loads((FIXTURES / name).read_text(encoding="utf-8"))
