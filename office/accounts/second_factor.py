"""Who has shown the second factor in this session, and who still must."""

from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
    record_authentication,
)
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings

from office.accounts.clocks import ADMIN_ACCESS
from office.personal import seal, unseal

METHOD = "mfa"
CONTEXT = "mfa_authenticator.data"


class SecondFactorAdapter(DefaultMFAAdapter):
    """Seals the secrets of authenticator apps and of recovery codes."""

    def encrypt(self, text):
        return seal(text, CONTEXT)

    def decrypt(self, encrypted_text):
        return unseal(encrypted_text, CONTEXT)

    def get_totp_issuer(self):
        return str(settings.WAGTAIL_SITE_NAME)

    def get_totp_label(self, user):
        return user.get_username()


def was_shown(request):
    """Tell whether this session has passed the second factor."""
    records = get_authentication_records(request, request.user)
    return any(record["method"] == METHOD for record in records)


def is_missing(request):
    """Tell whether the account may enter the staff side but has not shown the second factor."""
    if not settings.STAFF_SECOND_FACTOR or was_shown(request):
        return False
    return request.user.has_perm(ADMIN_ACCESS)


def is_set(user):
    """Tell whether an authenticator app belongs to the account."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def note_shown(request):
    """Note that the code was shown, when it was typed to set the second factor up."""
    record_authentication(request, request.user, METHOD, type=Authenticator.Type.TOTP)


def forget_shown(request):
    """Take the note back, when the second factor was removed."""
    records = get_authentication_records(request, request.user)
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        record for record in records if record["method"] != METHOD
    ]
