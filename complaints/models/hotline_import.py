from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.flows import HOTLINE_IMPORT, HotlineState
from office.models import Record
from office.personal import EncryptedTextField
from office.queries import ScopedQuerySet
from registry.models import Division

KEPT_DAYS = 7


class HotlineImport(Record):
    """A file of hotline tickets: how many of them are new, and what became of it.

    The file itself is kept nowhere, nor what it is called. What its new rows say lies sealed under
    ``key``, which is destroyed when they are entered, when the import is abandoned, and after
    ``KEPT_DAYS``.
    """

    flow = HOTLINE_IMPORT

    division = models.ForeignKey(
        Division, verbose_name=_("division"), on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=HotlineState.choices,
        default=HotlineState.CHECKED,
        editable=False,
    )
    key = EncryptedTextField(_("key"), null=True, blank=True, editable=False)
    rows = models.PositiveIntegerField(_("rows"), default=0, editable=False)
    new = models.PositiveIntegerField(_("new tickets"), default=0, editable=False)
    known = models.PositiveIntegerField(_("known tickets"), default=0, editable=False)
    refused = models.PositiveIntegerField(_("refused rows"), default=0, editable=False)
    checked_on = models.DateField(_("checked on"), editable=False)
    ended_on = models.DateField(_("entered or abandoned on"), null=True, blank=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of hotline tickets")
        verbose_name_plural = _("imports of hotline tickets")
        ordering = ["-pk"]
        default_permissions = ["view", "add"]
        permissions = HOTLINE_IMPORT.permissions("hotlineimport")
        indexes = [
            models.Index(fields=["division", "state"], name="hotlineimport_in_division"),
        ]
        constraints = [
            models.CheckConstraint(
                name="hotlineimport_state_is_known", condition=Q(state__in=HotlineState.values)
            ),
            models.CheckConstraint(
                name="hotlineimport_has_a_key_until_it_ends",
                condition=Q(state=HotlineState.CHECKED, key__isnull=False, ended_on__isnull=True)
                | ~Q(state=HotlineState.CHECKED) & Q(key__isnull=True, ended_on__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.checked_on} / {self.pk}"

    @property
    def area(self):
        return self.division_id


class HotlineVerdict(models.TextChoices):
    NEW = "new", pgettext_lazy("hotline ticket", "new")
    KNOWN = "known", pgettext_lazy("hotline ticket", "known")
    REFUSED = "refused", pgettext_lazy("hotline ticket", "refused")


class HotlineLine(models.Model):
    """One row of a file: its place, its ticket, what becomes of it; what it says is sealed."""

    batch = models.ForeignKey(
        HotlineImport, verbose_name=_("import"), on_delete=models.CASCADE, related_name="lines"
    )
    row = models.PositiveIntegerField(_("row of the sheet"))
    # Empty where the cell holds no number: it could hold anything then.
    ticket = models.CharField(_("ticket number"), max_length=64, blank=True)
    verdict = models.CharField(_("result"), max_length=8, choices=HotlineVerdict.choices)
    # [column, code] for each thing that is wrong; never what the cell says.
    faults = models.JSONField(_("reasons"), default=list, blank=True)
    sealed = models.TextField(_("sealed"), blank=True)

    class Meta:
        verbose_name = _("row of an import of hotline tickets")
        verbose_name_plural = _("rows of imports of hotline tickets")
        ordering = ["row"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                name="hotlineline_verdict_is_known",
                condition=Q(verdict__in=HotlineVerdict.values),
            ),
            models.CheckConstraint(
                name="hotlineline_only_a_new_one_is_kept",
                condition=Q(verdict=HotlineVerdict.NEW) | Q(sealed=""),
            ),
            models.UniqueConstraint(fields=["batch", "row"], name="hotlineline_once_a_row"),
            models.UniqueConstraint(
                fields=["batch", "ticket"],
                condition=~Q(verdict=HotlineVerdict.REFUSED),
                name="hotlineline_once_a_ticket",
            ),
        ]

    def __str__(self):
        return f"{self.batch_id}/{self.row}"
