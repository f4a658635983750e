"""The questions asked of complaints."""

from complaints.queries.complaints import ComplaintQuerySet, OfComplaintQuerySet

__all__ = ["ComplaintQuerySet", "OfComplaintQuerySet"]
