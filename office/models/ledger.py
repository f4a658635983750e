from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from office.queries import LedgerQuerySet

# What stands for the actor of an act that no account did. It is hashed, so it never changes.
SYSTEM = "system"


class LedgerEntry(models.Model):
    """One act: who, for which body, what, on what, why. Never changed, never deleted.

    Rows are written by ``office.ledger`` only; triggers in the database refuse update and delete.
    """

    sequence = models.BigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("time"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    actor_name = models.CharField(_("by"), max_length=150)
    body = models.CharField(_("for"), max_length=200, blank=True)
    act = models.CharField(_("act"), max_length=100)
    subject_type = models.CharField(_("kind of record"), max_length=100)
    subject_id = models.CharField(_("record"), max_length=64)
    # The division the record belongs to, as a number: history is scoped like the record itself.
    area = models.BigIntegerField(_("division"), null=True)
    reason = models.TextField(_("reason"), blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    evidence = models.JSONField(_("evidence"), default=list, encoder=DjangoJSONEncoder)
    before = models.JSONField(_("before"), default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(_("after"), default=dict, encoder=DjangoJSONEncoder)
    previous_hash = models.CharField(_("previous hash"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger")
        ordering = ["-sequence"]
        default_permissions = ["view"]
        permissions = [("export_ledgerentry", "Can export ledger entry")]
        indexes = [
            models.Index(
                fields=["subject_type", "subject_id", "sequence"], name="ledger_of_a_record"
            ),
            models.Index(fields=["area", "sequence"], name="ledger_of_an_area"),
            models.Index(fields=["actor", "sequence"], name="ledger_of_an_actor"),
        ]

    def __str__(self):
        return f"{self.sequence} {self.act}"

    @property
    def done_by(self):
        """Who acted, in the words of the page: the system itself is named in its language."""
        by_nobody = self.actor_id is None and self.actor_name == SYSTEM
        return pgettext("actor", "the system") if by_nobody else self.actor_name


class LedgerHead(models.Model):
    """The end of the chain: one row, locked by whoever appends."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        verbose_name = _("head of the ledger")
        default_permissions = []
        constraints = [models.CheckConstraint(name="ledger_has_one_head", condition=models.Q(id=1))]

    def __str__(self):
        return self.hash
