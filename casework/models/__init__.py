"""The tables of casework, one module for each noun."""

from casework.models.case import CaseRecord
from casework.models.case_import import CaseImport, CaseImportRow
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
from casework.models.push_key import PushKey
from casework.models.terms import DifficultyClass, DifficultyScheme, DisputeType

__all__ = [
    "REQUIRED_DOCUMENTS",
    "Agreement",
    "CaseImport",
    "CaseImportRow",
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
    "FileDocument",
    "Fulfilment",
    "Judgment",
    "JudicialConfirmation",
    "PartySide",
    "PushKey",
    "ShareRole",
]
