"""The tables of casework, one module for each noun."""

from casework.models.case import CaseRecord
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
from casework.models.file_check import FileCheck
from casework.models.opinion import Channel, Means, Opinion, Outcome, VisitedCase
from casework.models.opinion_code import OpinionCode
from casework.models.policy import CaseworkKey, CaseworkPolicy
from casework.models.quality import FULL_MARKS, QualityItem, QualityScheme
from casework.models.rated import RatedOrganization
from casework.models.sample import Sample, SampledCase, SampleKind, SamplePopulation
from casework.models.terms import DifficultyClass, DifficultyScheme, DisputeType

__all__ = [
    "FULL_MARKS",
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
    "Channel",
    "DifficultyClass",
    "DifficultyScheme",
    "DisputeType",
    "FileCheck",
    "FileDocument",
    "Fulfilment",
    "Judgment",
    "JudicialConfirmation",
    "Means",
    "Opinion",
    "OpinionCode",
    "Outcome",
    "PartySide",
    "QualityItem",
    "QualityScheme",
    "RatedOrganization",
    "Sample",
    "SampleKind",
    "SamplePopulation",
    "SampledCase",
    "ShareRole",
    "VisitedCase",
]
