"""The questions asked of complaints."""

from complaints.queries.complaints import ComplaintQuerySet, OfComplaintQuerySet
from complaints.queries.entered import EnteredComplaintQuerySet

__all__ = ["ComplaintQuerySet", "EnteredComplaintQuerySet", "OfComplaintQuerySet"]
