from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from office.models import Record
from office.roles import Role
from registry.flows import ORGANIZATION, OrganizationState
from registry.models.division import Division
from registry.models.public_id import new_public_id
from registry.models.terms import Speciality
from registry.queries import OrganizationQuerySet


class OrganizationKind(models.TextChoices):
    VILLAGE = "village", _("village or community committee")
    TOWNSHIP = "township", _("township or street committee")
    ENTERPRISE = "enterprise", _("enterprise or institution committee")
    INDUSTRY = "industry", _("industry or professional committee")
    REGIONAL = "regional", _("regional committee")
    COUNTY = "county", _("city or county committee")
    STATIONED = "stationed", _("stationed studio")
    STUDIO = "studio", _("personal or brand studio")
    SOCIAL = "social", _("social organisation")
    GROUP = "group", _("mediation group")
    COMMERCIAL = "commercial", _("commercial mediation body")


# Committees are not subordinate to each other; only studios and groups stand under one.
KINDS_UNDER_A_COMMITTEE = [
    OrganizationKind.STATIONED,
    OrganizationKind.STUDIO,
    OrganizationKind.GROUP,
]


class Organization(Record):
    """A mediation organisation in the register. Its state is moved by steps only."""

    flow = ORGANIZATION

    public_id = models.CharField(
        _("public id"), max_length=12, unique=True, default=new_public_id, editable=False
    )
    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=OrganizationKind.choices)
    field = models.ForeignKey(
        Speciality,
        verbose_name=_("field"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="organizations",
    )
    division = models.ForeignKey(
        Division, verbose_name=_("division"), on_delete=models.PROTECT, related_name="organizations"
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("stands under"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="studios",
    )
    founding_unit = models.CharField(_("founding unit"), max_length=120, blank=True)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    number = models.CharField(
        _("register number"), max_length=40, null=True, blank=True, unique=True
    )
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=OrganizationState.choices,
        default=OrganizationState.DRAFT,
        editable=False,
    )
    established_on = models.DateField(_("established on"), null=True, blank=True)
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    confirmed_on = models.DateField(_("last confirmed on"), null=True, blank=True, editable=False)
    deregistered_on = models.DateField(_("deregistered on"), null=True, blank=True, editable=False)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("successor"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        editable=False,
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        editable=False,
    )
    # The day from which the row reads as it does; earlier versions answer for the days before.
    effective_on = models.DateField(_("effective on"), null=True, blank=True, editable=False)
    needs_minority_member = models.BooleanField(_("needs a minority member"), default=False)
    address = models.CharField(_("address"), max_length=200, blank=True)
    phone = models.CharField(_("public phone"), max_length=30, blank=True)
    hours = models.CharField(_("office hours"), max_length=120, blank=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("mediation organisation")
        verbose_name_plural = _("mediation organisations")
        ordering = ["division_id", "name"]
        permissions = [
            *ORGANIZATION.permissions("organization"),
            ("export_organization", "Can export organization"),
            ("merge_organization", "Can merge two entries of one organization"),
            ("correct_organization", "Can correct an entry error of an organization"),
            *[(f"serve_as_{role}", f"Serves as {role.name.lower()}") for role in [Role.CLERK]],
        ]
        indexes = [
            models.Index(fields=["division", "state"], name="organization_in_division"),
            models.Index(fields=["name"], name="organization_by_name"),
        ]
        constraints = [
            models.CheckConstraint(
                name="organization_state_is_known", condition=Q(state__in=OrganizationState.values)
            ),
            models.CheckConstraint(
                name="organization_kind_is_known", condition=Q(kind__in=OrganizationKind.values)
            ),
            models.CheckConstraint(
                name="organization_parent_only_for_studios",
                condition=Q(parent__isnull=True) | Q(kind__in=KINDS_UNDER_A_COMMITTEE),
            ),
            models.CheckConstraint(
                name="organization_is_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
            ),
            models.CheckConstraint(
                name="organization_is_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
            ),
            models.CheckConstraint(
                name="organization_is_not_its_own_successor",
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")),
            ),
            models.CheckConstraint(
                name="organization_deregistered_has_a_date",
                condition=Q(state=OrganizationState.DEREGISTERED, deregistered_on__isnull=False)
                | (~Q(state=OrganizationState.DEREGISTERED) & Q(deregistered_on__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["division", "name"],
                condition=~Q(
                    state__in=[OrganizationState.DEREGISTERED, OrganizationState.NOT_LISTED]
                ),
                name="organization_name_once_in_a_division",
                violation_error_message=_(
                    "An organisation of this name is already in the register of this division."
                ),
            ),
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=~Q(credit_code=""),
                name="organization_credit_code_once",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def area(self):
        return self.division_id

    def get_absolute_url(self):
        return reverse("organization", args=[self.public_id])


class OrganizationUserObjectPermission(UserObjectPermissionBase):
    """Guardian's grant of a role in an organisation; written by ``registry.actions`` only."""

    content_object = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="userobjectpermissions"
    )

    class Meta(UserObjectPermissionBase.Meta):
        default_permissions = []
