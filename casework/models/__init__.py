"""The tables of casework, one module for each noun."""

from casework.models.case import CaseRecord
from casework.models.case_people import CaseParty, CaseSeries, CaseShare, PartySide, ShareRole
from casework.models.case_study import (
    Adoption,
    CaseStudy,
    LibraryLevel,
    StudyCoAuthor,
    StudyVersion,
)
from casework.models.case_words import (
    REQUIRED_DOCUMENTS,
    Agreement,
    CaseOrigin,
    CaseSource,
    FileDocument,
    Fulfilment,
    Judgment,
    JudicialConfirmation,
)
from casework.models.library import LibraryEntry
from casework.models.policy import CaseworkKey, CaseworkPolicy
from casework.models.prevention import PreventionReport
from casework.models.terms import DifficultyClass, DifficultyScheme, DisputeType

__all__ = [
    "REQUIRED_DOCUMENTS",
    "Adoption",
    "Agreement",
    "CaseOrigin",
    "CaseParty",
    "CaseRecord",
    "CaseSeries",
    "CaseShare",
    "CaseSource",
    "CaseStudy",
    "CaseworkKey",
    "CaseworkPolicy",
    "DifficultyClass",
    "DifficultyScheme",
    "DisputeType",
    "FileDocument",
    "Fulfilment",
    "Judgment",
    "JudicialConfirmation",
    "LibraryEntry",
    "LibraryLevel",
    "PartySide",
    "PreventionReport",
    "ShareRole",
    "StudyCoAuthor",
    "StudyVersion",
]
