"""The questions asked of the register, one module for each noun."""

from registry.queries.filings import (
    CampaignQuerySet,
    CommitteeTermQuerySet,
    ConfirmingQuerySet,
    CourtNoticeQuerySet,
    FilingQuerySet,
)
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
    "CampaignQuerySet",
    "CommitteeTermQuerySet",
    "ConfirmingQuerySet",
    "CourtNoticeQuerySet",
    "DivisionQuerySet",
    "FilingQuerySet",
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
