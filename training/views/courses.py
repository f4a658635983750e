"""A mediator's own courses: the shelf, the course, the lesson, and what is sent from there."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from office.flow import Refused
from registry.models import Mediator
from training import actions
from training.models import CoursePage, LessonPage, LessonProgress, TrainingIndexPage
from training.rules.reading import reading_of

MOST_RECOMMENDED = 6


def for_mediators(view):
    """Hand the mediator of the signed-in account to a view; others find no such page."""

    @login_required
    @never_cache
    @wraps(view)
    def found(request, *args, **kwargs):
        return view(request, get_object_or_404(Mediator, user=request.user), *args, **kwargs)

    return found


@require_safe
@for_mediators
def my_courses(request, mediator):
    """Show the courses in hand, those that suit the mediator, and those completed."""
    courses = CoursePage.objects.offered().with_progress_of(mediator)
    context = {
        "crumbs": crumbs(),
        "underway": courses.underway(),
        "recommended": courses.recommended_to(mediator)[:MOST_RECOMMENDED],
        "completed": courses.completed(),
        "index": TrainingIndexPage.objects.offered().first(),
    }
    return render(request, "training/my_courses.html", context)


@require_safe
@for_mediators
def my_course(request, mediator, pk):
    """Show a course with its lessons, ticked as far as they are completed."""
    course = own_course(mediator, pk)
    context = {
        "crumbs": crumbs(course),
        "course": course,
        "lessons": course.lessons.with_progress_of(mediator),
    }
    return render(request, "training/my_course.html", context)


@require_POST
@for_mediators
def begin_course(request, mediator, pk):
    """Take a course in hand and open the lesson to go on with."""
    course = own_course(mediator, pk)
    actions.begin_course(mediator, course, today=timezone.localdate())
    if course.next_lesson is None:
        return redirect("my_course", pk)
    return redirect("resume_lesson", course.next_lesson)


@require_POST
@for_mediators
def finish_course(request, mediator, pk):
    """Complete a course of which no lesson is left."""
    course = own_course(mediator, pk)
    try:
        actions.finish_course(mediator, course, by=request.user, today=timezone.localdate())
    except Refused as refusal:
        raise Http404 from refusal
    return redirect("my_course", pk)


@require_safe
@for_mediators
def my_lesson(request, mediator, pk):
    """Show a lesson as far as it is read, with the answers given so far."""
    return show_lesson(request, mediator, own_lesson(pk))


@require_safe
@for_mediators
def resume_lesson(request, mediator, pk):
    """Lead to the place in a lesson up to which it was read."""
    lesson = own_lesson(pk)
    progress = LessonProgress.objects.of(mediator, lesson)
    return redirect(address_in(lesson, progress.reached if progress else ""))


@require_POST
@for_mediators
def read_on(request, mediator, pk):
    """Remember the section that was read, and go on with the next."""
    lesson, block = own_lesson(pk), request.POST.get("block", "")
    actions.read_on(mediator, lesson, block, today=timezone.localdate())
    return redirect(address_in(lesson, str(block)))


@require_POST
@for_mediators
def answer_quiz(request, mediator, pk, block):
    """Take the answers to one quiz and show beside each what came of it."""
    lesson = own_lesson(pk)
    answers = {
        name.removeprefix("question-"): chosen
        for name, chosen in request.POST.lists()
        if name.startswith("question-")
    }
    try:
        actions.answer_quiz(
            mediator, lesson, str(block), answers, by=request.user, today=timezone.localdate()
        )
    except Refused as refusal:
        wrong = {"block": str(block), "sentences": refusal.messages}
        return show_lesson(request, mediator, lesson, wrong=wrong, status=422)
    return redirect(address_in(lesson, str(block)))


@require_POST
@for_mediators
def finish_lesson(request, mediator, pk):
    """Complete a lesson that has no questions."""
    lesson = own_lesson(pk)
    try:
        actions.finish_lesson(mediator, lesson, by=request.user, today=timezone.localdate())
    except Refused as refusal:
        wrong = {"block": "", "sentences": refusal.messages}
        return show_lesson(request, mediator, lesson, wrong=wrong, status=422)
    return redirect(f"{reverse('my_lesson', args=[pk])}#end")


def show_lesson(request, mediator, lesson, *, wrong=None, status=200):
    """Render a lesson; ``wrong`` names the quiz that was sent without an answer."""
    course = own_course(mediator, lesson.get_parent().pk)
    progress = LessonProgress.objects.of(mediator, lesson)
    sections = reading_of(
        lesson.body,
        progress.reached if progress else "",
        {answer.question: answer for answer in progress.answers.all()} if progress else {},
    )
    context = {
        "crumbs": crumbs(course, lesson),
        "course": course,
        "lesson": lesson,
        "place": course.lessons.place_of(lesson),
        "sections": sections,
        "progress": progress,
        "has_quiz": any(part.questions for section in sections for part in section.parts),
        "wrong": wrong,
        "has_errors": bool(wrong),
    }
    return render(request, "training/my_lesson.html", context, status=status)


def address_in(lesson, block):
    """Return the address of a block of a lesson; of the whole lesson if it has no such block."""
    address = reverse("my_lesson", args=[lesson.pk])
    return f"{address}#block-{block}" if block in {one.id for one in lesson.body} else address


def own_course(mediator, pk):
    """Return a published course with the mediator's progress, or say that there is none."""
    return get_object_or_404(CoursePage.objects.offered().with_progress_of(mediator), pk=pk)


def own_lesson(pk):
    """Return a published lesson of a published course, or say that there is none."""
    lesson = get_object_or_404(LessonPage.objects.offered(), pk=pk)
    if not lesson.get_parent().live:
        raise Http404
    return lesson


def crumbs(course=None, lesson=None):
    """Return the way from the home page to a page of one's own courses."""
    way = [
        {"label": _("My page"), "url": reverse("my_page")},
        {"label": _("My courses"), "url": reverse("my_courses") if course else ""},
    ]
    if course:
        url = reverse("my_course", args=[course.pk]) if lesson else ""
        way.append({"label": course.title, "url": url, "lang": "zh-hans"})
    if lesson:
        way.append({"label": lesson.title, "url": "", "lang": "zh-hans"})
    return way
