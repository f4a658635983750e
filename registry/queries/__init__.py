"""The questions asked of the register, one module for each noun."""

from registry.queries.policies import PolicyQuerySet
from registry.queries.register import (
    AppointmentQuerySet,
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

__all__ = [
    "AppointmentQuerySet",
    "DivisionQuerySet",
    "ImportBatchQuerySet",
    "LevelHoldingQuerySet",
    "MediatorQuerySet",
    "OrganizationQuerySet",
    "PolicyQuerySet",
    "PostQuerySet",
    "in_force",
    "is_alike",
    "is_same_person",
]
