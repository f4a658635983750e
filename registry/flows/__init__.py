"""The life cycles of the register: one module each, one table each."""

from registry.flows.appointment import APPOINTMENT, AppointmentState
from registry.flows.edition import EDITION, EditionState
from registry.flows.filing import FILING, FilingKind, FilingState
from registry.flows.imports import IMPORT, ImportState
from registry.flows.organization import ORGANIZATION, OrganizationState

__all__ = [
    "APPOINTMENT",
    "EDITION",
    "FILING",
    "IMPORT",
    "ORGANIZATION",
    "AppointmentState",
    "EditionState",
    "FilingKind",
    "FilingState",
    "ImportState",
    "OrganizationState",
]
