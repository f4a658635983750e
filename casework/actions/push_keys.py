"""Keys of platforms: made by one officer, confirmed by another, revoked by either."""

import hashlib
import hmac
import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from casework.flows import PushKeyState
from casework.models import PushKey
from office import ledger
from office.flow import Refused, taking

PREFIX_BYTES = 4
SECRET_BYTES = 32


@transaction.atomic
def make_push_key(*, name, division, by, today, reason):
    """Make a key for a platform; returns it and the token, which is shown now and never again.

    It opens nothing until another officer confirms it.
    """
    prefix, secret = secrets.token_hex(PREFIX_BYTES), secrets.token_urlsafe(SECRET_BYTES)
    key = PushKey(
        name=name, division=division, prefix=prefix, digest=_digest(secret), created_by=by
    )
    key.full_clean()
    key.save()
    after = ledger.filled(key)
    after.pop("digest")
    ledger.append("casework.pushkey.make", key, by=by, reason=reason, after=after)
    return key, f"{prefix}.{secret}"


def confirm_push_key(pk, *, by, today, reason):
    """Let a key open what it is for.

    :raises Refused: for the officer who made it.
    """
    with taking("confirm", PushKey.objects, pk, by=by, today=today, reason=reason) as key:
        if key.created_by_id == by.pk:
            raise Refused(_("Whoever made the key does not confirm it."))
        key.confirmed_by, key.confirmed_on = by, today
    return key


def revoke_push_key(pk, *, by, today, reason):
    """Close a key for good."""
    with taking("revoke", PushKey.objects, pk, by=by, today=today, reason=reason) as key:
        key.revoked_on = today
    return key


def key_of_token(token, *, today):
    """Return the key in force that a token belongs to, or None; notes the day it was used.

    An unknown beginning costs the same comparison as a wrong secret.
    """
    prefix, _dot, secret = token.partition(".")
    asked = prefix if prefix.isascii() and prefix.isalnum() else ""
    key = PushKey.objects.select_related("division").filter(prefix=asked[:12]).first()
    kept = key.digest if key else "0" * 64
    is_right = hmac.compare_digest(kept.encode(), _digest(secret).encode())
    if key is None or not is_right or key.state != PushKeyState.ACTIVE:
        return None
    if key.last_used_on != today:
        PushKey.objects.filter(pk=key.pk).update(last_used_on=today)
    return key


def _digest(secret):
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
