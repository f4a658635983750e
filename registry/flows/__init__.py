"""The life cycles of the register: one module each, one table each."""

from registry.flows.appointment import (
    APPOINTMENT,
    HOLDING,
    MEDIATING,
    PENDING,
    AppointmentState,
    asking_for_reviews,
    may_be_accepted,
    may_take_up_duty,
)
from registry.flows.imports import IMPORT, ImportState
from registry.flows.organization import ORGANIZATION, OrganizationState

__all__ = [
    "APPOINTMENT",
    "HOLDING",
    "IMPORT",
    "MEDIATING",
    "ORGANIZATION",
    "PENDING",
    "AppointmentState",
    "ImportState",
    "OrganizationState",
    "asking_for_reviews",
    "may_be_accepted",
    "may_take_up_duty",
]
