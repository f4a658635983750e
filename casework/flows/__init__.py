"""The life cycles of casework, one module for each noun."""

from casework.flows.case import CASE, CLOSED, CaseState, may_change_case
from casework.flows.file_check import FILE_CHECK, FileCheckState
from casework.flows.opinion import OPINION_CODE, CodeState

__all__ = [
    "CASE",
    "CLOSED",
    "FILE_CHECK",
    "OPINION_CODE",
    "CaseState",
    "CodeState",
    "FileCheckState",
    "may_change_case",
]
