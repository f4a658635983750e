"""The verbs of training: lock, test, write, log; whole or not at all."""

from training.actions.certificate_kinds import (
    add_certificate_kind,
    add_seal,
    end_certificate_kind,
    end_seal,
    load_certificate_kinds,
)
from training.actions.certificate_runs import discard_run, issue_run, prepare_run, stop_run
from training.actions.certificates import (
    apply_for_certificate,
    check_certificate,
    check_refusals,
    decline_certificate,
    examine_certificate,
    forget_holder,
    issue_certificate,
    keep_certificate,
    keep_suspended,
    propose_revocation,
    reissue_certificate,
    resume_certificate,
    revoke_certificate,
    suspend_certificate,
)
from training.actions.hours import credit_hours, reverse_hours
from training.actions.topics import load_topics

__all__ = [
    "add_certificate_kind",
    "add_seal",
    "apply_for_certificate",
    "check_certificate",
    "check_refusals",
    "credit_hours",
    "decline_certificate",
    "discard_run",
    "end_certificate_kind",
    "end_seal",
    "examine_certificate",
    "forget_holder",
    "issue_certificate",
    "issue_run",
    "keep_certificate",
    "keep_suspended",
    "load_certificate_kinds",
    "load_topics",
    "prepare_run",
    "propose_revocation",
    "reissue_certificate",
    "resume_certificate",
    "reverse_hours",
    "revoke_certificate",
    "stop_run",
    "suspend_certificate",
]
