"""The tables of training."""

from training.models.appeal import Appeal
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
from training.models.marking import Marker, Marking
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
from training.models.rekey import Rekey, RekeyKind, Remark
from training.models.requirement import GivenIn, HoursRule, HoursWaiver, Requirement

__all__ = [
    "AnswerSave",
    "Appeal",
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
    "Marker",
    "Marking",
    "Pairing",
    "PairingLog",
    "PaperItem",
    "PaperKind",
    "PaperLine",
    "Question",
    "QuestionKind",
    "QuestionVersion",
    "Rekey",
    "RekeyKind",
    "Remark",
    "Requirement",
    "ScoringRule",
    "Topic",
    "TrainingKey",
    "TrainingPolicy",
]
