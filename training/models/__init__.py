"""The tables of training."""

from training.models.hours import ContentClass, HourEntry, HourEntryKind
from training.models.policy import TrainingKey, TrainingPolicy
from training.models.question import Question, QuestionKind, QuestionVersion, Topic
from training.models.question_import import QuestionImport, QuestionImportLine, QuestionVerdict

__all__ = [
    "ContentClass",
    "HourEntry",
    "HourEntryKind",
    "Question",
    "QuestionImport",
    "QuestionImportLine",
    "QuestionKind",
    "QuestionVerdict",
    "QuestionVersion",
    "Topic",
    "TrainingKey",
    "TrainingPolicy",
]
