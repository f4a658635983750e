"""The tables of training."""

from training.models.audit import AuditFinding, AuditItem, HoursAudit
from training.models.certificate import (
    Certificate,
    CertificateCheck,
    CertificateFacts,
    CertificateRun,
    CertificateSuspension,
    IssuedFile,
    SigningKey,
)
from training.models.certificate_kind import (
    CertificateCategory,
    CertificateKind,
    CertificateSeries,
    Seal,
)
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
    "Certificate",
    "CertificateCategory",
    "CertificateCheck",
    "CertificateFacts",
    "CertificateKind",
    "CertificateRun",
    "CertificateSeries",
    "CertificateSuspension",
    "ContentClass",
    "EndedBecause",
    "GivenIn",
    "HourEntry",
    "HourEntryKind",
    "HoursAudit",
    "HoursRule",
    "HoursWaiver",
    "IssuedFile",
    "LogKind",
    "Pairing",
    "PairingLog",
    "Question",
    "QuestionKind",
    "QuestionVersion",
    "Requirement",
    "Seal",
    "SigningKey",
    "Topic",
    "TrainingKey",
    "TrainingPolicy",
]
