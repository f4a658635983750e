"""What lies sealed under a complaint's own key. Written and read by ``complaints.vault`` only."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.models.complaint import Complaint
from office.models.files import private_files
from office.personal import EncryptedTextField


class VaultKey(models.Model):
    """The key of one complaint, itself sealed. Without it nothing below can ever be read."""

    complaint = models.OneToOneField(
        Complaint,
        verbose_name=_("complaint"),
        on_delete=models.PROTECT,
        related_name="vault_key",
    )
    key = EncryptedTextField(_("key"), null=True, blank=True)
    destroyed_on = models.DateField(_("destroyed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("key of a complaint")
        verbose_name_plural = _("keys of complaints")
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                name="vaultkey_is_there_or_destroyed",
                condition=Q(key__isnull=False, destroyed_on__isnull=True)
                | Q(key__isnull=True, destroyed_on__isnull=False),
            )
        ]

    def __str__(self):
        return str(self.complaint_id)


class SealedIdentity(models.Model):
    """Who complained: name, telephone and address, sealed. Anonymous complaints have no row."""

    complaint = models.OneToOneField(
        Complaint, verbose_name=_("complaint"), on_delete=models.PROTECT, related_name="identity"
    )
    sealed = models.TextField(_("sealed"))

    class Meta:
        verbose_name = _("identity of a complainant")
        verbose_name_plural = _("identities of complainants")
        default_permissions = []

    def __str__(self):
        return str(self.complaint_id)


class StatementKind(models.TextChoices):
    """Which side says it, and to whom it may be shown: notes stay with the handlers."""

    FACTS = "facts", pgettext_lazy("statement", "what happened")
    WHOM = "whom", pgettext_lazy("statement", "about whom")
    ADDITION = "addition", pgettext_lazy("statement", "added by the complainant")
    QUESTION = "question", pgettext_lazy("statement", "question to the complainant")
    REVIEW = "review", pgettext_lazy("statement", "why a review is asked for")
    NOTICE = "notice", pgettext_lazy("statement", "told to the complainant")
    NOTE = "note", pgettext_lazy("statement", "note of the handler")


# What the complainant wrote, and what the holder of the receipt code may read.
FROM_THE_COMPLAINANT = ["facts", "whom", "addition", "review"]
SHOWN_BY_CODE = [*FROM_THE_COMPLAINANT, "question", "notice"]


class Statement(models.Model):
    """One thing said in a complaint, sealed; the complainant's have no account."""

    complaint = models.ForeignKey(
        Complaint, verbose_name=_("complaint"), on_delete=models.PROTECT, related_name="statements"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=StatementKind.choices)
    sealed = models.TextField(_("sealed"))
    said_on = models.DateField(_("date"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["pk"]
        default_permissions = []
        indexes = [models.Index(fields=["complaint", "kind"], name="statement_of_complaint")]
        constraints = [
            models.CheckConstraint(
                name="statement_kind_is_known", condition=Q(kind__in=StatementKind.values)
            ),
            models.CheckConstraint(
                name="statement_has_one_who_says_it",
                condition=Q(kind__in=FROM_THE_COMPLAINANT) | Q(by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.complaint_id} {self.kind}"


class Evidence(models.Model):
    """A file that came with a complaint: vetted, drawn anew, and sealed, its name with it."""

    complaint = models.ForeignKey(
        Complaint, verbose_name=_("complaint"), on_delete=models.PROTECT, related_name="evidence"
    )
    sealed_name = models.TextField(_("sealed name"))
    suffix = models.CharField(_("format"), max_length=6)
    size = models.PositiveIntegerField(_("size in bytes"))
    file = models.FileField(_("file"), upload_to="complaints/", storage=private_files)
    added_on = models.DateField(_("added on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("pieces of evidence")
        ordering = ["pk"]
        default_permissions = []

    def __str__(self):
        return f"{self.complaint_id} {self.pk}"


class Receipt(models.Model):
    """The receipt code of a complaint as a slow hash; the code itself is kept nowhere."""

    complaint = models.OneToOneField(
        Complaint, verbose_name=_("complaint"), on_delete=models.PROTECT, related_name="receipt"
    )
    code_hash = models.CharField(_("hash of the code"), max_length=128, unique=True)

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        default_permissions = []

    def __str__(self):
        return str(self.complaint_id)
