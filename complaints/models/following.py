"""What the holder of a receipt code leaves behind: openings, sendings, and wrong guesses."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from complaints.models.complaint import Complaint
from complaints.models.vault import Statement


class Opening(models.Model):
    """That a browser may see one complaint for a while, because the code was typed in it.

    The row is found by a hash of what only that browser holds. It dies by itself and when the
    holder leaves.
    """

    key_hash = models.CharField(_("hash of the key"), max_length=64, unique=True)
    complaint = models.ForeignKey(
        Complaint, verbose_name=_("complaint"), on_delete=models.CASCADE, related_name="+"
    )
    opened_at = models.DateTimeField(_("opened at"))
    seen_at = models.DateTimeField(_("last seen at"), db_index=True)

    class Meta:
        verbose_name = _("complaint opened by its code")
        verbose_name_plural = _("complaints opened by their codes")
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                name="opening_is_seen_after_it_began", condition=Q(seen_at__gte=F("opened_at"))
            )
        ]

    def __str__(self):
        return str(self.pk)


class Guesses(models.Model):
    """How often codes were tried that open nothing, of one origin or of the whole site.

    ``origin`` is a keyed hash: no address is kept. A row forgets within the hour.
    """

    origin = models.CharField(_("origin"), max_length=64, unique=True)
    misses = models.PositiveIntegerField(_("wrong codes"), default=0)
    began_at = models.DateTimeField(_("since"), db_index=True)
    last_at = models.DateTimeField(_("last one at"))

    class Meta:
        verbose_name = _("count of wrong codes")
        verbose_name_plural = _("counts of wrong codes")
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                name="guesses_last_after_they_began", condition=Q(last_at__gte=F("began_at"))
            )
        ]

    def __str__(self):
        return str(self.pk)


class Sending(models.Model):
    """One sending of a form by the holder of a code: the second click finds the first.

    ``question`` is the handler's that it answers. ``read_on`` is the day on which the handler
    opened it; until then there is something new in the case.
    """

    complaint = models.ForeignKey(
        Complaint, verbose_name=_("complaint"), on_delete=models.PROTECT, related_name="sendings"
    )
    key = models.CharField(_("key"), max_length=64, unique=True)
    statement = models.OneToOneField(
        Statement,
        verbose_name=_("statement"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sending",
    )
    question = models.OneToOneField(
        Statement,
        verbose_name=_("question"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="answer",
    )
    sent_on = models.DateField(_("sent on"))
    read_on = models.DateField(_("read on"), null=True, blank=True)

    class Meta:
        verbose_name = _("sending of a complainant")
        verbose_name_plural = _("sendings of complainants")
        ordering = ["pk"]
        default_permissions = []
        indexes = [models.Index(fields=["read_on", "complaint"], name="sending_unread")]
        constraints = [
            models.CheckConstraint(
                name="sending_is_read_after_it_is_sent",
                condition=Q(read_on__isnull=True) | Q(read_on__gte=F("sent_on")),
            ),
            models.CheckConstraint(
                name="sending_answers_in_words",
                condition=Q(question__isnull=True) | Q(statement__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.complaint_id} {self.pk}"
