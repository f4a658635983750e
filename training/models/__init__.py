"""The tables of training."""

from training.models.attempt import AnswerSave, Attempt, AttemptItem, HowItEnded
from training.models.audit import AuditFinding, AuditItem, HoursAudit
from training.models.exam import (
    Exam,
    ExamCandidate,
    ExamExtension,
    ExamPurpose,
    ExamRoom,
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
from training.models.paper import ExamPaper, PaperItem, PaperKind, PaperLine, ScoringRule
from training.models.policy import TrainingKey, TrainingPolicy
from training.models.question import Question, QuestionKind, QuestionVersion, Topic
from training.models.requirement import GivenIn, HoursRule, HoursWaiver, Requirement

__all__ = [
    "AnswerSave",
    "Assessment",
    "AssessmentKind",
    "AssessmentResult",
    "Attempt",
    "AttemptItem",
    "AuditFinding",
    "AuditItem",
    "ContentClass",
    "EndedBecause",
    "Exam",
    "ExamCandidate",
    "ExamExtension",
    "ExamPaper",
    "ExamPurpose",
    "ExamRoom",
    "GivenIn",
    "HourEntry",
    "HourEntryKind",
    "HoursAudit",
    "HoursRule",
    "HoursWaiver",
    "HowItEnded",
    "LogKind",
    "Pairing",
    "PairingLog",
    "PaperItem",
    "PaperKind",
    "PaperLine",
    "Question",
    "QuestionKind",
    "QuestionVersion",
    "Requirement",
    "ScoringRule",
    "Topic",
    "TrainingKey",
    "TrainingPolicy",
]
