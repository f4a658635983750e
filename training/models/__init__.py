"""The tables of training."""

from training.models.attempt import AnswerSave, Attempt, AttemptItem, HowItEnded
from training.models.exam import (
    Exam,
    ExamCandidate,
    ExamExtension,
    ExamPurpose,
    ExamRoom,
)
from training.models.hours import ContentClass, HourEntry, HourEntryKind
from training.models.paper import ExamPaper, PaperItem, PaperKind, PaperLine, ScoringRule
from training.models.policy import TrainingKey, TrainingPolicy
from training.models.question import Question, QuestionKind, QuestionVersion, Topic

__all__ = [
    "AnswerSave",
    "Attempt",
    "AttemptItem",
    "ContentClass",
    "Exam",
    "ExamCandidate",
    "ExamExtension",
    "ExamPaper",
    "ExamPurpose",
    "ExamRoom",
    "HourEntry",
    "HourEntryKind",
    "HowItEnded",
    "PaperItem",
    "PaperKind",
    "PaperLine",
    "Question",
    "QuestionKind",
    "QuestionVersion",
    "ScoringRule",
    "Topic",
    "TrainingKey",
    "TrainingPolicy",
]
