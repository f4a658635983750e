"""The questions asked of training, one module for each noun."""

from training.queries.hours import HourEntryQuerySet, OfMediatorQuerySet
from training.queries.questions import QuestionImportQuerySet, QuestionQuerySet

__all__ = [
    "HourEntryQuerySet",
    "OfMediatorQuerySet",
    "QuestionImportQuerySet",
    "QuestionQuerySet",
]
