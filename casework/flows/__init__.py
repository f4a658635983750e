"""The life cycles of casework, one module for each noun."""

from casework.flows.allowance import ALLOWANCE, AllowanceState
from casework.flows.case import CASE, CLOSED, CaseState, may_change_cases, what_bars_changes
from casework.flows.case_import import CASE_IMPORT
from casework.flows.case_study import CASE_STUDY, StudyState
from casework.flows.claim import CLAIM, ClaimState, LineState
from casework.flows.file_check import FILE_CHECK, FileCheckState
from casework.flows.opinion import OPINION_CODE, CodeState
from casework.flows.prevention import PREVENTION, PreventionState
from casework.flows.push_key import PUSH_KEY, PushKeyState
from casework.flows.subsidy_scheme import SUBSIDY_SCHEME, SchemeState

__all__ = [
    "ALLOWANCE",
    "CASE",
    "CASE_IMPORT",
    "CASE_STUDY",
    "CLAIM",
    "CLOSED",
    "FILE_CHECK",
    "OPINION_CODE",
    "PREVENTION",
    "PUSH_KEY",
    "SUBSIDY_SCHEME",
    "AllowanceState",
    "CaseState",
    "ClaimState",
    "CodeState",
    "FileCheckState",
    "LineState",
    "PreventionState",
    "PushKeyState",
    "SchemeState",
    "StudyState",
    "may_change_cases",
    "what_bars_changes",
]
