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
from training.queries.questions import QuestionQuerySet

__all__ = [
    "AnswerSaveQuerySet",
    "AttemptQuerySet",
    "CandidateQuerySet",
    "ExamQuerySet",
    "HourEntryQuerySet",
    "OfExamQuerySet",
    "OfMediatorQuerySet",
    "PaperQuerySet",
    "QuestionQuerySet",
]
