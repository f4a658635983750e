"""The life cycles of training, one module for each noun."""

from training.flows.base import BASE, BaseState
from training.flows.certificate import CERTIFICATE, CertificateState
from training.flows.certificate_run import RUN, RunState
from training.flows.enrolment import ENROLMENT, EnrolmentState
from training.flows.exam import ATTEMPT, EXAM, PAPER, AttemptState, ExamState, PaperState
from training.flows.mentorship import PAIRING, PairingState
from training.flows.question import QUESTION, QuestionState
from training.flows.question_import import QUESTION_IMPORT, QuestionImportState
from training.flows.session import SESSION, SessionState

__all__ = [
    "ATTEMPT",
    "BASE",
    "CERTIFICATE",
    "ENROLMENT",
    "EXAM",
    "PAIRING",
    "PAPER",
    "QUESTION",
    "QUESTION_IMPORT",
    "RUN",
    "SESSION",
    "AttemptState",
    "BaseState",
    "CertificateState",
    "EnrolmentState",
    "ExamState",
    "PairingState",
    "PaperState",
    "QuestionImportState",
    "QuestionState",
    "RunState",
    "SessionState",
]
