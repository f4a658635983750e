"""The life cycles of training, one module for each noun."""

from training.flows.certificate import CERTIFICATE, CertificateState
from training.flows.certificate_run import RUN, RunState
from training.flows.exam import ATTEMPT, EXAM, PAPER, AttemptState, ExamState, PaperState
from training.flows.mentorship import PAIRING, PairingState
from training.flows.question import QUESTION, QuestionState
from training.flows.question_import import QUESTION_IMPORT, QuestionImportState

__all__ = [
    "ATTEMPT",
    "CERTIFICATE",
    "EXAM",
    "PAIRING",
    "PAPER",
    "QUESTION",
    "QUESTION_IMPORT",
    "RUN",
    "AttemptState",
    "CertificateState",
    "ExamState",
    "PairingState",
    "PaperState",
    "QuestionImportState",
    "QuestionState",
    "RunState",
]
