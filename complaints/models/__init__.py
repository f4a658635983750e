"""The rows of complaints: what may be listed, what is sealed, and the clocks."""

from complaints.models.clock import ClockPause, ComplaintClock
from complaints.models.complaint import Complaint, ComplaintSeries
from complaints.models.draft import IntakeDraft
from complaints.models.entered import ComplaintEntry, EnteredComplaint
from complaints.models.grant import CaseGrant, DeclaredRecusal, IdentityView, Part
from complaints.models.hotline_import import HotlineImport, HotlineLine, HotlineVerdict
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
    "ComplaintEntry",
    "ComplaintGround",
    "ComplaintKey",
    "ComplaintPolicy",
    "ComplaintSeries",
    "DeclaredRecusal",
    "EnteredComplaint",
    "Evidence",
    "Finding",
    "HotlineImport",
    "HotlineLine",
    "HotlineVerdict",
    "IdentityView",
    "IntakeDraft",
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
