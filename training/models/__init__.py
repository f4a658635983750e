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
from training.models.course import Audience, CourseLevel, CoursePage, LessonPage, TrainingIndexPage
from training.models.hours import ContentClass, HourEntry, HourEntryKind
from training.models.lecturer import Lecturer
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
from training.models.question_import import QuestionImport, QuestionImportLine, QuestionVerdict
from training.models.report import StudyDivision
from training.models.requirement import GivenIn, HoursRule, HoursWaiver, Requirement
from training.models.study import (
    CourseCompletion,
    CourseStanding,
    CourseStudy,
    LessonProgress,
    QuizAnswer,
)
from training.models.textbook import Textbook, TextbookKind

__all__ = [
    "Assessment",
    "AssessmentKind",
    "AssessmentResult",
    "Audience",
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
    "CourseCompletion",
    "CourseLevel",
    "CoursePage",
    "CourseStanding",
    "CourseStudy",
    "EndedBecause",
    "GivenIn",
    "HourEntry",
    "HourEntryKind",
    "HoursAudit",
    "HoursRule",
    "HoursWaiver",
    "IssuedFile",
    "Lecturer",
    "LessonPage",
    "LessonProgress",
    "LogKind",
    "Pairing",
    "PairingLog",
    "Question",
    "QuestionImport",
    "QuestionImportLine",
    "QuestionKind",
    "QuestionVerdict",
    "QuestionVersion",
    "QuizAnswer",
    "Requirement",
    "Seal",
    "SigningKey",
    "StudyDivision",
    "Textbook",
    "TextbookKind",
    "Topic",
    "TrainingIndexPage",
    "TrainingKey",
    "TrainingPolicy",
]
