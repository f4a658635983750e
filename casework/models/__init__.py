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
from casework.models.subsidy_scheme import SubsidyScheme
from casework.models.subsidy_tier import (
    AllowanceRate,
    FundingShare,
    LevelFactor,
    SubsidyTier,
    TierAmount,
    TierOutcome,
)
from casework.models.subsidy_words import (
    AmountKind,
    DatedBy,
    LevelOf,
    OtherFunds,
    Period,
    TierDocuments,
)
from casework.models.terms import DifficultyClass, DifficultyScheme, DisputeType

__all__ = [
    "REQUIRED_DOCUMENTS",
    "Agreement",
    "AllowanceRate",
    "AmountKind",
    "CaseOrigin",
    "CaseParty",
    "CaseRecord",
    "CaseSeries",
    "CaseShare",
    "CaseSource",
    "CaseworkKey",
    "CaseworkPolicy",
    "DatedBy",
    "DifficultyClass",
    "DifficultyScheme",
    "DisputeType",
    "DraftInput",
    "FileDocument",
    "Fulfilment",
    "FundingShare",
    "Judgment",
    "JudicialConfirmation",
    "LevelFactor",
    "LevelOf",
    "OtherFunds",
    "PartySide",
    "Period",
    "ShareRole",
    "SubsidyScheme",
    "SubsidyTier",
    "TierAmount",
    "TierDocuments",
    "TierOutcome",
]
