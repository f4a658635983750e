"""The tables of casework, one module for each noun."""

from casework.models.case import CaseRecord
from casework.models.case_draft import DraftInput
from casework.models.case_people import CaseParty, CaseSeries, CaseShare, PartySide, ShareRole
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
from casework.models.policy import CaseworkKey, CaseworkPolicy
from casework.models.terms import DifficultyClass, DifficultyScheme, DisputeType

__all__ = [
    "REQUIRED_DOCUMENTS",
    "Agreement",
    "CaseOrigin",
    "CaseParty",
    "CaseRecord",
    "CaseSeries",
    "CaseShare",
    "CaseSource",
    "CaseworkKey",
    "CaseworkPolicy",
    "DifficultyClass",
    "DifficultyScheme",
    "DisputeType",
    "DraftInput",
    "FileDocument",
    "Fulfilment",
    "Judgment",
    "JudicialConfirmation",
    "PartySide",
    "ShareRole",
]
