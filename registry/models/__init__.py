"""The tables of the register."""

from registry.models.appointment import Appointment, Employment, PostHeld, Route
from registry.models.closure import Closure, ClosureItem
from registry.models.division import Division, DivisionLevel, DivisionUserObjectPermission
from registry.models.imports import ImportBatch, ImportKind, ImportRow, Verdict
from registry.models.level import Level, LevelHolding
from registry.models.mediator import Background, Consent, ConsentField, Education, Mediator, Sex
from registry.models.notice import Objection, PublicNotice
from registry.models.organization import (
    Organization,
    OrganizationKind,
    OrganizationUserObjectPermission,
)
from registry.models.policy import Policy, PolicyKey, PolicyUnit, Standing
from registry.models.post import Post
from registry.models.rectification import Fault, Rectification
from registry.models.roster import MediatorRow, OrganizationRow
from registry.models.terms import Language, Speciality

__all__ = [
    "Appointment",
    "Background",
    "Closure",
    "ClosureItem",
    "Consent",
    "ConsentField",
    "Division",
    "DivisionLevel",
    "DivisionUserObjectPermission",
    "Education",
    "Employment",
    "Fault",
    "ImportBatch",
    "ImportKind",
    "ImportRow",
    "Language",
    "Level",
    "LevelHolding",
    "Mediator",
    "MediatorRow",
    "Objection",
    "Organization",
    "OrganizationKind",
    "OrganizationRow",
    "OrganizationUserObjectPermission",
    "Policy",
    "PolicyKey",
    "PolicyUnit",
    "Post",
    "PostHeld",
    "PublicNotice",
    "Rectification",
    "Route",
    "Sex",
    "Speciality",
    "Standing",
    "Verdict",
]
