"""The questions asked of the register, one module for each noun."""

from registry.queries.appointments import AppointmentQuerySet, DisciplineQuerySet
from registry.queries.closures import (
    ClosureItemQuerySet,
    ClosureQuerySet,
    RectificationQuerySet,
)
from registry.queries.editions import EditionQuerySet, ExtractQuerySet
from registry.queries.filings import (
    CampaignQuerySet,
    CommitteeTermQuerySet,
    ConfirmingQuerySet,
    CourtNoticeQuerySet,
    FilingQuerySet,
)
from registry.queries.grants import posts_granted
from registry.queries.merges import MergeQuerySet
from registry.queries.notices import NoticeQuerySet, ObjectionQuerySet
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
    "CampaignQuerySet",
    "ClosureItemQuerySet",
    "ClosureQuerySet",
    "CommitteeTermQuerySet",
    "ConfirmingQuerySet",
    "CourtNoticeQuerySet",
    "DisciplineQuerySet",
    "DivisionQuerySet",
    "EditionQuerySet",
    "ExtractQuerySet",
    "FilingQuerySet",
    "ImportBatchQuerySet",
    "LevelHoldingQuerySet",
    "LevelVersionQuerySet",
    "MediatorQuerySet",
    "MediatorVersionQuerySet",
    "MergeQuerySet",
    "NoticeQuerySet",
    "ObjectionQuerySet",
    "OrganizationQuerySet",
    "OrganizationVersionQuerySet",
    "PolicyQuerySet",
    "PostQuerySet",
    "RectificationQuerySet",
    "in_force",
    "is_alike",
    "is_same_person",
    "posts_granted",
]
