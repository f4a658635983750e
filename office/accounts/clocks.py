"""The clocks of a signed-in session: idle exit, absolute lifetime, and the age of the password.

Moments in a session are whole seconds since 1970. GB/T 22239-2019 8.1.4.1 c) asks for an end of
idle sessions without naming minutes: they are settings.
"""

from django.conf import settings
from django.contrib.auth import SESSION_KEY

from office.accounts import passwords
from office.accounts.origin import client_address, device_of, masked_address

GRAIN = 60  # Seconds between two writes of a session that is merely in use.
ADMIN_ACCESS = "wagtailadmin.access_admin"


def is_signed_in(request):
    """Tell whether the browser holds a session of an account that may use it.

    Without a session cookie nothing is read, so that such pages stay the same for everybody.
    """
    return (
        settings.SESSION_COOKIE_NAME in request.COOKIES
        and SESSION_KEY in request.session
        and request.user.is_authenticated
    )


def has_run_out(session, now):
    """Tell whether a session was idle too long, or is too old."""
    if "seen_at" not in session:
        return False
    minutes = settings.STAFF_IDLE_MINUTES if session.get("is_staff") else settings.IDLE_MINUTES
    idle, age = now.timestamp() - session["seen_at"], now.timestamp() - session["started_at"]
    return idle >= minutes * 60 or age >= settings.SESSION_LIFETIME_HOURS * 60 * 60


def touch(request, now):
    """Note that a session is in use, at most once a minute."""
    session, seconds = request.session, int(now.timestamp())
    if seconds - session.get("seen_at", 0) < GRAIN:
        return
    session["seen_at"] = seconds
    session.setdefault("started_at", seconds)
    session["is_staff"] = request.user.has_perm(ADMIN_ACCESS)
    session["device"] = device_of(request)
    session["address"] = masked_address(client_address(request))


def start(request, now):
    """Start the clocks of a session that has just been signed in."""
    request.session.pop("seen_at", None)
    request.session["started_at"] = int(now.timestamp())
    touch(request, now)
    set_password_clock(request)


def set_password_clock(request):
    """Note in the session when the password falls due, so that no page has to ask for it."""
    due = passwords.due_at(request.user)
    request.session["password_due_at"] = None if due is None else int(due.timestamp())


def password_is_due(session, now):
    """Tell whether the policy wants a new password before anything else."""
    due = session.get("password_due_at")
    return due is not None and now.timestamp() >= due
