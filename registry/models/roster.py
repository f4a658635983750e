"""What the public pages of the register show, copied out of it: public fields and nothing else.

The rows are written by ``registry.search.upkeep`` in the transaction of the act they follow from.
No other module writes them, and no page of results reads any other table of persons. Which fields
are public: article 2 of the specification ("Public fields"); the list is held by a test.

The index of each table goes with its rows by a trigger (migration ``roster_index``). SQLite drops
the trigger when it rebuilds a table: a migration that alters one of these must create it again.
"""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registry.flows import OrganizationState
from registry.models.appointment import Employment, PostHeld
from registry.models.mediator import Mediator, Sex
from registry.models.organization import Organization, OrganizationKind

SEQUENCE = 10**12


def mediator_rank(level_rank, employment, pk):
    """Return the place of a mediator in every list: by level, full-time first, then as entered.

    One number orders the list and names the row, so a page is read from the index in its order and
    no sort is needed.
    """
    order = Employment.values.index(employment)
    return (level_rank * len(Employment.values) + order) * SEQUENCE + pk


def organization_rank(kind, pk):
    """Return the place of an organisation in every list: by kind, from the county down."""
    order = KINDS_IN_ORDER.index(kind)
    return order * SEQUENCE + pk


K = OrganizationKind
KINDS_IN_ORDER = [
    K.COUNTY, K.INDUSTRY, K.REGIONAL, K.TOWNSHIP, K.VILLAGE, K.ENTERPRISE, K.SOCIAL, K.STATIONED,
    K.STUDIO, K.GROUP, K.COMMERCIAL,
]  # fmt: skip
UNRATED = 99


class MediatorRow(models.Model):
    """A mediator on the roster as the public sees the person."""

    # An AutoField, because only that is the row id on SQLite; the value is always given.
    rank = models.BigAutoField(_("place in the list"), primary_key=True)
    # Without a constraint: the copy is taken away by upkeep after its original has gone.
    mediator = models.OneToOneField(
        Mediator,
        verbose_name=_("mediator"),
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="row",
    )
    public_id = models.CharField(_("public id"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=60)
    sex = models.CharField(_("sex"), max_length=6, choices=Sex.choices, blank=True)
    division_id = models.BigIntegerField(_("number of the division"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    organization_public_id = models.CharField(
        _("public id of the organisation"), max_length=12, db_index=True
    )
    organization_name = models.CharField(_("organisation"), max_length=120)
    organization_kind = models.CharField(
        _("kind of organisation"), max_length=12, choices=OrganizationKind.choices
    )
    work_phone = models.CharField(_("work phone"), max_length=30, blank=True)
    post = models.CharField(_("post"), max_length=10, choices=PostHeld.choices)
    employment = models.CharField(
        _("full-time or part-time"), max_length=10, choices=Employment.choices
    )
    from_on = models.DateField(_("from"))
    term_until_on = models.DateField(_("term ends on"), null=True, blank=True)
    level = models.CharField(_("code of the level"), max_length=20, blank=True)
    level_from_on = models.DateField(_("level held from"), null=True, blank=True)
    level_until_on = models.DateField(_("level held until"), null=True, blank=True)
    specialities = models.CharField(_("codes of the specialities"), max_length=400, blank=True)
    languages = models.CharField(_("codes of the languages"), max_length=300, blank=True)
    certificate_masked = models.CharField(
        _("certificate number, masked"), max_length=40, blank=True
    )

    class Meta:
        verbose_name = _("roster row of a mediator")
        verbose_name_plural = _("roster rows of mediators")
        ordering = ["rank"]
        default_permissions = []

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("mediator", args=[self.public_id])


class OrganizationRow(models.Model):
    """An organisation on the roster as the public sees it."""

    rank = models.BigAutoField(_("place in the list"), primary_key=True)
    organization = models.OneToOneField(
        Organization,
        verbose_name=_("organisation"),
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="row",
    )
    public_id = models.CharField(_("public id"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=OrganizationKind.choices)
    field = models.CharField(_("code of the field"), max_length=30, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=OrganizationState.choices)
    division_id = models.BigIntegerField(_("number of the division"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    phone = models.CharField(_("public phone"), max_length=30, blank=True)
    hours = models.CharField(_("office hours"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("roster row of an organisation")
        verbose_name_plural = _("roster rows of organisations")
        ordering = ["rank"]
        default_permissions = []

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("organization", args=[self.public_id])
