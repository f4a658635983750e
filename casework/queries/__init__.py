"""The questions asked of casework, one module for each noun."""

from casework.queries.case_imports import CaseImportQuerySet, CaseImportRowQuerySet, PushKeyQuerySet
from casework.queries.case_studies import (
    AdoptionQuerySet,
    CaseStudyQuerySet,
    LibraryQuerySet,
    StudyVersionQuerySet,
)
from casework.queries.cases import COUNTING, CaseQuerySet, OfCaseQuerySet
from casework.queries.file_checks import FileCheckQuerySet
from casework.queries.opinions import OpinionCodeQuerySet, OpinionQuerySet, VisitedCaseQuerySet
from casework.queries.prevention import PreventionQuerySet
from casework.queries.samples import SampledCaseQuerySet, SampleQuerySet
from casework.queries.subsidy_schemes import OfSchemeQuerySet, SubsidySchemeQuerySet
from casework.queries.terms import SchemeQuerySet

__all__ = [
    "COUNTING",
    "AdoptionQuerySet",
    "CaseImportQuerySet",
    "CaseImportRowQuerySet",
    "CaseQuerySet",
    "CaseStudyQuerySet",
    "FileCheckQuerySet",
    "LibraryQuerySet",
    "OfCaseQuerySet",
    "OfSchemeQuerySet",
    "OpinionCodeQuerySet",
    "OpinionQuerySet",
    "PreventionQuerySet",
    "PushKeyQuerySet",
    "SampleQuerySet",
    "SampledCaseQuerySet",
    "SchemeQuerySet",
    "StudyVersionQuerySet",
    "SubsidySchemeQuerySet",
    "VisitedCaseQuerySet",
]
