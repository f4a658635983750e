"""The questions asked of complaints."""

from complaints.queries.complaints import ComplaintQuerySet, OfComplaintQuerySet
from complaints.queries.keeping import due_for_destruction

__all__ = ["ComplaintQuerySet", "OfComplaintQuerySet", "due_for_destruction"]
