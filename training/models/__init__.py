"""The tables of training."""

from training.models.hours import ContentClass, HourEntry, HourEntryKind
from training.models.policy import TrainingKey, TrainingPolicy
from training.models.question import Question, QuestionKind, QuestionVersion, Topic

__all__ = [
    "ContentClass",
    "HourEntry",
    "HourEntryKind",
    "Question",
    "QuestionKind",
    "QuestionVersion",
    "Topic",
    "TrainingKey",
    "TrainingPolicy",
]
