from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from office.accounts.queries import SessionQuerySet


class Session(AbstractBaseSession):
    """A signed-in or anonymous browser. Whoever reads this table can enter none of the sessions.

    The key is the hash of what the browser holds and the data are sealed. The columns repeat what
    the owner is shown about it.
    """

    session_key = models.CharField(_("hash of the session key"), max_length=64, primary_key=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.CASCADE,
        null=True,
        related_name="sessions",
    )
    device = models.CharField(_("device"), max_length=100, blank=True)
    address = models.CharField(_("network address"), max_length=45, blank=True)
    started_at = models.DateTimeField(_("signed in"), null=True)
    seen_at = models.DateTimeField(_("last seen"), null=True)

    objects = BaseSessionManager.from_queryset(SessionQuerySet)()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        default_permissions = []
        permissions = [("help_account", "Can help an account")]

    @classmethod
    def get_session_store_class(cls):
        from office.accounts.sessions import SessionStore  # noqa: PLC0415

        return SessionStore
