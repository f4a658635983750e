"""The life cycles of training, one module for each noun."""

from training.flows.exam import ATTEMPT, EXAM, PAPER, AttemptState, ExamState, PaperState
from training.flows.marking import APPEAL, MARKING, REKEY, AppealState, MarkingState, RekeyState
from training.flows.mentorship import PAIRING, PairingState
from training.flows.question import QUESTION, QuestionState

__all__ = [
    "APPEAL",
    "ATTEMPT",
    "EXAM",
    "MARKING",
    "PAIRING",
    "PAPER",
    "QUESTION",
    "REKEY",
    "AppealState",
    "AttemptState",
    "ExamState",
    "MarkingState",
    "PairingState",
    "PaperState",
    "QuestionState",
    "RekeyState",
]
