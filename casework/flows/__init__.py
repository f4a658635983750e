"""The life cycles of casework, one module for each noun."""

from casework.flows.case import CASE, CLOSED, CaseState, may_change_case
from casework.flows.subsidy_scheme import SUBSIDY_SCHEME, SchemeState

__all__ = [
    "CASE",
    "CLOSED",
    "SUBSIDY_SCHEME",
    "CaseState",
    "SchemeState",
    "may_change_case",
]
