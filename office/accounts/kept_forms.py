"""What was typed into a form is not lost when the session ends before it is sent.

The fields wait in the (sealed) anonymous session, bound to the account that typed them, until the
same account is back and sends them again. Passwords and files are not kept.
"""

import json
import re

from django.conf import settings

SLOT, LEAVER = "kept_form", "left_by"
MINUTES = 30
LARGEST = 200_000  # characters
NEVER_KEPT = re.compile(r"csrfmiddlewaretoken|code|.*password.*", re.IGNORECASE)


def remember_who_left(session, user, now):
    """Note whose session ended, for the form that may still arrive from another tab."""
    session[LEAVER] = {"user": user.pk, "until": now.timestamp() + MINUTES * 60}


def keep(request, now):
    """Keep the fields of a form that was sent too late. Returns whether there was anything."""
    leaver = request.session.get(LEAVER)
    fields = [
        [name, value]
        for name, values in request.POST.lists()
        if not NEVER_KEPT.fullmatch(name)
        for value in values
    ]
    if not leaver or leaver["until"] <= now.timestamp() or not fields:
        return False
    if len(json.dumps(fields)) > LARGEST:
        return False
    request.session[SLOT] = {
        "path": request.get_full_path(),
        "fields": fields,
        "files": sorted(request.FILES),
        **leaver,
    }
    return True


def kept_for(request, now):
    """Return the form that waits for the account signed in; None if there is none."""
    kept = request.session.get(SLOT)
    if not kept or kept["user"] != request.user.pk or kept["until"] <= now.timestamp():
        return None
    return kept


def discard(session):
    """Forget the form that waits."""
    session.pop(SLOT, None)
    session.pop(LEAVER, None)


def leads_to_sign_in(response):
    """Tell whether a response sends the visitor to the sign-in page."""
    return response.status_code == 302 and response["Location"].startswith(settings.LOGIN_URL)
