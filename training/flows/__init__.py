"""The life cycles of training, one module for each noun."""

from training.flows.exam import ATTEMPT, EXAM, PAPER, AttemptState, ExamState, PaperState
from training.flows.mentorship import PAIRING, PairingState
from training.flows.question import QUESTION, QuestionState

__all__ = [
    "ATTEMPT",
    "EXAM",
    "PAIRING",
    "PAPER",
    "QUESTION",
    "AttemptState",
    "ExamState",
    "PairingState",
    "PaperState",
    "QuestionState",
]
