"""The life cycles of the register: one module each, one table each."""

from registry.flows.appointment import (
    APPOINTMENT,
    HOLDING,
    MEDIATING,
    PENDING,
    AppointmentState,
    asking_for_reviews,
    may_take_up_duty,
)
from registry.flows.closure import CLOSURE, ClosureGround, ClosureState
from registry.flows.edition import EDITION, EditionState
from registry.flows.erasure import ERASURE, ErasureState
from registry.flows.filing import FILING, FilingKind, FilingState
from registry.flows.imports import IMPORT, ImportState
from registry.flows.notice import NOTICE, OBJECTION, NoticeState, ObjectionState
from registry.flows.organization import ORGANIZATION, OrganizationState
from registry.flows.rectification import RECTIFICATION, RectificationState

__all__ = [
    "APPOINTMENT",
    "CLOSURE",
    "EDITION",
    "ERASURE",
    "FILING",
    "HOLDING",
    "IMPORT",
    "MEDIATING",
    "NOTICE",
    "OBJECTION",
    "ORGANIZATION",
    "PENDING",
    "RECTIFICATION",
    "AppointmentState",
    "ClosureGround",
    "ClosureState",
    "EditionState",
    "ErasureState",
    "FilingKind",
    "FilingState",
    "ImportState",
    "NoticeState",
    "ObjectionState",
    "OrganizationState",
    "RectificationState",
    "asking_for_reviews",
    "may_take_up_duty",
]
