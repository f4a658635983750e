"""The questions asked of complaints."""

from complaints.queries.complaints import (
    GROUPS,
    ClockQuerySet,
    ComplaintQuerySet,
    OfComplaintQuerySet,
)
from complaints.queries.entered import EnteredComplaintQuerySet
from complaints.queries.keeping import due_for_destruction
from complaints.queries.recusal import Ties, ties_of
from complaints.queries.refusals import RefusalQuerySet
from complaints.queries.task_sheets import (
    ReceivedSheetQuerySet,
    SupervisedSheetQuerySet,
    TaskSheetQuerySet,
)

__all__ = [
    "GROUPS",
    "ClockQuerySet",
    "ComplaintQuerySet",
    "EnteredComplaintQuerySet",
    "OfComplaintQuerySet",
    "ReceivedSheetQuerySet",
    "RefusalQuerySet",
    "SupervisedSheetQuerySet",
    "TaskSheetQuerySet",
    "Ties",
    "due_for_destruction",
    "ties_of",
]
