"""The verbs of accounts: each appends to the ledger, about the account."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from office.accounts import passwords
from office.flow import Refused
from office.models import User


@transaction.atomic
def sign_in(user):
    """Note that an account signed in."""
    ledger.append("office.user.sign_in", user, by=user)


@transaction.atomic
def sign_out(user):
    """Note that an account signed out."""
    ledger.append("office.user.sign_out", user, by=user)


@transaction.atomic
def password_changed(user, *, keeping):
    """Note a new password and end the account's sessions but the one stored as ``keeping``."""
    ledger.append("office.user.change_password", user, by=user)
    _end(user.sessions.exclude(pk=keeping))


@transaction.atomic
def second_factor_set(user, *, keeping):
    """Note that an authenticator app was set up; sessions that never showed it end."""
    ledger.append("office.user.set_second_factor", user, by=user)
    _end(user.sessions.exclude(pk=keeping))


@transaction.atomic
def second_factor_dropped(user, *, keeping):
    """Note that an account gave up its own authenticator app; its other sessions end."""
    ledger.append("office.user.remove_second_factor", user, by=user)
    _end(user.sessions.exclude(pk=keeping))


@transaction.atomic
def end_session(pk, *, by):
    """End one of the own sessions. Returns how many ended: one, or none if it was over."""
    return _end_own(by.sessions.filter(pk=pk), by)


@transaction.atomic
def end_other_sessions(*, by, keeping):
    """End all own sessions but the one stored as ``keeping``. Returns how many ended."""
    return _end_own(by.sessions.exclude(pk=keeping), by)


@transaction.atomic
def remove_second_factor(pk, *, by, reason):
    """Remove the second factor of an account whose phone is lost, and end its sessions.

    :raises Refused: for the own account, or if there is no second factor.
    """
    user = _account_of_another(pk, by)
    if not Authenticator.objects.filter(user=user).delete()[0]:
        raise Refused(_("This account has no second factor."))
    ended = _end(user.sessions.all())
    _log("remove_second_factor", user, by, reason, ended)
    return user


@transaction.atomic
def end_all_sessions(pk, *, by, reason):
    """End every session of another account.

    :raises Refused: for the own account.
    """
    user = _account_of_another(pk, by)
    _log("end_sessions", user, by, reason, _end(user.sessions.all()))
    return user


@transaction.atomic
def hand_out_password(pk, *, by, reason):
    """Give another account a password to be changed at the first use, and end its sessions.

    It is ``handed_out`` of the account returned, this once in plain text.

    :raises Refused: for the own account.
    """
    user = _account_of_another(pk, by)
    user.handed_out = passwords.invented()
    user.set_password(user.handed_out)
    user.save()
    user.past_passwords.filter(hash=user.password).update(handed_out=True)
    _log("hand_out_password", user, by, reason, _end(user.sessions.all()))
    return user


@transaction.atomic
def disable_account(pk, *, by, reason):
    """Bar an account from signing in and end its sessions at once.

    :raises Refused: for the own account, or if it is disabled already.
    """
    user = _account_of_another(pk, by)
    if not user.is_active:
        raise Refused(_("This account is disabled already."))
    _set_active(user, now_active=False)
    _log("disable", user, by, reason, _end(user.sessions.all()))
    return user


@transaction.atomic
def enable_account(pk, *, by, reason):
    """Let a disabled account sign in again.

    :raises Refused: for the own account, or if it is not disabled.
    """
    user = _account_of_another(pk, by)
    if user.is_active:
        raise Refused(_("This account is not disabled."))
    _set_active(user, now_active=True)
    _log("enable", user, by, reason, 0)
    return user


def _account_of_another(pk, by):
    user = User.objects.select_for_update().get(pk=pk)
    if user == by:
        raise Refused(_("Nobody does this to the own account."))
    return user


def _set_active(user, *, now_active):
    user.is_active = now_active
    user.save(update_fields=["is_active"])


def _log(act, user, by, reason, ended):
    ledger.append(f"office.user.{act}", user, by=by, reason=reason, after={"sessions_ended": ended})


def _end_own(sessions, by):
    devices = [f"{row.device} {row.address}".strip() for row in sessions]
    if devices:
        _end(sessions)
        ledger.append("office.user.end_session", by, by=by, after={"devices": devices})
    return len(devices)


def _end(sessions):
    return sessions.delete()[0]
