"""The life cycles of casework, one module for each noun."""

from casework.flows.case import CASE, CLOSED, CaseState, may_change_case
from casework.flows.case_study import CASE_STUDY, StudyState
from casework.flows.prevention import PREVENTION, PreventionState

__all__ = [
    "CASE",
    "CASE_STUDY",
    "CLOSED",
    "PREVENTION",
    "CaseState",
    "PreventionState",
    "StudyState",
    "may_change_case",
]
