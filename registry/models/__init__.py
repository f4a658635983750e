"""The tables of the register."""

from registry.models.appointment import Appointment
from registry.models.division import Division, DivisionUserObjectPermission
from registry.models.level import Level, LevelHolding
from registry.models.mediator import Consent, Mediator
from registry.models.organization import Organization, OrganizationUserObjectPermission
from registry.models.post import Post
from registry.models.terms import Language, Speciality

__all__ = [
    "Appointment",
    "Consent",
    "Division",
    "DivisionUserObjectPermission",
    "Language",
    "Level",
    "LevelHolding",
    "Mediator",
    "Organization",
    "OrganizationUserObjectPermission",
    "Post",
    "Speciality",
]
