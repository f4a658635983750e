from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.flows import PUSH_KEY, PushKeyState
from casework.queries import PushKeyQuerySet
from office.models import Record
from registry.models import Division


class PushKey(Record):
    """What a platform shows to push cases of a division. Only the hash of the secret is kept.

    ``prefix`` is the public part of the token: it names the key and proves nothing.
    """

    flow = PUSH_KEY

    name = models.CharField(_("name of the platform"), max_length=60)
    division = models.ForeignKey(
        Division, verbose_name=_("division"), on_delete=models.PROTECT, related_name="push_keys"
    )
    prefix = models.CharField(_("beginning of the key"), max_length=12, unique=True)
    digest = models.CharField(_("SHA-256 of the secret"), max_length=64, editable=False)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=PushKeyState.choices,
        default=PushKeyState.PROPOSED,
        editable=False,
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True, editable=False)
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True, editable=False)
    last_used_on = models.DateField(_("last used on"), null=True, blank=True, editable=False)

    objects = PushKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("key of a platform")
        verbose_name_plural = _("keys of platforms")
        ordering = ["-pk"]
        permissions = PUSH_KEY.permissions("pushkey")
        constraints = [
            models.CheckConstraint(
                name="pushkey_state_is_known", condition=Q(state__in=PushKeyState.values)
            ),
            # A comparison with null is unknown, which a CHECK lets pass: both are named.
            models.CheckConstraint(
                name="pushkey_is_confirmed_by_somebody_else",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("created_by")),
            ),
            models.CheckConstraint(
                name="pushkey_in_force_was_confirmed",
                condition=~Q(state=PushKeyState.ACTIVE)
                | Q(confirmed_by__isnull=False, confirmed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="pushkey_revoked_on_a_day",
                condition=Q(state=PushKeyState.REVOKED, revoked_on__isnull=False)
                | (~Q(state=PushKeyState.REVOKED) & Q(revoked_on__isnull=True)),
            ),
        ]

    def __str__(self):
        return f"{self.name} · {self.prefix}"

    @property
    def area(self):
        return self.division_id
