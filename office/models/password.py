from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PastPassword(models.Model):
    """The hash of a password an account has or had: tells its age and refuses its return."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.CASCADE,
        related_name="past_passwords",
    )
    hash = models.CharField(_("hash"), max_length=128)
    set_at = models.DateTimeField(_("set at"))
    handed_out = models.BooleanField(_("handed out by an officer"), default=False)

    class Meta:
        verbose_name = _("past password")
        verbose_name_plural = _("past passwords")
        ordering = ["-set_at", "-pk"]
        default_permissions = []
        indexes = [models.Index(fields=["user", "-set_at"], name="passwords_of_an_account")]

    def __str__(self):
        return f"{self.set_at:%Y-%m-%d}"
