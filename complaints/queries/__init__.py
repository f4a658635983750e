"""The questions asked of complaints."""

from complaints.queries.complaints import ComplaintQuerySet, OfComplaintQuerySet
from complaints.queries.task_sheets import (
    ReceivedSheetQuerySet,
    SupervisedSheetQuerySet,
    TaskSheetQuerySet,
)

__all__ = [
    "ComplaintQuerySet",
    "OfComplaintQuerySet",
    "ReceivedSheetQuerySet",
    "SupervisedSheetQuerySet",
    "TaskSheetQuerySet",
]
