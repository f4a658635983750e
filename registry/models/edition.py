from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from office.models import Record
from office.models.files import private_files
from registry.flows import EDITION, EditionState
from registry.models.division import Division
from registry.models.mediator import Mediator
from registry.models.organization import OrganizationKind
from registry.models.public_id import new_public_id
from registry.queries import EditionQuerySet, ExtractQuerySet


def edition_path(edition, filename):
    return f"editions/{edition.public_id}/{filename}"


class Edition(Record):
    """The roster of a division, or of one kind of organisation there, as published on a day.

    ``digest`` is that of the rows, so that they can be computed again from the register; the files
    have digests of their own, so that a copy can be compared.
    """

    flow = EDITION

    public_id = models.CharField(
        _("public id"), max_length=12, unique=True, default=new_public_id, editable=False
    )
    title = models.CharField(_("title"), max_length=120)
    division = models.ForeignKey(
        Division, verbose_name=_("division"), on_delete=models.PROTECT, related_name="editions"
    )
    kind = models.CharField(
        _("kind of organisation"), max_length=12, choices=OrganizationKind.choices, blank=True
    )
    on_date = models.DateField(_("roster on"))
    known_at = models.DateTimeField(_("as known at"))
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=EditionState.choices,
        default=EditionState.PREPARING,
        editable=False,
    )
    people = models.PositiveIntegerField(_("mediators"), default=0, editable=False)
    organizations = models.PositiveIntegerField(_("organisations"), default=0, editable=False)
    digest = models.CharField(_("SHA-256 of the rows"), max_length=64, blank=True, editable=False)
    findings = models.JSONField(
        _("personal data found"),
        default=list,
        blank=True,
        encoder=DjangoJSONEncoder,
        editable=False,
    )
    pdf = models.FileField(
        "PDF", upload_to=edition_path, storage=private_files, blank=True, editable=False
    )
    pdf_sha256 = models.CharField(
        _("SHA-256 of the PDF"), max_length=64, blank=True, editable=False
    )
    xlsx = models.FileField(
        "XLSX", upload_to=edition_path, storage=private_files, blank=True, editable=False
    )
    xlsx_sha256 = models.CharField(
        _("SHA-256 of the workbook"), max_length=64, blank=True, editable=False
    )
    ledger_head = models.CharField(
        _("head of the ledger"), max_length=90, blank=True, editable=False
    )
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("prepared by"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    published_on = models.DateField(_("published on"), null=True, editable=False)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("roster edition")
        verbose_name_plural = _("roster editions")
        ordering = ["-on_date", "-pk"]
        permissions = EDITION.permissions("edition")
        constraints = [
            models.CheckConstraint(
                name="edition_state_is_known", condition=Q(state__in=EditionState.values)
            ),
            models.CheckConstraint(
                name="edition_published_by_a_second_person",
                condition=~Q(state__in=[EditionState.PUBLISHED, EditionState.WITHDRAWN])
                | (
                    Q(published_by__isnull=False, published_on__isnull=False)
                    & ~Q(published_by=models.F("prepared_by"))
                ),
            ),
            models.CheckConstraint(
                name="edition_withdrawn_has_a_date",
                condition=Q(state=EditionState.WITHDRAWN, withdrawn_on__isnull=False)
                | (~Q(state=EditionState.WITHDRAWN) & Q(withdrawn_on__isnull=True)),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("edition", args=[self.public_id])

    @property
    def area(self):
        return self.division_id


class Extract(models.Model):
    """A statement that a person was a mediator of an organisation on a day, open to verification.

    ``facts`` are all that is printed, as (term, value): whoever looks it up sees every one of them.
    """

    public_id = models.CharField(
        _("public id"), max_length=12, unique=True, default=new_public_id, editable=False
    )
    mediator = models.ForeignKey(
        Mediator, verbose_name=_("mediator"), on_delete=models.PROTECT, related_name="extracts"
    )
    on_date = models.DateField(_("roster on"))
    known_at = models.DateTimeField(_("as known at"))
    facts = models.JSONField(_("facts"), encoder=DjangoJSONEncoder)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("issued by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    issued_on = models.DateField(_("issued on"))
    issuer = models.CharField(_("issuing body"), max_length=120)

    objects = ExtractQuerySet.as_manager()

    class Meta:
        verbose_name = _("extract of the roster")
        verbose_name_plural = _("extracts of the roster")
        ordering = ["-issued_on", "-pk"]
        default_permissions = ["view"]

    def __str__(self):
        return self.public_id

    def get_absolute_url(self):
        return reverse("extract", args=[self.public_id])

    @property
    def area(self):
        return self.mediator.division_id
