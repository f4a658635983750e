"""Locks against guessing: for a user name from one address, for a user name, for an address.

Each lock has a limit of its own (``LOCK_LIMITS``). Names that belong to nobody lock like others, so
a lock tells nothing about who has an account. Attempts made during a lock do not lengthen it.
"""

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username, get_cool_off
from axes.models import AccessAttempt
from axes.signals import user_locked_out
from django.conf import settings
from django.db.models import Max, Sum
from django.dispatch import receiver

from office import ledger
from office.models import User


class LockHandler(AxesDatabaseHandler):
    """Axes with one limit for each of its lockout parameters instead of one for all."""

    def get_failures(self, request, credentials=None):
        """Return the failures against the tightest lock, as if its limit were axes' own."""
        return max(
            settings.AXES_FAILURE_LIMIT + failures - limit
            for failures, limit, _last in self._counts(request, credentials)
        )

    def locked_until(self, request, credentials=None):
        """Return the moment at which the last of the locks ends; None if there is none."""
        lasts = [
            last
            for failures, limit, last in self._counts(request, credentials)
            if failures >= limit
        ]
        return max(lasts) + get_cool_off(request) if lasts else None

    def reset_user_attempts(self, request, credentials=None):
        """Forgive the wrong passwords of a user name, not those of an address."""
        username = get_client_username(request, credentials)
        return AccessAttempt.objects.filter(username=username).delete()[0]

    def _counts(self, request, credentials):
        for attempts, limit in zip(
            self.get_user_attempts(request, credentials), settings.LOCK_LIMITS, strict=True
        ):
            found = attempts.aggregate(failures=Sum("failures_since_start"), at=Max("attempt_time"))
            yield found["failures"] or 0, limit, found["at"]


@receiver(user_locked_out, dispatch_uid="ledger of locks")
def note_lock(sender, request, username, ip_address, **kwargs):
    """Append a new lock to the ledger; attempts made while it lasts are not noted again."""
    if request.axes_failures_since_start is None:
        return
    subject = User.objects.filter(username=username).first()
    # A name without an account takes the same way, so that time does not tell the two apart.
    subject = subject or AccessAttempt.objects.filter(username=username).latest("attempt_time")
    ledger.append("office.user.lock", subject, by=None, after={"username": username})
