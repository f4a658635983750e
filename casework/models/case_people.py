from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.models.case import CaseRecord
from casework.queries import OfCaseQuerySet
from office.personal import EncryptedTextField, LookupHashField
from registry.models import Mediator


class ShareRole(models.TextChoices):
    LEAD = "lead", _("led the mediation")
    TOGETHER = "together", _("mediated together")
    RECORDER = "recorder", _("kept the record")


class CaseShare(models.Model):
    """A mediator's part in a case. Parts are weights, so thirds are exact: 1 to 1 to 1."""

    case = models.ForeignKey(
        CaseRecord, verbose_name=_("case"), on_delete=models.PROTECT, related_name="shares"
    )
    mediator = models.ForeignKey(
        Mediator, verbose_name=_("mediator"), on_delete=models.PROTECT, related_name="case_shares"
    )
    role = models.CharField(
        _("part"), max_length=10, choices=ShareRole.choices, default=ShareRole.LEAD
    )
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=1, validators=[MinValueValidator(1)]
    )

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("part in a case")
        verbose_name_plural = _("parts in cases")
        ordering = ["case", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["case", "mediator"], name="caseshare_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(role=ShareRole.LEAD), name="caseshare_one_leads"
            ),
            models.CheckConstraint(name="caseshare_weighs_something", condition=Q(weight__gte=1)),
            models.CheckConstraint(
                name="caseshare_role_is_known", condition=Q(role__in=ShareRole.values)
            ),
        ]

    def __str__(self):
        return f"{self.mediator} {self.weight}"

    @property
    def area(self):
        return self.case.division_id


class PartySide(models.TextChoices):
    APPLICANT = "applicant", _("applicant")
    RESPONDENT = "respondent", _("respondent")
    OTHER = "other", _("other person concerned")


class CaseParty(models.Model):
    """A party: a name and, for the return visit, a telephone. No identity number is kept."""

    case = models.ForeignKey(
        CaseRecord, verbose_name=_("case"), on_delete=models.PROTECT, related_name="parties"
    )
    side = models.CharField(_("side"), max_length=10, choices=PartySide.choices)
    is_unit = models.BooleanField(_("a unit, not a person"), default=False)
    name = EncryptedTextField(_("name"), max_length=60)
    name_hash = LookupHashField(source="name")
    phone = EncryptedTextField(_("telephone"), max_length=30, blank=True)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["case", "pk"]
        default_permissions = []
        indexes = [models.Index(fields=["name_hash"], name="caseparty_by_name")]
        constraints = [
            models.CheckConstraint(
                name="caseparty_side_is_known", condition=Q(side__in=PartySide.values)
            ),
        ]

    def __str__(self):
        return str(self.get_side_display())

    @property
    def area(self):
        return self.case.division_id


class CaseSeries(models.Model):
    """The last number given to a case in a county in a year: one row, locked by the next."""

    county = models.CharField(max_length=6)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("series of case numbers")
        verbose_name_plural = _("series of case numbers")
        default_permissions = []
        constraints = [models.UniqueConstraint(fields=["county", "year"], name="caseseries_once")]

    def __str__(self):
        return f"{self.county} {self.year}"
