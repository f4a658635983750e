"""The questions asked of casework, one module for each noun."""

from casework.queries.cases import COUNTING, CaseQuerySet, OfCaseQuerySet
from casework.queries.subsidy_schemes import OfSchemeQuerySet, SubsidySchemeQuerySet
from casework.queries.terms import SchemeQuerySet

__all__ = [
    "COUNTING",
    "CaseQuerySet",
    "OfCaseQuerySet",
    "OfSchemeQuerySet",
    "SchemeQuerySet",
    "SubsidySchemeQuerySet",
]
