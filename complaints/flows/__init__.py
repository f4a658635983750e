"""The life cycles of complaints, one module for each noun."""

from complaints.flows.complaint import (
    COMPLAINT,
    ENDED,
    WITH_THE_BUREAU,
    ComplaintState,
    may_decide_complaint,
)
from complaints.flows.destruction import DESTRUCTION, DestructionState

__all__ = [
    "COMPLAINT",
    "DESTRUCTION",
    "ENDED",
    "WITH_THE_BUREAU",
    "ComplaintState",
    "DestructionState",
    "may_decide_complaint",
]
