"""The questions asked of casework, one module for each noun."""

from casework.queries.cases import COUNTING, CaseQuerySet, OfCaseQuerySet
from casework.queries.terms import SchemeQuerySet

__all__ = ["COUNTING", "CaseQuerySet", "OfCaseQuerySet", "SchemeQuerySet"]
