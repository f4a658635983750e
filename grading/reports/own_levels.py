"""The lines about the own level on a mediator's page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from grading.flows import GradeState
from grading.models import Grade
from office.workbench import Place, Task

CONTESTED = {GradeState.LOWERING, GradeState.REVOKING}


def level_lines(user, today):
    """Return the places of the level and titles held, and a task where one is to be taken away."""
    rows = Grade.objects.standing().filter(mediator__user=user).order_by("pk")
    return [line for row in rows for line in _lines(row)]


def _lines(grade):
    url = reverse("my_level", args=[grade.pk])
    yield Place(_("My title") if grade.is_title else _("My level"), url, grade.label)
    if grade.state in CONTESTED and grade.answered_on is None:
        label = _("Your level is to be taken away: answer")
        if grade.is_title:
            label = _("Your title is to be taken away: answer")
        yield Task(label, url, note=grade.label, due_on=grade.answer_by, tone="error")
