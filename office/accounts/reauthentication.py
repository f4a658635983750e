"""Sensitive acts (unmasking, exports) ask for the password or the code again."""

import time
from functools import wraps

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings


def needs_reauthentication(request, max_age=None):
    """Tell whether the user has shown neither password nor code within ``max_age`` seconds.

    The default age is the setting ``ACCOUNT_REAUTHENTICATION_TIMEOUT``.
    """
    if max_age is None:
        max_age = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    shown = [record["at"] for record in get_authentication_records(request, request.user)]
    return not shown or time.time() - max(shown) >= max_age


def recently_authenticated(max_age=None):
    """Let a view be entered only with a password or code shown within ``max_age`` seconds.

    Others are asked for it and then led on; a form they had sent is sent on with them.
    """

    def decorate(view):
        @wraps(view)
        def entered(request, *args, **kwargs):
            if needs_reauthentication(request, max_age):
                raise ReauthenticationRequired
            return view(request, *args, **kwargs)

        return entered

    return decorate


class RecentlyAuthenticatedMixin:
    """The same for a class-based view; ``max_age`` is in seconds."""

    max_age = None

    def dispatch(self, request, *args, **kwargs):
        if needs_reauthentication(request, self.max_age):
            raise ReauthenticationRequired
        return super().dispatch(request, *args, **kwargs)
