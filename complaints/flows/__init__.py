"""The life cycles of complaints, one module for each noun."""

from complaints.flows.complaint import (
    COMPLAINT,
    ENDED,
    WITH_THE_BUREAU,
    ComplaintState,
    may_decide_complaint,
)
from complaints.flows.consequence import CONSEQUENCE, ConsequenceState
from complaints.flows.destruction import DESTRUCTION, DestructionState
from complaints.flows.hotline_import import HOTLINE_IMPORT, HotlineState
from complaints.flows.task_sheet import TASK_SHEET, SheetState

__all__ = [
    "COMPLAINT",
    "CONSEQUENCE",
    "DESTRUCTION",
    "ENDED",
    "HOTLINE_IMPORT",
    "TASK_SHEET",
    "WITH_THE_BUREAU",
    "ComplaintState",
    "ConsequenceState",
    "DestructionState",
    "HotlineState",
    "SheetState",
    "may_decide_complaint",
]
