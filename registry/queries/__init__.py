"""The questions asked of the register, one module for each noun."""

from registry.queries.appointments import AppointmentQuerySet, DisciplineQuerySet
from registry.queries.policies import PolicyQuerySet
from registry.queries.register import (
    DivisionQuerySet,
    ImportBatchQuerySet,
    LevelHoldingQuerySet,
    MediatorQuerySet,
    OrganizationQuerySet,
    PostQuerySet,
    in_force,
    is_alike,
    is_same_person,
)
from registry.queries.versions import (
    AppointmentVersionQuerySet,
    LevelVersionQuerySet,
    MediatorVersionQuerySet,
    OrganizationVersionQuerySet,
)

__all__ = [
    "AppointmentQuerySet",
    "AppointmentVersionQuerySet",
    "DisciplineQuerySet",
    "DivisionQuerySet",
    "ImportBatchQuerySet",
    "LevelHoldingQuerySet",
    "LevelVersionQuerySet",
    "MediatorQuerySet",
    "MediatorVersionQuerySet",
    "OrganizationQuerySet",
    "OrganizationVersionQuerySet",
    "PolicyQuerySet",
    "PostQuerySet",
    "in_force",
    "is_alike",
    "is_same_person",
]
