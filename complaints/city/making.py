"""The complaints of the demo city in one transaction."""

from django.db import transaction

from complaints.city.complaints import make_cases
from complaints.city.decisions import make_decisions
from complaints.city.entered import make_entered
from complaints.city.insight import make_insight
from complaints.city.task_sheets import make_task_sheets
from complaints.models import Complaint


@transaction.atomic
def make_complaints(today):
    """Add invented complaints to a demo city; returns what the parts counted."""
    make_cases(today)
    make_entered(today)
    sheets = make_task_sheets(today)
    decided = make_decisions(today)
    make_insight(today)
    return {"complaints": Complaint.objects.count(), "decided": decided, **sheets}
