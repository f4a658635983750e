"""The tables of training."""

from training.models.audit import AuditFinding, AuditItem, HoursAudit
from training.models.hours import ContentClass, HourEntry, HourEntryKind
from training.models.mentorship import (
    Assessment,
    AssessmentKind,
    AssessmentResult,
    EndedBecause,
    LogKind,
    Pairing,
    PairingLog,
)
from training.models.policy import TrainingKey, TrainingPolicy
from training.models.question import Question, QuestionKind, QuestionVersion, Topic
from training.models.requirement import GivenIn, HoursRule, HoursWaiver, Requirement

__all__ = [
    "Assessment",
    "AssessmentKind",
    "AssessmentResult",
    "AuditFinding",
    "AuditItem",
    "ContentClass",
    "EndedBecause",
    "GivenIn",
    "HourEntry",
    "HourEntryKind",
    "HoursAudit",
    "HoursRule",
    "HoursWaiver",
    "LogKind",
    "Pairing",
    "PairingLog",
    "Question",
    "QuestionKind",
    "QuestionVersion",
    "Requirement",
    "Topic",
    "TrainingKey",
    "TrainingPolicy",
]
