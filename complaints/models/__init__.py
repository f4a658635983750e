"""The rows of complaints: what may be listed, what is sealed, and the clocks."""

from complaints.models.clock import ClockPause, ComplaintClock
from complaints.models.complaint import Complaint, ComplaintSeries
from complaints.models.destruction import KeyDestruction
from complaints.models.draft import IntakeDraft
from complaints.models.grant import CaseGrant, DeclaredRecusal, IdentityView, Part
from complaints.models.policy import ComplaintKey, ComplaintPolicy
from complaints.models.vault import (
    FROM_THE_COMPLAINANT,
    SHOWN_BY_CODE,
    Evidence,
    Receipt,
    SealedIdentity,
    Statement,
    StatementKind,
    VaultKey,
)
from complaints.models.words import (
    Channel,
    ComplaintGround,
    Finding,
    Mode,
    Subject,
    Urgency,
)

__all__ = [
    "FROM_THE_COMPLAINANT",
    "SHOWN_BY_CODE",
    "CaseGrant",
    "Channel",
    "ClockPause",
    "Complaint",
    "ComplaintClock",
    "ComplaintGround",
    "ComplaintKey",
    "ComplaintPolicy",
    "ComplaintSeries",
    "DeclaredRecusal",
    "Evidence",
    "Finding",
    "IdentityView",
    "IntakeDraft",
    "KeyDestruction",
    "Mode",
    "Part",
    "Receipt",
    "SealedIdentity",
    "Statement",
    "StatementKind",
    "Subject",
    "Urgency",
    "VaultKey",
]
