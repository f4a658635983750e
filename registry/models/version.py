"""What the register said at every moment: versions that are added and superseded, never altered.

The rows are written by triggers of the database (``registry.versions``), so that no act, import or
statement can change the register without a trace of what it said before. A version points to its
subject by number only: it stays when the subject is taken back.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.flows import AppointmentState, OrganizationState
from registry.models.appointment import Appointment, Employment, PostHeld, Route
from registry.models.level import LevelHolding
from registry.models.mediator import Mediator
from registry.models.organization import Organization, OrganizationKind
from registry.queries import (
    AppointmentVersionQuerySet,
    LevelVersionQuerySet,
    MediatorVersionQuerySet,
    OrganizationVersionQuerySet,
)

# What is asked for most is what is known now.
STANDING = Q(superseded_at__isnull=True)


class Version(models.Model):
    """What a row said from ``recorded_at`` until, but not at, ``superseded_at``."""

    subject = models.BigIntegerField(_("record"))
    recorded_at = models.DateTimeField(_("recorded at"))
    superseded_at = models.DateTimeField(_("superseded at"), null=True)

    class Meta:
        abstract = True
        default_permissions = []


class OrganizationVersion(Version):
    """What was so of an organisation during ``[valid_from, valid_until)``.

    Columns beside those of the version are called as in ``Organization``.
    """

    source = Organization
    # The day from which a row reads so, where nothing else is said.
    valid_since = ["effective_on", "filed_on", "established_on"]

    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True)
    public_id = models.CharField(_("public id"), max_length=12)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=OrganizationKind.choices)
    division_id = models.BigIntegerField(_("number of the division"))
    state = models.CharField(_("state"), max_length=20, choices=OrganizationState.choices)
    number = models.CharField(_("register number"), max_length=40, null=True)  # noqa: DJ001
    phone = models.CharField(_("public phone"), max_length=30)
    address = models.CharField(_("address"), max_length=200)
    successor_id = models.BigIntegerField(_("successor"), null=True)
    deregistered_on = models.DateField(_("deregistered on"), null=True)

    objects = OrganizationVersionQuerySet.as_manager()

    class Meta(Version.Meta):
        default_permissions = ["view", "export"]
        ordering = ["division_id", "name"]
        verbose_name = _("version of an organisation")
        verbose_name_plural = _("versions of organisations")
        indexes = [
            models.Index(fields=["subject", "recorded_at"], name="organization_versions"),
            models.Index(
                fields=["division_id", "name"], name="organization_versions_now", condition=STANDING
            ),
        ]

    def __str__(self):
        return self.name


class MediatorVersion(Version):
    """What was on record of a person; columns are called as in ``Mediator``."""

    source = Mediator

    public_id = models.CharField(_("public id"), max_length=12)
    name = models.CharField(_("name"), max_length=60)
    sex = models.CharField(_("sex"), max_length=6)
    division_id = models.BigIntegerField(_("number of the division"))
    certificate_number = models.CharField(  # noqa: DJ001 - as in the source: unique, if any
        _("certificate number"), max_length=40, null=True
    )

    objects = MediatorVersionQuerySet.as_manager()

    class Meta(Version.Meta):
        verbose_name = _("version of a mediator")
        verbose_name_plural = _("versions of mediators")
        indexes = [models.Index(fields=["subject", "recorded_at"], name="mediator_versions")]

    def __str__(self):
        return self.name


class AppointmentVersion(Version):
    """What was on record of a post; its own dates tell when it was held."""

    source = Appointment

    mediator_id = models.BigIntegerField(_("mediator"))
    organization_id = models.BigIntegerField(_("organisation"))
    post = models.CharField(_("post"), max_length=10, choices=PostHeld.choices)
    employment = models.CharField(
        _("full-time or part-time"), max_length=10, choices=Employment.choices
    )
    route = models.CharField(_("elected or appointed"), max_length=10, choices=Route.choices)
    from_on = models.DateField(_("from"))
    term_until_on = models.DateField(_("term ends on"), null=True)
    until_on = models.DateField(_("left on"), null=True)
    state = models.CharField(_("state"), max_length=15, choices=AppointmentState.choices)

    objects = AppointmentVersionQuerySet.as_manager()

    class Meta(Version.Meta):
        verbose_name = _("version of an appointment")
        verbose_name_plural = _("versions of appointments")
        indexes = [
            models.Index(fields=["subject", "recorded_at"], name="appointment_versions"),
            models.Index(fields=["organization_id"], name="appointment_versions_of_body"),
            models.Index(fields=["mediator_id"], name="appointment_versions_of_person"),
            models.Index(
                fields=["organization_id"], name="appointment_versions_now", condition=STANDING
            ),
        ]

    def __str__(self):
        return f"{self.mediator_id} · {self.organization_id}"


class LevelVersion(Version):
    """What was on record of a level held; its own dates tell when it was held."""

    source = LevelHolding

    mediator_id = models.BigIntegerField(_("mediator"))
    level_id = models.BigIntegerField(_("level"))
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True)

    objects = LevelVersionQuerySet.as_manager()

    class Meta(Version.Meta):
        verbose_name = _("version of a level held")
        verbose_name_plural = _("versions of levels held")
        indexes = [
            models.Index(fields=["subject", "recorded_at"], name="level_versions"),
            models.Index(fields=["mediator_id"], name="level_versions_of_person"),
        ]

    def __str__(self):
        return f"{self.mediator_id} {self.level_id}"


VERSIONS = [OrganizationVersion, MediatorVersion, AppointmentVersion, LevelVersion]
