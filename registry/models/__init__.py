"""The tables of the register."""

from registry.models.appointment import Appointment, Employment, PostHeld, Route
from registry.models.confirmation import (
    Confirmation,
    ConfirmationCampaign,
    ConfirmingOrganization,
)
from registry.models.court import CourtNotice, CourtSubject, NumberSeries, SeriesPurpose
from registry.models.division import Division, DivisionLevel, DivisionUserObjectPermission
from registry.models.filing import CHANGEABLE, CommitteeTerm, Filing
from registry.models.imports import ImportBatch, ImportKind, ImportRow, Verdict
from registry.models.level import Level, LevelHolding
from registry.models.mediator import Background, Consent, ConsentField, Education, Mediator, Sex
from registry.models.organization import (
    Organization,
    OrganizationKind,
    OrganizationUserObjectPermission,
)
from registry.models.policy import Policy, PolicyKey, PolicyUnit, Standing
from registry.models.post import Post
from registry.models.roster import MediatorRow, OrganizationRow
from registry.models.terms import Language, Speciality

__all__ = [
    "CHANGEABLE",
    "Appointment",
    "Background",
    "CommitteeTerm",
    "Confirmation",
    "ConfirmationCampaign",
    "ConfirmingOrganization",
    "Consent",
    "ConsentField",
    "CourtNotice",
    "CourtSubject",
    "Division",
    "DivisionLevel",
    "DivisionUserObjectPermission",
    "Education",
    "Employment",
    "Filing",
    "ImportBatch",
    "ImportKind",
    "ImportRow",
    "Language",
    "Level",
    "LevelHolding",
    "Mediator",
    "MediatorRow",
    "NumberSeries",
    "Organization",
    "OrganizationKind",
    "OrganizationRow",
    "OrganizationUserObjectPermission",
    "Policy",
    "PolicyKey",
    "PolicyUnit",
    "Post",
    "PostHeld",
    "Route",
    "SeriesPurpose",
    "Sex",
    "Speciality",
    "Standing",
    "Verdict",
]
