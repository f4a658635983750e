from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class WechatQuery(models.TextChoices):
    """Whether a message asks for a complaint by its code, and what was decided of that."""

    NONE = "none", pgettext_lazy("WeChat query", "asks nothing")
    ASKED = "asked", pgettext_lazy("WeChat query", "asked")
    ANSWERED = "answered", pgettext_lazy("WeChat query", "answered")
    REFUSED = "refused", pgettext_lazy("WeChat query", "refused: too many")


class WechatMessage(models.Model):
    """That a message came, so that the platform's further sendings of it are known.

    Four keyed hashes and a moment: neither who wrote it nor what can be read from them, and
    nothing leads from here to a complaint. Swept away after some days.
    """

    key_hash = models.CharField(_("hash of the message's number"), max_length=64, unique=True)
    sender_hash = models.CharField(_("hash of the sender"), max_length=64)
    content_hash = models.CharField(_("hash of the content"), max_length=64)
    # One signature is good for one message, so that nobody who saw it sends another with it.
    signature_hash = models.CharField(_("hash of the signature"), max_length=64, unique=True)
    query = models.CharField(
        _("query"), max_length=10, choices=WechatQuery.choices, default=WechatQuery.NONE
    )
    received_at = models.DateTimeField(_("received at"), db_index=True)

    class Meta:
        verbose_name = _("WeChat message")
        verbose_name_plural = _("WeChat messages")
        default_permissions = []
        indexes = [
            models.Index(fields=["sender_hash", "received_at"], name="wechatmessage_of_sender")
        ]
        constraints = [
            models.CheckConstraint(
                name="wechatmessage_query_is_known", condition=Q(query__in=WechatQuery.values)
            )
        ]

    def __str__(self):
        return str(self.pk)
