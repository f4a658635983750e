"""The life cycles of training, one module for each noun."""

from training.flows.base import BASE, BaseState
from training.flows.enrolment import ENROLMENT, EnrolmentState
from training.flows.mentorship import PAIRING, PairingState
from training.flows.question import QUESTION, QuestionState
from training.flows.session import SESSION, SessionState

__all__ = [
    "BASE",
    "ENROLMENT",
    "PAIRING",
    "QUESTION",
    "SESSION",
    "BaseState",
    "EnrolmentState",
    "PairingState",
    "QuestionState",
    "SessionState",
]
