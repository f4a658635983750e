"""What complaints add to the own page of who is signed in."""

from django.urls import reverse
from django.utils.translation import gettext as _

from complaints.flows.task_sheet import WITH_THE_UNIT
from complaints.models import TaskSheet
from office.workbench import Place, Task


def sheets_on_my_page(user, today):
    """Return the sheets to which the person may still say something, and the place of all."""
    rows = list(TaskSheet.objects.about(user).with_limits().order_by("pk"))
    if not rows:
        return []
    tasks = [
        Task(
            label=_("State your side of a complaint"),
            url=reverse("my_complaint", args=[sheet.pk]),
            note=_("until the findings are in"),
            due_on=sheet.findings_due_on,
            tone="warn",
        )
        for sheet in rows
        if sheet.state in WITH_THE_UNIT and not sheet.statements.filter(kind="side").exists()
    ]
    return [*tasks, Place(_("Complaints about me"), reverse("my_complaints"))]
