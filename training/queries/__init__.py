"""The questions asked of training, one module for each noun."""

from training.queries.certificates import (
    CertificateKindQuerySet,
    CertificateQuerySet,
    CertificateRunQuerySet,
    SealQuerySet,
)
from training.queries.courses import CourseManager, IndexManager, LessonManager
from training.queries.hours import HourEntryQuerySet, OfMediatorQuerySet
from training.queries.questions import QuestionImportQuerySet, QuestionQuerySet
from training.queries.reports import StudyDivisionQuerySet
from training.queries.studies import CourseStudyQuerySet, LessonProgressQuerySet, OfStudyQuerySet
from training.queries.teaching import LecturerQuerySet, TextbookQuerySet

__all__ = [
    "CertificateKindQuerySet",
    "CertificateQuerySet",
    "CertificateRunQuerySet",
    "CourseManager",
    "CourseStudyQuerySet",
    "HourEntryQuerySet",
    "IndexManager",
    "LecturerQuerySet",
    "LessonManager",
    "LessonProgressQuerySet",
    "OfMediatorQuerySet",
    "OfStudyQuerySet",
    "QuestionImportQuerySet",
    "QuestionQuerySet",
    "SealQuerySet",
    "StudyDivisionQuerySet",
    "TextbookQuerySet",
]
