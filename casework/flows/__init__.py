"""The life cycles of casework, one module for each noun."""

from casework.flows.case import CASE, CLOSED, CaseState, may_change_case
from casework.flows.case_import import CASE_IMPORT
from casework.flows.push_key import PUSH_KEY, PushKeyState

__all__ = [
    "CASE",
    "CASE_IMPORT",
    "CLOSED",
    "PUSH_KEY",
    "CaseState",
    "PushKeyState",
    "may_change_case",
]
