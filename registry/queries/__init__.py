"""The questions asked of the register, one module for each noun."""

from registry.queries.closures import (
    ClosureItemQuerySet,
    ClosureQuerySet,
    RectificationQuerySet,
)
from registry.queries.notices import NoticeQuerySet, ObjectionQuerySet
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
    "ClosureItemQuerySet",
    "ClosureQuerySet",
    "DivisionQuerySet",
    "ImportBatchQuerySet",
    "LevelHoldingQuerySet",
    "MediatorQuerySet",
    "NoticeQuerySet",
    "ObjectionQuerySet",
    "OrganizationQuerySet",
    "PolicyQuerySet",
    "PostQuerySet",
    "RectificationQuerySet",
    "in_force",
    "is_alike",
    "is_same_person",
]
