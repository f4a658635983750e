"""The tables of training."""

from training.models.appeal import Appeal
from training.models.attempt import AnswerSave, Attempt, AttemptItem, HowItEnded
from training.models.audit import AuditFinding, AuditItem, HoursAudit
from training.models.base import TrainingBase
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
from training.models.enrolment import Attendance, AttendanceHow, Enrolment
from training.models.exam import Exam, ExamCandidate, ExamExtension, ExamPurpose, ExamRoom
from training.models.feedback import Feedback
from training.models.hours import ContentClass, HourEntry, HourEntryKind
from training.models.lecturer import Lecturer
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
from training.models.question_import import QuestionImport, QuestionImportLine, QuestionVerdict
from training.models.rekey import Rekey, RekeyKind, Remark
from training.models.report import StudyDivision
from training.models.requirement import GivenIn, HoursRule, HoursWaiver, Requirement
from training.models.session import SessionPart, TrainingSession
from training.models.study import (
    CourseCompletion,
    CourseStanding,
    CourseStudy,
    LessonProgress,
    QuizAnswer,
)
from training.models.textbook import Textbook, TextbookKind

__all__ = [
    "AnswerSave",
    "Appeal",
    "Assessment",
    "AssessmentKind",
    "AssessmentResult",
    "Attempt",
    "AttemptItem",
    "Attendance",
    "AttendanceHow",
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
    "Enrolment",
    "Exam",
    "ExamCandidate",
    "ExamExtension",
    "ExamPaper",
    "ExamPurpose",
    "ExamRoom",
    "Feedback",
    "GivenIn",
    "HourEntry",
    "HourEntryKind",
    "HoursAudit",
    "HoursRule",
    "HoursWaiver",
    "HowItEnded",
    "IssuedFile",
    "Lecturer",
    "LessonPage",
    "LessonProgress",
    "LogKind",
    "Marker",
    "Marking",
    "Pairing",
    "PairingLog",
    "PaperItem",
    "PaperKind",
    "PaperLine",
    "Question",
    "QuestionImport",
    "QuestionImportLine",
    "QuestionKind",
    "QuestionVerdict",
    "QuestionVersion",
    "QuizAnswer",
    "Rekey",
    "RekeyKind",
    "Remark",
    "Requirement",
    "ScoringRule",
    "Seal",
    "SessionPart",
    "SigningKey",
    "StudyDivision",
    "Textbook",
    "TextbookKind",
    "Topic",
    "TrainingBase",
    "TrainingIndexPage",
    "TrainingKey",
    "TrainingPolicy",
    "TrainingSession",
]
