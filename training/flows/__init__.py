"""The life cycles of training, one module for each noun."""

from training.flows.certificate import CERTIFICATE, CertificateState
from training.flows.certificate_run import RUN, RunState
from training.flows.mentorship import PAIRING, PairingState
from training.flows.question import QUESTION, QuestionState
from training.flows.question_import import QUESTION_IMPORT, QuestionImportState

__all__ = [
    "CERTIFICATE",
    "PAIRING",
    "QUESTION",
    "QUESTION_IMPORT",
    "RUN",
    "CertificateState",
    "PairingState",
    "QuestionImportState",
    "QuestionState",
    "RunState",
]
