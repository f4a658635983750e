"""What training adds to the own page of a mediator: tasks and places."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from office.workbench import Place, Task
from registry.models import Mediator
from training.reports.hours import needs_of


def hours_on_my_page(user, today):
    """Return the place of one's hours, and a task while hours of the year are missing."""
    mediator = Mediator.objects.filter(user=user).first()
    if mediator is None:
        return []
    url = reverse("my_hours")
    missing = [need for need in needs_of(mediator, year=today.year, today=today) if need.missing]
    tasks = [
        Task(
            label=_("Learn %(missing)s more class hours: %(requirement)s")
            % {"missing": need.missing, "requirement": need.label},
            url=url,
            due_on=date(today.year, 12, 31),
        )
        for need in missing
    ]
    return [*tasks, Place(label=_("My hours"), url=url)]
