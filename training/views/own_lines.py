"""What training adds to the own page of who is signed in."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from office.workbench import Place, Task
from registry.models import Mediator
from training.models import CoursePage

MOST_TASKS = 3


def course_lines(user, today):
    """The courses to go on with, each one click from its lesson, and the place of all of them."""
    mediator = Mediator.objects.filter(user=user).first()
    if mediator is None:
        return []
    courses = CoursePage.objects.offered().with_progress_of(mediator)
    underway = [course for course in courses.underway()[:MOST_TASKS] if course.next_lesson]
    tasks = [
        Task(
            label=_("Continue the course “%(course)s”") % {"course": course.title},
            url=reverse("resume_lesson", args=[course.next_lesson]),
            note=_("%(done)d of %(all)d lessons")
            % {"done": course.done_count, "all": course.lesson_count},
        )
        for course in underway
    ]
    number = courses.completed().count()
    note = ngettext("%(number)d completed", "%(number)d completed", number) % {"number": number}
    return [
        *tasks,
        Place(_("Courses"), reverse("my_courses"), note if number else ""),
        Place(_("Textbooks"), reverse("my_textbooks")),
    ]
