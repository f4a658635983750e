"""The life cycles of complaints, one module for each noun."""

from complaints.flows.complaint import (
    COMPLAINT,
    ENDED,
    WITH_THE_BUREAU,
    ComplaintState,
    may_decide_complaint,
)

__all__ = ["COMPLAINT", "ENDED", "WITH_THE_BUREAU", "ComplaintState", "may_decide_complaint"]
