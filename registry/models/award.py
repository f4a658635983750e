from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from office.models import Record
from registry.models.mediator import Mediator
from registry.models.organization import Organization
from registry.queries.honours import AwardQuerySet


class AwardLevel(models.TextChoices):
    """Which level of government honours."""

    NATIONAL = "national", _("national")
    PROVINCE = "province", _("provincial")
    CITY = "city", _("of the city")
    COUNTY = "county", _("of the county")


class Award(Record):
    """An honour given to one mediator or to one organisation, never to both."""

    level = models.CharField(_("level of the award"), max_length=10, choices=AwardLevel.choices)
    title = models.CharField(_("title of the award"), max_length=100)
    awarded_on = models.DateField(_("awarded on"))
    awarded_by = models.CharField(_("awarded by"), max_length=100)
    mediator = models.ForeignKey(
        Mediator,
        verbose_name=_("mediator"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="awards",
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="awards",
    )
    withdrawn_on = models.DateField(_("award withdrawn on"), null=True, blank=True, editable=False)
    withdrawn_because = models.CharField(
        _("withdrawn because"), max_length=500, blank=True, editable=False
    )

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["-awarded_on", "title", "pk"]
        permissions = [
            ("export_award", "Can export award"),
            ("withdraw_award", "Can withdraw award"),
        ]
        constraints = [
            models.CheckConstraint(
                name="award_level_is_known", condition=Q(level__in=AwardLevel.values)
            ),
            models.CheckConstraint(
                name="award_honours_one",
                condition=Q(mediator__isnull=False, organization__isnull=True)
                | Q(mediator__isnull=True, organization__isnull=False),
                violation_error_message=_(
                    "An award honours either a mediator or an organisation: choose one."
                ),
            ),
            models.CheckConstraint(
                name="award_withdrawn_with_a_reason",
                condition=Q(withdrawn_on__isnull=True, withdrawn_because="")
                | (
                    Q(withdrawn_on__isnull=False, withdrawn_on__gte=F("awarded_on"))
                    & ~Q(withdrawn_because="")
                ),
            ),
            models.UniqueConstraint(
                fields=["mediator", "title", "awarded_on"],
                condition=Q(mediator__isnull=False),
                name="award_once_for_a_mediator",
                violation_error_message=_("This award is in the register already."),
            ),
            models.UniqueConstraint(
                fields=["organization", "title", "awarded_on"],
                condition=Q(organization__isnull=False),
                name="award_once_for_an_organization",
                violation_error_message=_("This award is in the register already."),
            ),
        ]

    def __str__(self):
        return f"{self.title} · {self.honoured}"

    @property
    def honoured(self):
        return self.mediator or self.organization

    @property
    def area(self):
        return self.honoured.division_id
