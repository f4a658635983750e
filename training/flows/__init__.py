"""The life cycles of training, one module for each noun."""

from training.flows.base import BASE, BaseState
from training.flows.certificate import CERTIFICATE, CertificateState
from training.flows.certificate_run import RUN, RunState
from training.flows.enrolment import ENROLMENT, EnrolmentState
from training.flows.exam import ATTEMPT, EXAM, PAPER, AttemptState, ExamState, PaperState
from training.flows.marking import APPEAL, MARKING, REKEY, AppealState, MarkingState, RekeyState
from training.flows.mentorship import PAIRING, PairingState
from training.flows.question import QUESTION, QuestionState
from training.flows.question_import import QUESTION_IMPORT, QuestionImportState
from training.flows.session import SESSION, SessionState

__all__ = [
    "APPEAL",
    "ATTEMPT",
    "BASE",
    "CERTIFICATE",
    "ENROLMENT",
    "EXAM",
    "MARKING",
    "PAIRING",
    "PAPER",
    "QUESTION",
    "QUESTION_IMPORT",
    "REKEY",
    "RUN",
    "SESSION",
    "AppealState",
    "AttemptState",
    "BaseState",
    "CertificateState",
    "EnrolmentState",
    "ExamState",
    "MarkingState",
    "PairingState",
    "PaperState",
    "QuestionImportState",
    "QuestionState",
    "RekeyState",
    "RunState",
    "SessionState",
]
