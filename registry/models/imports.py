import json
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from office.models import Record
from office.models.files import private_files
from office.personal import EncryptedTextField
from registry.flows import IMPORT, ImportState
from registry.models.division import Division
from registry.queries import ImportBatchQuerySet


class ImportKind(models.TextChoices):
    ORGANIZATIONS = "organizations", _("mediation organisations")
    MEDIATORS = "mediators", _("people's mediators")


class Verdict(models.TextChoices):
    """What a row would do to the register."""

    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    SAME = "same", _("same")
    ERROR = "error", _("refused")


def import_path(batch, filename):
    """Name the stored file by chance; what it was called is kept in its row."""
    return f"imports/{uuid4().hex}"


class ImportBatch(Record):
    """A roster file of a filing bureau: what was found in it, and what became of it."""

    flow = IMPORT

    kind = models.CharField(_("kind"), max_length=15, choices=ImportKind.choices)
    division = models.ForeignKey(
        Division,
        verbose_name=_("filing bureau's division"),
        on_delete=models.PROTECT,
        related_name="imports",
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=ImportState.choices,
        default=ImportState.UPLOADED,
        editable=False,
    )
    file = models.FileField(
        _("file"), upload_to=import_path, storage=private_files, blank=True, editable=False
    )
    file_name = models.CharField(_("file name"), max_length=200)
    digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    # {column: position from 0, or null for "not read"}, as an officer settled the headings.
    choices = models.JSONField(_("headings"), default=dict, blank=True)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    new = models.PositiveIntegerField(_("new rows"), default=0)
    changed = models.PositiveIntegerField(_("changed rows"), default=0)
    same = models.PositiveIntegerField(_("unchanged rows"), default=0)
    refused = models.PositiveIntegerField(_("refused rows"), default=0)
    repaired = models.PositiveIntegerField(_("repaired rows"), default=0)
    remarked = models.PositiveIntegerField(_("rows with remarks"), default=0)
    # What was checked on a day is entered as of that day, so that it is what the officer saw.
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    fault = models.TextField(_("why it failed"), blank=True)
    emptied_at = models.DateTimeField(_("emptied at"), null=True, blank=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        permissions = IMPORT.permissions("importbatch")
        indexes = [
            models.Index(fields=["division", "state"], name="import_in_division"),
            models.Index(fields=["digest"], name="import_by_digest"),
        ]
        constraints = [
            models.CheckConstraint(
                name="import_state_is_known", condition=Q(state__in=ImportState.values)
            ),
            models.CheckConstraint(
                name="import_kind_is_known", condition=Q(kind__in=ImportKind.values)
            ),
        ]

    def __str__(self):
        return self.file_name

    @property
    def area(self):
        return self.division_id

    @property
    def accepted(self):
        return self.rows - self.refused


class ImportRow(models.Model):
    """One row of an import. Of a refused row only its number and the reasons are kept.

    ``content`` is what the register said before and says after, as JSON, encrypted: it holds
    personal data and is needed for the preview and for undoing.
    """

    batch = models.ForeignKey(
        ImportBatch, verbose_name=_("import"), on_delete=models.CASCADE, related_name="lines"
    )
    number = models.PositiveIntegerField(_("row"))
    sheet_row = models.PositiveIntegerField(_("row of the sheet"))
    verdict = models.CharField(_("result"), max_length=7, choices=Verdict.choices)
    repaired = models.BooleanField(_("repaired"), default=False)
    # Both are lists of [heading, sentence].
    faults = models.JSONField(_("reasons"), default=list)
    remarks = models.JSONField(_("remarks"), default=list)
    target = models.CharField(_("public id"), max_length=12, blank=True)
    content = EncryptedTextField(_("content"), null=True, blank=True)

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["batch", "number"]
        default_permissions = []
        indexes = [
            models.Index(fields=["batch", "verdict", "number"], name="import_row_by_verdict")
        ]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="import_row_once"),
            models.CheckConstraint(
                name="import_row_verdict_is_known", condition=Q(verdict__in=Verdict.values)
            ),
            models.CheckConstraint(
                name="import_refused_row_keeps_nothing",
                condition=~Q(verdict=Verdict.ERROR) | Q(content__isnull=True, target=""),
            ),
        ]

    def __str__(self):
        return f"{self.batch_id}/{self.number}"

    @cached_property
    def _content(self):
        return json.loads(self.content) if self.content else {"before": {}, "after": {}}

    @property
    def before(self):
        return self._content["before"]

    @property
    def after(self):
        return self._content["after"]
