"""The complaints of the demo city in one transaction."""

from django.db import transaction

from complaints.city.complaints import make_cases
from complaints.city.decisions import make_decisions
from complaints.city.task_sheets import make_task_sheets
from complaints.models import Complaint


@transaction.atomic
def make_complaints(today):
    """Add invented complaints to a demo city; returns what the parts counted."""
    make_cases(today)
    sheets = make_task_sheets(today)
    decided = make_decisions(today)
    return {"complaints": Complaint.objects.count(), **sheets, "decided": decided}
