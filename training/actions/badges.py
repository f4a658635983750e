"""The badge of a certificate, signed when it is asked for."""

from django.conf import settings

from training.issuing.files import address_of
from training.issuing.keys import signing_key
from training.notices.badges import badge_of, signed_badge


def badge_file(certificate, *, today):
    """Return the badge of an issued certificate as the text of a JSON Web Token."""
    site = settings.SITE_URL.rstrip("/") + "/"
    credential = badge_of(certificate.facts, address=address_of(certificate.code), site=site)
    return signed_badge(credential, signing_key(today=today))
