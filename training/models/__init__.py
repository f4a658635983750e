"""The tables of training."""

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
from training.models.policy import TrainingKey, TrainingPolicy
from training.models.question import Question, QuestionKind, QuestionVersion, Topic

__all__ = [
    "Certificate",
    "CertificateCategory",
    "CertificateCheck",
    "CertificateFacts",
    "CertificateKind",
    "CertificateRun",
    "CertificateSeries",
    "CertificateSuspension",
    "ContentClass",
    "HourEntry",
    "HourEntryKind",
    "IssuedFile",
    "Question",
    "QuestionKind",
    "QuestionVersion",
    "Seal",
    "SigningKey",
    "Topic",
    "TrainingKey",
    "TrainingPolicy",
]
