from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.models.complaint import Complaint
from complaints.queries import OfComplaintQuerySet


class Part(models.TextChoices):
    """Why somebody may read the text of a complaint."""

    HANDLER = "handler", pgettext_lazy("part in a complaint", "handler")
    SECOND = "second", pgettext_lazy("part in a complaint", "second person")
    REVIEWER = "reviewer", pgettext_lazy("part in a complaint", "reviewer")


class CaseGrant(models.Model):
    """That an officer may read the text of one complaint, from a day until it is taken away."""

    complaint = models.ForeignKey(
        Complaint, verbose_name=_("complaint"), on_delete=models.PROTECT, related_name="grants"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.PROTECT,
        related_name="complaint_grants",
    )
    part = models.CharField(_("part"), max_length=10, choices=Part.choices)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("access to a complaint")
        verbose_name_plural = _("access to complaints")
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                name="casegrant_part_is_known", condition=Q(part__in=Part.values)
            ),
            models.CheckConstraint(
                name="casegrant_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
            ),
            models.UniqueConstraint(
                fields=["complaint", "user"],
                condition=Q(until_on__isnull=True),
                name="casegrant_once",
            ),
        ]

    def __str__(self):
        return f"{self.complaint_id} {self.part}"


class IdentityView(models.Model):
    """That somebody saw who complained: why, when, and until when the page stays open."""

    complaint = models.ForeignKey(
        Complaint,
        verbose_name=_("complaint"),
        on_delete=models.PROTECT,
        related_name="identity_views",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    # Sealed under the complaint's key: a reason tends to say who it is.
    sealed_reason = models.TextField(_("reason"))
    opened_at = models.DateTimeField(_("opened at"))
    until_at = models.DateTimeField(_("until"))

    objects = OfComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("view of an identity")
        verbose_name_plural = _("views of identities")
        ordering = ["-pk"]
        default_permissions = ("view", "export")
        permissions = [("read_identityview", "Can read why somebody saw who complained")]
        constraints = [
            models.CheckConstraint(
                name="identityview_ends", condition=Q(until_at__gt=F("opened_at"))
            )
        ]

    def __str__(self):
        return self.complaint.number

    @property
    def area(self):
        return self.complaint.division_id


class DeclaredRecusal(models.Model):
    """That an officer has nothing to do with a complaint any more: declared, and never shown it."""

    complaint = models.ForeignKey(
        Complaint, verbose_name=_("complaint"), on_delete=models.PROTECT, related_name="recusals"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    declared_on = models.DateField(_("declared on"))

    class Meta:
        verbose_name = _("declared recusal")
        verbose_name_plural = _("declared recusals")
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["complaint", "user"], name="declaredrecusal_once")
        ]

    def __str__(self):
        return f"{self.complaint_id} {self.user_id}"
