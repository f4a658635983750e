"""What awaits a candidate after the release, and a marker before it, on the own page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from office.workbench import Task
from training.actions.marking import answers_for
from training.models import Appeal, Marker, Remark


def results_on_my_page(user, today):
    """Return a task for every result that changed, appeal that was decided, and exam to mark."""
    return [*_changed(user), *_decided(user), *_to_mark(user, today)]


def _changed(user):
    """Whose result was out and changed is told until it is read; nobody is silently changed."""
    rows = Remark.objects.to_tell().filter(attempt__candidate__mediator__user=user)
    exams = {}
    for remark in rows.select_related("attempt__exam").order_by("pk"):
        exams.setdefault(remark.attempt.exam, []).append(remark)
    return [
        Task(
            label=_("Your marks changed: %(exam)s") % {"exam": exam},
            url=reverse("exam_result", args=[exam.pk]),
            note=_("the result changed")
            if any(remark.changes_the_result for remark in remarks)
            else _("the result stays"),
            tone="warn",
        )
        for exam, remarks in exams.items()
    ]


def _decided(user):
    rows = Appeal.objects.filter(attempt__candidate__mediator__user=user, read_at=None)
    rows = rows.exclude(state="open").select_related("attempt__exam")
    return [
        Task(
            label=_("Your appeal is decided: %(exam)s") % {"exam": appeal.attempt.exam},
            url=reverse("exam_result", args=[appeal.attempt.exam_id]),
            note=appeal.get_state_display(),
        )
        for appeal in rows
    ]


def _to_mark(user, today):
    """Where an answer waits for this marker, or is in hand."""
    rows = Marker.objects.of(user).filter(exam__state="marking").select_related("exam")
    return [
        Task(label=_("Mark answers: %(exam)s") % {"exam": row.exam}, url=reverse("markings:next"))
        for row in rows
        if row.exam.markings.waiting().filter(marker=user).exists()
        or answers_for(row.exam, user, today).exists()
    ]
