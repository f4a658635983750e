"""The key that signs certificates, and the published keys by which they are verified."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from training.models import SigningKey
from training.rules.signatures import from_text, key_id, private_key, public_bytes, to_text


def signing_key(*, today):
    """Return the private key of now; its public half is kept for as long as there are certificates.

    :raises ImproperlyConfigured: if ``CERTIFICATE_SIGNING_KEY`` is no key.
    """
    try:
        key = private_key(settings.CERTIFICATE_SIGNING_KEY)
    except ValueError as fault:
        raise ImproperlyConfigured(f"CERTIFICATE_SIGNING_KEY: {fault}") from fault
    public = public_bytes(key)
    SigningKey.objects.get_or_create(
        key_id=key_id(public), defaults={"public": to_text(public), "first_used_on": today}
    )
    return key


def published_keys():
    """Return every key that ever signed, as {key id: public bytes}."""
    rows = SigningKey.objects.values_list("key_id", "public")
    return {key: from_text(public) for key, public in rows}
