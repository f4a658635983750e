"""The life cycles of training, one module for each noun."""

from training.flows.mentorship import PAIRING, PairingState
from training.flows.question import QUESTION, QuestionState
from training.flows.question_import import QUESTION_IMPORT, QuestionImportState

__all__ = [
    "PAIRING",
    "QUESTION",
    "QUESTION_IMPORT",
    "PairingState",
    "QuestionImportState",
    "QuestionState",
]
