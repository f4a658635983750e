"""The life cycles of the register: one module each, one table each."""

from registry.flows.appointment import APPOINTMENT, AppointmentState
from registry.flows.closure import CLOSURE, ClosureGround, ClosureState
from registry.flows.edition import EDITION, EditionState
from registry.flows.filing import FILING, FilingKind, FilingState
from registry.flows.imports import IMPORT, ImportState
from registry.flows.notice import NOTICE, OBJECTION, NoticeState, ObjectionState
from registry.flows.organization import ORGANIZATION, OrganizationState
from registry.flows.rectification import RECTIFICATION, RectificationState

__all__ = [
    "APPOINTMENT",
    "CLOSURE",
    "EDITION",
    "FILING",
    "IMPORT",
    "NOTICE",
    "OBJECTION",
    "ORGANIZATION",
    "RECTIFICATION",
    "AppointmentState",
    "ClosureGround",
    "ClosureState",
    "EditionState",
    "FilingKind",
    "FilingState",
    "ImportState",
    "NoticeState",
    "ObjectionState",
    "OrganizationState",
    "RectificationState",
]
