"""The life cycles of training, one module for each noun."""

from training.flows.mentorship import PAIRING, PairingState
from training.flows.question import QUESTION, QuestionState

__all__ = ["PAIRING", "QUESTION", "PairingState", "QuestionState"]
