"""The verbs of training: lock, test, write, log; whole or not at all."""

from training.actions.certificate_kinds import (
    add_certificate_kind,
    add_seal,
    end_certificate_kind,
    end_seal,
    load_certificate_kinds,
)
from training.actions.certificates import (
    apply_for_certificate,
    check_certificate,
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
    "credit_hours",
    "decline_certificate",
    "end_certificate_kind",
    "end_seal",
    "examine_certificate",
    "forget_holder",
    "issue_certificate",
    "keep_certificate",
    "keep_suspended",
    "load_certificate_kinds",
    "load_topics",
    "propose_revocation",
    "reissue_certificate",
    "resume_certificate",
    "reverse_hours",
    "revoke_certificate",
    "suspend_certificate",
]
