from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.models import Record
from registry.models import Division
from training.models.hours import HourEntry
from training.queries.audits import AuditItemQuerySet, HoursAuditQuerySet


class HoursAudit(Record):
    """A random sample of the credits of a year, which anybody can draw again from its seed."""

    division = models.ForeignKey(
        Division, verbose_name=_("division"), on_delete=models.PROTECT, related_name="hours_audits"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    size = models.PositiveSmallIntegerField(_("size of the sample"))
    seed = models.CharField(_("seed"), max_length=40)
    # The last entry that existed when the sample was drawn: later ones cannot change it.
    last_entry = models.BigIntegerField(_("drawn among entries up to"), editable=False)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("drawn by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    drawn_on = models.DateField(_("drawn on"), editable=False)

    objects = HoursAuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit of hours")
        verbose_name_plural = _("audits of hours")
        ordering = ["-drawn_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="hoursaudit_draws_somebody", condition=Q(size__gte=1)),
            models.CheckConstraint(name="hoursaudit_has_a_seed", condition=~Q(seed="")),
        ]

    def __str__(self):
        return f"{self.division} {self.year}"

    @property
    def area(self):
        return self.division_id


class AuditFinding(models.TextChoices):
    OPEN = "open", _("not checked yet")
    BORNE_OUT = "borne_out", _("borne out")
    NOT_BORNE_OUT = "not_borne_out", _("not borne out")


class AuditItem(Record):
    """One credit of a sample and what the check of its papers found."""

    audit = models.ForeignKey(
        HoursAudit, verbose_name=_("audit of hours"), on_delete=models.PROTECT, related_name="items"
    )
    entry = models.ForeignKey(
        HourEntry, verbose_name=_("entry of hours"), on_delete=models.PROTECT, related_name="+"
    )
    finding = models.CharField(
        _("finding"),
        max_length=15,
        choices=AuditFinding.choices,
        default=AuditFinding.OPEN,
        editable=False,
    )
    note = models.CharField(_("note"), max_length=200, blank=True, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("checked by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    checked_on = models.DateField(_("checked on"), null=True, blank=True, editable=False)

    objects = AuditItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("credit in a sample")
        verbose_name_plural = _("credits in samples")
        ordering = ["audit_id", "pk"]
        permissions = [("check_audititem", "Can check a credit in a sample")]
        constraints = [
            models.UniqueConstraint(fields=["audit", "entry"], name="audititem_once"),
            models.CheckConstraint(
                name="audititem_checked_by_somebody",
                condition=Q(finding="open", checked_on__isnull=True)
                | Q(finding__in=["borne_out", "not_borne_out"], checked_on__isnull=False),
            ),
        ]

    def __str__(self):
        return str(self.entry)

    @property
    def area(self):
        return self.audit.division_id
