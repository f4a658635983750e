from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.flows import FILE_CHECK, FileCheckState
from casework.models.case import CaseRecord
from casework.models.case_words import REQUIRED_DOCUMENTS, FileDocument
from casework.models.quality import FULL_MARKS, QualityScheme
from casework.models.sample import Sample
from casework.queries import FileCheckQuerySet
from casework.rules.files import expected
from office.models import Record
from office.personal import EncryptedTextField


def _officer(label):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=label,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )


def _day(label):
    return models.DateField(label, null=True, blank=True, editable=False)


class FileCheck(Record):
    """What one officer found in the file of a case, and how a second officer scored it."""

    flow = FILE_CHECK

    case = models.ForeignKey(
        CaseRecord, verbose_name=_("case"), on_delete=models.PROTECT, related_name="file_checks"
    )
    # The sample it was opened by; empty for a check outside any.
    sample = models.ForeignKey(
        Sample,
        verbose_name=_("sample of cases"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="file_checks",
    )
    opened_on = models.DateField(_("opened on"), editable=False)
    # Codes of ``FileDocument``.
    found = models.JSONField(_("found in the file"), default=list, blank=True, editable=False)
    missing = models.JSONField(
        pgettext_lazy("papers", "missing"), default=list, blank=True, editable=False
    )
    remarks = EncryptedTextField(_("remarks"), max_length=1000, blank=True)
    checked_by = _officer(pgettext_lazy("file", "checked by"))
    checked_on = _day(pgettext_lazy("file", "checked on"))
    to_complete = models.CharField(_("to be completed"), max_length=500, blank=True, editable=False)
    returned_on = _day(_("handed back on"))
    completed_by = _officer(_("completion checked by"))
    completed_on = _day(pgettext_lazy("file", "completed on"))
    scheme = models.ForeignKey(
        QualityScheme,
        verbose_name=_("scheme of file quality"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="file_checks",
    )
    # Points by the code of the item.
    marks = models.JSONField(_("points"), default=dict, blank=True, editable=False)
    score = models.PositiveSmallIntegerField(_("quality score"), null=True, blank=True)
    scored_by = _officer(_("scored by"))
    scored_on = _day(_("scored on"))
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=FileCheckState.choices,
        default=FileCheckState.DRAWN,
        editable=False,
    )

    objects = FileCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("file check")
        verbose_name_plural = _("file checks")
        ordering = ["-opened_on", "-pk"]
        default_permissions = ["view", "add", "export"]
        permissions = FILE_CHECK.permissions("filecheck")
        constraints = [
            models.CheckConstraint(
                name="filecheck_state_is_known", condition=Q(state__in=FileCheckState.values)
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=["drawn", "checked", "returned", "completed"]),
                name="filecheck_one_open",
                violation_error_message=_("The file of this case is being checked already."),
            ),
            models.CheckConstraint(
                name="filecheck_checked_on_a_day",
                condition=Q(state="drawn", checked_on__isnull=True)
                | Q(state="dropped")
                | Q(
                    state__in=["checked", "returned", "completed", "scored"],
                    checked_on__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="filecheck_scored_has_a_score",
                condition=Q(
                    state="scored",
                    score__isnull=False,
                    score__gte=0,
                    score__lte=FULL_MARKS,
                    scheme__isnull=False,
                    scored_on__isnull=False,
                )
                | (~Q(state="scored") & Q(score__isnull=True, scored_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="filecheck_scored_by_another",
                # Each column is tested for null by name: a CHECK that is unknown passes.
                condition=Q(scored_by__isnull=True)
                | (Q(checked_by__isnull=True) | ~Q(scored_by=F("checked_by")))
                & (Q(completed_by__isnull=True) | ~Q(scored_by=F("completed_by"))),
            ),
        ]

    def __str__(self):
        return f"{self.case} · {self.pk}"

    @property
    def area(self):
        return self.case.division_id

    @property
    def expected(self):
        """The codes of what the file of the case must hold, as the case stands today."""
        case = self.case
        return expected(
            REQUIRED_DOCUMENTS,
            agreement=case.agreement,
            confirmation=case.confirmation,
            fulfilment=case.fulfilment,
        )

    def told(self, codes):
        """Return the names of papers, for people."""
        labels = dict(FileDocument.choices)
        return "、".join(str(labels.get(code, code)) for code in codes)
