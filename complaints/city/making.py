"""The complaints of the demo city in one transaction."""

from django.db import transaction

from complaints.city.insight import make_insight
from complaints.models import Complaint


@transaction.atomic
def make_complaints(today):
    """Add invented complaints to a demo city; returns what the parts counted."""
    make_insight(today)
    return {"complaints": Complaint.objects.count()}
