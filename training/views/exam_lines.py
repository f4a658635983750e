"""The lines of exams on the own page of a mediator."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from office.workbench import Place, Task
from training.flows import ExamState
from training.models import ExamCandidate


def exam_lines(user, today):
    """Return a task for every exam that can be begun or gone on with, and the place of all."""
    now = timezone.now()
    places = ExamCandidate.objects.announced().filter(mediator__user=user)
    places = list(places.with_attempt(now).with_taken().select_related("exam").newest())
    if not places:
        return []
    tasks = [_task(place, now) for place in places if _is_due(place, now)]
    return [*tasks, Place(_("My exams"), reverse("my_exams"))]


def _is_due(place, now):
    ahead = place.exam.state == ExamState.SCHEDULED and now < place.exam.opens_at
    return place.is_sitting or (not place.taken and (ahead or place.exam.takes_beginners(now)))


def _task(place, now):
    exam = place.exam
    url = reverse("my_exam", args=[exam.pk])
    if place.is_sitting:
        url = reverse("exam_question", args=[exam.pk, 1])
        return Task(exam.title, url, _("being sat"), timezone.localdate(exam.closes_at), "warn")
    if now < exam.opens_at:
        at = date_format(timezone.localtime(exam.opens_at), "DATETIME_FORMAT")
        return Task(exam.title, url, _("begins %(moment)s") % {"moment": at}, exam.day)
    return Task(
        exam.title, url, _("can be begun now"), timezone.localdate(exam.closes_at), "warn"
    )  # fmt: skip
