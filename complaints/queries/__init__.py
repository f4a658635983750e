"""The questions asked of complaints."""

from complaints.queries.complaints import GROUPS, ComplaintQuerySet, OfComplaintQuerySet
from complaints.queries.recusal import Ties, ties_of

__all__ = ["GROUPS", "ComplaintQuerySet", "OfComplaintQuerySet", "Ties", "ties_of"]
