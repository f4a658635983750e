"""The questions asked of casework, one module for each noun."""

from casework.queries.case_imports import (
    CaseImportQuerySet,
    CaseImportRowQuerySet,
    PushKeyQuerySet,
)
from casework.queries.cases import COUNTING, CaseQuerySet, OfCaseQuerySet
from casework.queries.terms import SchemeQuerySet

__all__ = [
    "COUNTING",
    "CaseImportQuerySet",
    "CaseImportRowQuerySet",
    "CaseQuerySet",
    "OfCaseQuerySet",
    "PushKeyQuerySet",
    "SchemeQuerySet",
]
