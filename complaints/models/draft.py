from django.db import models
from django.utils.translation import gettext_lazy as _


class IntakeDraft(models.Model):
    """What somebody has typed so far, sealed under a key that only the person's browser holds.

    The row is found by a hash of that key. It is dead after ``expires_at`` and swept away.
    """

    key_hash = models.CharField(_("hash of the key"), max_length=64, unique=True)
    sealed = models.TextField(_("sealed"))
    expires_at = models.DateTimeField(_("until"), db_index=True)

    class Meta:
        verbose_name = _("draft of a complaint")
        verbose_name_plural = _("drafts of complaints")
        default_permissions = []

    def __str__(self):
        return str(self.pk)
