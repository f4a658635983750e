"""The life cycles of casework, one module for each noun."""

from casework.flows.case import CASE, CLOSED, CaseState, may_change_case

__all__ = ["CASE", "CLOSED", "CaseState", "may_change_case"]
