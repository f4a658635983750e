"""The life cycles of complaints, one module for each noun."""

from complaints.flows.complaint import (
    COMPLAINT,
    ENDED,
    WITH_THE_BUREAU,
    ComplaintState,
    may_decide_complaint,
)
from complaints.flows.hotline_import import HOTLINE_IMPORT, HotlineState

__all__ = [
    "COMPLAINT",
    "ENDED",
    "HOTLINE_IMPORT",
    "WITH_THE_BUREAU",
    "ComplaintState",
    "HotlineState",
    "may_decide_complaint",
]
