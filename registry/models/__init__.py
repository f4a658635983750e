"""The tables of the register."""

from registry.models.appointment import Appointment, Employment, PostHeld, Route
from registry.models.auxiliary import AuxiliaryKind, AuxiliaryPerson
from registry.models.award import Award, AwardLevel
from registry.models.division import Division, DivisionLevel, DivisionUserObjectPermission
from registry.models.expert import Expert, ExpertField
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
from registry.models.standard import StaffingStandard, StandardLine
from registry.models.star import StarRating, StudioProfile
from registry.models.terms import Language, Speciality

__all__ = [
    "Appointment",
    "AuxiliaryKind",
    "AuxiliaryPerson",
    "Award",
    "AwardLevel",
    "Background",
    "Consent",
    "ConsentField",
    "Division",
    "DivisionLevel",
    "DivisionUserObjectPermission",
    "Education",
    "Employment",
    "Expert",
    "ExpertField",
    "ImportBatch",
    "ImportKind",
    "ImportRow",
    "Language",
    "Level",
    "LevelHolding",
    "Mediator",
    "MediatorRow",
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
    "Sex",
    "Speciality",
    "StaffingStandard",
    "StandardLine",
    "Standing",
    "StarRating",
    "StudioProfile",
    "Verdict",
]
