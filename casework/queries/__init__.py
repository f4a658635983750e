"""The questions asked of casework, one module for each noun."""

from casework.queries.cases import COUNTING, CaseQuerySet, OfCaseQuerySet
from casework.queries.file_checks import FileCheckQuerySet
from casework.queries.opinions import OpinionCodeQuerySet, OpinionQuerySet, VisitedCaseQuerySet
from casework.queries.samples import SampledCaseQuerySet, SampleQuerySet
from casework.queries.terms import SchemeQuerySet

__all__ = [
    "COUNTING",
    "CaseQuerySet",
    "FileCheckQuerySet",
    "OfCaseQuerySet",
    "OpinionCodeQuerySet",
    "OpinionQuerySet",
    "SampleQuerySet",
    "SampledCaseQuerySet",
    "SchemeQuerySet",
    "VisitedCaseQuerySet",
]
