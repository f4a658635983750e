"""The tables of training."""

from training.models.audit import AuditFinding, AuditItem, HoursAudit
from training.models.base import TrainingBase
from training.models.enrolment import Attendance, AttendanceHow, Enrolment
from training.models.feedback import Feedback
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
from training.models.session import SessionPart, TrainingSession

__all__ = [
    "Assessment",
    "AssessmentKind",
    "AssessmentResult",
    "Attendance",
    "AttendanceHow",
    "AuditFinding",
    "AuditItem",
    "ContentClass",
    "EndedBecause",
    "Enrolment",
    "Feedback",
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
    "SessionPart",
    "Topic",
    "TrainingBase",
    "TrainingKey",
    "TrainingPolicy",
    "TrainingSession",
]
