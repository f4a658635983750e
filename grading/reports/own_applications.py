"""What grading adds to the own page of who is signed in."""

from django.urls import reverse
from django.utils.translation import gettext as _

from grading.flows.application import (
    WITH_THE_APPLICANT,
    ApplicationState,
    its_round_is_open,
    its_window_is_open,
)
from grading.models import Application, RoundLevel
from office.workbench import Place, Task
from registry.models import Mediator

S = ApplicationState


def applications_on_my_page(user, today):
    """Return what came back, what waits for consent, what is begun, and the place of them all."""
    mediator = Mediator.objects.filter(user=user).first()
    if mediator is None:
        return []
    rows = Application.objects.filter(mediator=mediator, state__in=WITH_THE_APPLICANT)
    rows = rows.select_related("round_level", "grading_round").order_by("pk")
    tasks = [task for row in rows if (task := _task(row, today))]
    number = RoundLevel.objects.open_to(mediator, today).count()
    note = _("levels that may be applied for: %(number)d") % {"number": number}
    place = Place(_("Grading of mediators"), reverse("my_grading"), note if number else "")
    return [*tasks, place]


def _task(application, today):
    """Return the line of an application that lies with its applicant, None if it is too late."""
    level = {"level": application.round_level.label}
    url = reverse("my_application", args=[application.pk])
    if application.state == S.RETURNED:
        return Task(
            label=_("Correct your application: %(level)s") % level,
            url=url,
            note=_("returned with reasons"),
            due_on=application.correct_by,
            tone="error",
        )
    if its_round_is_open(application, today) or its_window_is_open(application, today):
        return None
    due_on = application.round_level.last_day
    if application.nominated_by_id is not None and application.agreed_on is None:
        label = _("You were nominated: %(level)s") % level
        return Task(label, url, _("agree or decline"), due_on, "warn")
    return Task(_("Application begun: %(level)s") % level, url, _("not handed in yet"), due_on)
