"""The questions asked of training, one module for each noun."""

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
from training.queries.questions import QuestionQuerySet

__all__ = [
    "AnswerSaveQuerySet",
    "AppealQuerySet",
    "AttemptQuerySet",
    "CandidateQuerySet",
    "ExamQuerySet",
    "HourEntryQuerySet",
    "MarkerQuerySet",
    "MarkingQuerySet",
    "OfExamAttemptQuerySet",
    "OfExamQuerySet",
    "OfMediatorQuerySet",
    "PaperQuerySet",
    "QuestionQuerySet",
    "RekeyQuerySet",
]
