"""What the case library adds to the own page of who is signed in."""

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.flows import StudyState
from casework.models import CaseStudy
from office.workbench import Place, Task
from registry.models import Mediator


def studies_on_my_page(user, today):
    """Return what came back to a mediator, the place of the own write-ups, and the library."""
    mediator = Mediator.objects.filter(user=user).first()
    if mediator is None:
        return []
    returned = CaseStudy.objects.of_author(mediator).filter(state=StudyState.RETURNED)
    tasks = [
        Task(
            label=_("Rework “%(study)s”") % {"study": study.title},
            url=reverse("my_case_study", args=[study.pk]),
            note=_("returned with reasons"),
            tone="warn",
        )
        for study in returned.order_by("pk")
    ]
    return [
        *tasks,
        Place(_("My write-ups"), reverse("my_case_studies")),
        Place(_("Cases for you"), reverse("my_library")),
    ]
