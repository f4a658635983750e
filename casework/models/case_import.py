import json
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from casework.flows import CASE_IMPORT
from casework.models.push_key import PushKey
from casework.queries import CaseImportQuerySet, CaseImportRowQuerySet
from office.models import Record
from office.models.files import private_files
from office.personal import EncryptedTextField
from registry.flows import ImportState
from registry.models import Division, Organization, Verdict


def case_import_path(batch, filename):
    """Name the stored file by chance; what it was called is kept in its row."""
    return f"case-imports/{uuid4().hex}"


class CaseImport(Record):
    """A file of cases, or one push of a platform: what was found in it, what became of it."""

    flow = CASE_IMPORT

    division = models.ForeignKey(
        Division, verbose_name=_("division"), on_delete=models.PROTECT, related_name="case_imports"
    )
    # A clerk's file is for the own organisation only.
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="case_imports",
    )
    key = models.ForeignKey(
        PushKey,
        verbose_name=_("key of the platform"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="pushes",
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=ImportState.choices,
        default=ImportState.UPLOADED,
        editable=False,
    )
    file = models.FileField(
        _("file"), upload_to=case_import_path, storage=private_files, blank=True, editable=False
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
    new = models.PositiveIntegerField(_("new cases"), default=0)
    changed = models.PositiveIntegerField(_("changed cases"), default=0)
    same = models.PositiveIntegerField(_("unchanged cases"), default=0)
    refused = models.PositiveIntegerField(_("refused rows"), default=0)
    # [column, code, how many, first row of the sheet], the most frequent first.
    reasons = models.JSONField(_("why rows were refused"), default=list, blank=True)
    # What was checked on a day is entered as of that day, so that it is what the officer saw.
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    # Of the rows that made or changed a case, in their order; told to the ledger.
    content_digest = models.CharField(_("SHA-256 of what was entered"), max_length=64, blank=True)
    fault = models.TextField(_("why it failed"), blank=True)
    emptied_at = models.DateTimeField(_("emptied at"), null=True, blank=True)

    objects = CaseImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of cases")
        verbose_name_plural = _("imports of cases")
        ordering = ["-pk"]
        permissions = CASE_IMPORT.permissions("caseimport")
        indexes = [
            models.Index(fields=["division", "state"], name="caseimport_in_division"),
            models.Index(fields=["digest"], name="caseimport_by_digest"),
        ]
        constraints = [
            models.CheckConstraint(
                name="caseimport_state_is_known", condition=Q(state__in=ImportState.values)
            ),
            models.CheckConstraint(
                name="caseimport_is_of_an_officer_or_a_key",
                condition=Q(key__isnull=True) | Q(uploaded_by__isnull=True),
            ),
        ]

    def __str__(self):
        return self.file_name

    @property
    def area(self):
        return self.division_id


class CaseImportRow(models.Model):
    """What one row of a file does to the ledger of cases, and after it was entered: what it did.

    Rows that say what is stored are counted only. Of a refused row the number and the reasons are
    kept. Rows of an import that was entered are the history of their cases and never change.
    """

    batch = models.ForeignKey(
        CaseImport, verbose_name=_("import"), on_delete=models.CASCADE, related_name="lines"
    )
    number = models.PositiveIntegerField(_("row"))
    sheet_row = models.PositiveIntegerField(_("row of the sheet"))
    case_number = models.CharField(_("case number"), max_length=40, blank=True)
    verdict = models.CharField(_("result"), max_length=7, choices=Verdict.choices)
    # [column, code, what the cell said]; a sentence is made of them when they are shown.
    faults = models.JSONField(_("reasons"), default=list)
    # The revision the case had; None for a new one.
    revision_before = models.PositiveIntegerField(_("revision before"), null=True, blank=True)
    before = models.JSONField(_("before"), null=True, blank=True)
    after = models.JSONField(_("after"), null=True, blank=True)
    # JSON of the parties before and after: they are people, so it is encrypted.
    parties = EncryptedTextField(_("parties"), null=True, blank=True)

    objects = CaseImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of an import of cases")
        verbose_name_plural = _("rows of imports of cases")
        ordering = ["batch", "number"]
        default_permissions = []
        indexes = [
            models.Index(fields=["batch", "verdict", "number"], name="caseimportrow_by_verdict"),
            models.Index(fields=["case_number"], name="caseimportrow_of_a_case"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="caseimportrow_once"),
            models.CheckConstraint(
                name="caseimportrow_verdict_is_known", condition=Q(verdict__in=Verdict.values)
            ),
            models.CheckConstraint(
                name="caseimportrow_refused_keeps_nothing",
                condition=~Q(verdict=Verdict.ERROR)
                | Q(before__isnull=True, after__isnull=True, parties__isnull=True),
            ),
            models.CheckConstraint(
                name="caseimportrow_changes_a_revision",
                condition=~Q(verdict=Verdict.CHANGED) | Q(revision_before__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.batch_id}/{self.number}"

    @cached_property
    def told_parties(self):
        """The parties before and after as [side, whether a unit, name, telephone]."""
        return json.loads(self.parties) if self.parties else {"before": [], "after": []}
