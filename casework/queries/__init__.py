"""The questions asked of casework, one module for each noun."""

from casework.queries.case_studies import (
    AdoptionQuerySet,
    CaseStudyQuerySet,
    LibraryQuerySet,
    StudyVersionQuerySet,
)
from casework.queries.cases import COUNTING, CaseQuerySet, OfCaseQuerySet
from casework.queries.prevention import PreventionQuerySet
from casework.queries.terms import SchemeQuerySet

__all__ = [
    "COUNTING",
    "AdoptionQuerySet",
    "CaseQuerySet",
    "CaseStudyQuerySet",
    "LibraryQuerySet",
    "OfCaseQuerySet",
    "PreventionQuerySet",
    "SchemeQuerySet",
    "StudyVersionQuerySet",
]
