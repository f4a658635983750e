"""The life cycles of complaints, one module for each noun."""

from complaints.flows.complaint import (
    COMPLAINT,
    ENDED,
    WITH_THE_BUREAU,
    ComplaintState,
    may_decide_complaint,
)
from complaints.flows.consequence import CONSEQUENCE, ConsequenceState
from complaints.flows.task_sheet import TASK_SHEET, SheetState

__all__ = [
    "COMPLAINT",
    "CONSEQUENCE",
    "ENDED",
    "TASK_SHEET",
    "WITH_THE_BUREAU",
    "ComplaintState",
    "ConsequenceState",
    "SheetState",
    "may_decide_complaint",
]
