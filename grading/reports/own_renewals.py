"""The lines about the own term on a mediator's page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from grading.flows.renewal import RENEWAL, RenewalState
from grading.models import Renewal
from office.workbench import Place, Task


def renewal_lines(user, today):
    """Return the place of the own reappointments, and a task while one may reply."""
    rows = Renewal.objects.told().filter(appointment__mediator__user=user)
    cases = list(rows.select_related("appointment__organization").order_by("-pk"))
    if not cases:
        return []
    place = Place(_("My reappointments"), reverse("my_renewals"), "")
    return [place, *(_task(case) for case in cases if _may_reply(case, today))]


def _may_reply(case, today):
    return case.state == RenewalState.TOLD and not RENEWAL.refusals(case, "reply", today)


def _task(case):
    return Task(
        _("Your term was decided on: you may ask for a review"),
        reverse("my_renewal", args=[case.pk]),
        note=case.appointment.organization.name,
        due_on=case.reply_until,
        tone="warn",
    )
