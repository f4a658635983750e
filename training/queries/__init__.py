"""The questions asked of training, one module for each noun."""

from training.queries.certificates import (
    CertificateKindQuerySet,
    CertificateQuerySet,
    CertificateRunQuerySet,
    SealQuerySet,
)
from training.queries.courses import CourseManager, IndexManager, LessonManager
from training.queries.exams import (
    AnswerSaveQuerySet,
    AttemptQuerySet,
    CandidateQuerySet,
    ExamQuerySet,
    OfExamQuerySet,
    PaperQuerySet,
)
from training.queries.hours import HourEntryQuerySet, OfMediatorQuerySet
from training.queries.marking import (
    AppealQuerySet,
    MarkerQuerySet,
    MarkingQuerySet,
    OfExamAttemptQuerySet,
    RekeyQuerySet,
)
from training.queries.questions import QuestionImportQuerySet, QuestionQuerySet
from training.queries.reports import StudyDivisionQuerySet
from training.queries.studies import CourseStudyQuerySet, LessonProgressQuerySet, OfStudyQuerySet
from training.queries.teaching import LecturerQuerySet, TextbookQuerySet

__all__ = [
    "AnswerSaveQuerySet",
    "AppealQuerySet",
    "AttemptQuerySet",
    "CandidateQuerySet",
    "CertificateKindQuerySet",
    "CertificateQuerySet",
    "CertificateRunQuerySet",
    "CourseManager",
    "CourseStudyQuerySet",
    "ExamQuerySet",
    "HourEntryQuerySet",
    "IndexManager",
    "LecturerQuerySet",
    "LessonManager",
    "LessonProgressQuerySet",
    "MarkerQuerySet",
    "MarkingQuerySet",
    "OfExamAttemptQuerySet",
    "OfExamQuerySet",
    "OfMediatorQuerySet",
    "OfStudyQuerySet",
    "PaperQuerySet",
    "QuestionImportQuerySet",
    "QuestionQuerySet",
    "RekeyQuerySet",
    "SealQuerySet",
    "StudyDivisionQuerySet",
    "TextbookQuerySet",
]
