"""The life cycles of complaints, one module for each noun."""

from complaints.flows.complaint import (
    COMPLAINT,
    ENDED,
    WITH_THE_BUREAU,
    ComplaintState,
    may_decide_complaint,
)
from complaints.flows.consequence import CONSEQUENCE, ConsequenceState

__all__ = [
    "COMPLAINT",
    "CONSEQUENCE",
    "ENDED",
    "WITH_THE_BUREAU",
    "ComplaintState",
    "ConsequenceState",
    "may_decide_complaint",
]
