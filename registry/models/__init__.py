"""The tables of the register."""

from registry.models.appointment import (
    Appointment,
    Employment,
    EndedBy,
    Ground,
    PostHeld,
    Route,
)
from registry.models.auxiliary import AuxiliaryKind, AuxiliaryPerson
from registry.models.award import Award, AwardLevel
from registry.models.closure import Closure, ClosureItem
from registry.models.confirmation import (
    Confirmation,
    ConfirmationCampaign,
    ConfirmingOrganization,
)
from registry.models.court import CourtNotice, CourtSubject, NumberSeries, SeriesPurpose
from registry.models.discipline import Discipline, DisciplineKind
from registry.models.division import Division, DivisionLevel, DivisionUserObjectPermission
from registry.models.edition import Edition, Extract
from registry.models.erasure import Erasure
from registry.models.expert import Expert, ExpertField
from registry.models.filing import CHANGEABLE, FILED_ONLY, CommitteeTerm, Filing
from registry.models.imports import ImportBatch, ImportKind, ImportRow, Verdict
from registry.models.level import Level, LevelHolding
from registry.models.mediator import Background, Consent, ConsentField, Education, Mediator, Sex
from registry.models.merge import Merge, MergedKind
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
from registry.models.standard import StaffingStandard, StandardLine
from registry.models.star import StarRating, StudioProfile
from registry.models.terms import Language, Speciality
from registry.models.version import (
    AppointmentVersion,
    LevelVersion,
    MediatorVersion,
    OrganizationVersion,
)

__all__ = [
    "CHANGEABLE",
    "FILED_ONLY",
    "Appointment",
    "AppointmentVersion",
    "AuxiliaryKind",
    "AuxiliaryPerson",
    "Award",
    "AwardLevel",
    "Background",
    "Closure",
    "ClosureItem",
    "CommitteeTerm",
    "Confirmation",
    "ConfirmationCampaign",
    "ConfirmingOrganization",
    "Consent",
    "ConsentField",
    "CourtNotice",
    "CourtSubject",
    "Discipline",
    "DisciplineKind",
    "Division",
    "DivisionLevel",
    "DivisionUserObjectPermission",
    "Edition",
    "Education",
    "Employment",
    "EndedBy",
    "Erasure",
    "Expert",
    "ExpertField",
    "Extract",
    "Fault",
    "Filing",
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
    "Merge",
    "MergedKind",
    "NumberSeries",
    "Objection",
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
    "PublicNotice",
    "Rectification",
    "Route",
    "SeriesPurpose",
    "Sex",
    "Speciality",
    "StaffingStandard",
    "StandardLine",
    "Standing",
    "StarRating",
    "StudioProfile",
    "Verdict",
]
