"""The tables of training."""

from training.models.audit import AuditFinding, AuditItem, HoursAudit
from training.models.base import TrainingBase
from training.models.enrolment import Attendance, AttendanceHow, Enrolment
from training.models.feedback import Feedback
from training.models.hours import ContentClass, HourEntry, HourEntryKind
from training.models.policy import TrainingKey, TrainingPolicy
from training.models.question import Question, QuestionKind, QuestionVersion, Topic
from training.models.requirement import GivenIn, HoursRule, HoursWaiver, Requirement
from training.models.session import SessionPart, TrainingSession

__all__ = [
    "Attendance",
    "AttendanceHow",
    "AuditFinding",
    "AuditItem",
    "ContentClass",
    "Enrolment",
    "Feedback",
    "GivenIn",
    "HourEntry",
    "HourEntryKind",
    "HoursAudit",
    "HoursRule",
    "HoursWaiver",
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
