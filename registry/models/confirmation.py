from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from office.models import Record
from registry.models.division import Division
from registry.models.organization import Organization
from registry.queries.filings import (
    CampaignQuerySet,
    ConfirmingQuerySet,
    OfOrganizationQuerySet,
)


class ConfirmationCampaign(Record):
    """The yearly call to the organisations of a division to confirm their people and data.

    ``low`` and ``high`` are the division's half-open span of numbers, kept so that the
    organisations of all running campaigns are one comparison of numbers. No two running campaigns
    overlap; ``registry.actions.confirmations`` sees to that under a lock.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    division = models.ForeignKey(
        Division, verbose_name=_("division"), on_delete=models.PROTECT, related_name="campaigns"
    )
    low = models.BigIntegerField(editable=False)
    high = models.BigIntegerField(editable=False)
    from_on = models.DateField(_("from"))
    due_on = models.DateField(_("due on"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("opened by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True, editable=False)
    reminded_on = models.DateField(_("last reminded on"), null=True, blank=True, editable=False)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("confirmation campaign")
        verbose_name_plural = _("confirmation campaigns")
        ordering = ["-year", "division_id", "-pk"]
        permissions = [
            ("close_confirmationcampaign", "Can close confirmation campaign"),
            ("remind_confirmationcampaign", "Can remind in confirmation campaign"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["division"], condition=Q(closed_on=None), name="campaign_runs_once"
            ),
            models.CheckConstraint(
                name="campaign_is_due_after_it_begins", condition=Q(due_on__gte=F("from_on"))
            ),
            models.CheckConstraint(
                name="campaign_closes_after_it_begins",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("from_on")),
            ),
            models.CheckConstraint(name="campaign_has_a_span", condition=Q(high__gt=F("low"))),
        ]

    def __str__(self):
        return f"{self.year} {self.division}"

    @property
    def area(self):
        return self.division_id


class Confirmation(models.Model):
    """An organisation's word, in one campaign, that its people and data are as the register says.

    Never edited. ``differences`` is what is not so, in words; a filing puts it right.
    """

    campaign = models.ForeignKey(
        ConfirmationCampaign,
        verbose_name=_("confirmation campaign"),
        on_delete=models.PROTECT,
        related_name="confirmations",
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="confirmations",
    )
    confirmed_on = models.DateField(_("confirmed on"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    differences = models.TextField(_("what differs"), max_length=1000, blank=True)

    objects = OfOrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("yearly confirmation")
        verbose_name_plural = _("yearly confirmations")
        ordering = ["-confirmed_on", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "organization"], name="confirmation_once_in_a_campaign"
            )
        ]

    def __str__(self):
        return f"{self.campaign} · {self.organization}"

    @property
    def area(self):
        return self.organization.division_id


class ConfirmingOrganization(Organization):
    """An organisation as the list of a running campaign sees it; its steps are not taken here."""

    flow = None
    objects = ConfirmingQuerySet.as_manager()

    class Meta:
        proxy = True
        ordering = ["division_id", "name"]
        verbose_name = _("yearly confirmation")
        verbose_name_plural = _("yearly confirmations")
        default_permissions = ["view", "export"]
        permissions = [("confirm_confirmingorganization", "Can confirm organization")]
