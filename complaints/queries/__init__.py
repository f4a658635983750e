"""The questions asked of complaints."""

from complaints.queries.complaints import GROUPS, ComplaintQuerySet, OfComplaintQuerySet
from complaints.queries.keeping import due_for_destruction
from complaints.queries.recusal import Ties, ties_of

__all__ = [
    "GROUPS",
    "ComplaintQuerySet",
    "OfComplaintQuerySet",
    "Ties",
    "due_for_destruction",
    "ties_of",
]
