"""The tables of casework, one module for each noun."""

from casework.models.allowance import AllowanceRun, PayKind, PayLine, PublicPayroll
from casework.models.case import CaseRecord
from casework.models.case_draft import DraftInput
from casework.models.case_import import CaseImport, CaseImportRow
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
from casework.models.claim import ClaimBatch, ClaimSeries, ClaimStep
from casework.models.claim_line import ClaimFunding, ClaimLine, ClaimShare
from casework.models.file_check import FileCheck
from casework.models.library import LibraryEntry
from casework.models.opinion import Channel, Means, Opinion, Outcome, VisitedCase
from casework.models.opinion_code import OpinionCode
from casework.models.policy import CaseworkKey, CaseworkPolicy
from casework.models.prevention import PreventionReport
from casework.models.push_key import PushKey
from casework.models.quality import FULL_MARKS, QualityItem, QualityScheme
from casework.models.rated import RatedOrganization
from casework.models.sample import Sample, SampledCase, SampleKind, SamplePopulation
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
    "FULL_MARKS",
    "REQUIRED_DOCUMENTS",
    "Adoption",
    "Agreement",
    "AllowanceRate",
    "AllowanceRun",
    "AmountKind",
    "CaseImport",
    "CaseImportRow",
    "CaseOrigin",
    "CaseParty",
    "CaseRecord",
    "CaseSeries",
    "CaseShare",
    "CaseSource",
    "CaseStudy",
    "CaseworkKey",
    "CaseworkPolicy",
    "Channel",
    "ClaimBatch",
    "ClaimFunding",
    "ClaimLine",
    "ClaimSeries",
    "ClaimShare",
    "ClaimStep",
    "DatedBy",
    "DifficultyClass",
    "DifficultyScheme",
    "DisputeType",
    "DraftInput",
    "FileCheck",
    "FileDocument",
    "Fulfilment",
    "FundingShare",
    "Judgment",
    "JudicialConfirmation",
    "LevelFactor",
    "LevelOf",
    "LibraryEntry",
    "LibraryLevel",
    "Means",
    "Opinion",
    "OpinionCode",
    "OtherFunds",
    "Outcome",
    "PartySide",
    "PayKind",
    "PayLine",
    "Period",
    "PreventionReport",
    "PublicPayroll",
    "PushKey",
    "QualityItem",
    "QualityScheme",
    "RatedOrganization",
    "Sample",
    "SampleKind",
    "SamplePopulation",
    "SampledCase",
    "ShareRole",
    "StudyCoAuthor",
    "StudyVersion",
    "SubsidyScheme",
    "SubsidyTier",
    "TierAmount",
    "TierDocuments",
    "TierOutcome",
    "VisitedCase",
]
