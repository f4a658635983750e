"""The tables of the register."""

from registry.models.appointment import (
    Appointment,
    Employment,
    EndedBy,
    Ground,
    PostHeld,
    Route,
)
from registry.models.discipline import Discipline, DisciplineKind
from registry.models.division import Division, DivisionLevel, DivisionUserObjectPermission
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
from registry.models.version import (
    AppointmentVersion,
    LevelVersion,
    MediatorVersion,
    OrganizationVersion,
)

__all__ = [
    "Appointment",
    "AppointmentVersion",
    "Background",
    "Consent",
    "ConsentField",
    "Discipline",
    "DisciplineKind",
    "Division",
    "DivisionLevel",
    "DivisionUserObjectPermission",
    "Education",
    "Employment",
    "EndedBy",
    "Ground",
    "ImportBatch",
    "ImportKind",
    "ImportRow",
    "Language",
    "Level",
    "LevelHolding",
    "LevelVersion",
    "Mediator",
    "MediatorRow",
    "MediatorVersion",
    "Organization",
    "OrganizationKind",
    "OrganizationRow",
    "OrganizationUserObjectPermission",
    "OrganizationVersion",
    "Policy",
    "PolicyKey",
    "PolicyUnit",
    "Post",
    "PostHeld",
    "Route",
    "Sex",
    "Speciality",
    "Standing",
    "Verdict",
]
