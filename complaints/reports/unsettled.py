"""What was withdrawn with its code and still has to be looked at, on the handlers' own page."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from complaints.models import Complaint
from office.workbench import Task

DESK = "complaints"


def withdrawals_on_my_page(user, today):
    """Return one line for a handler who has to say of withdrawn complaints whether they go on."""
    count = Complaint.objects.unsettled().filter(handler=user).without_recused(user).count()
    if not count:
        return []
    note = ngettext("%(count)d complaint", "%(count)d complaints", count)
    return [
        Task(
            label=_("Withdrawn: go on with the facts, or leave it?"),
            url=f"{reverse(f'{DESK}:index')}?group=unsettled",
            note=note % {"count": count},
            tone="warn",
        )
    ]
