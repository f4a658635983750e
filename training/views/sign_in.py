"""Signing in to a part of a session by the code the trainer shows."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from registry.models import Mediator
from training import actions
from training.models import SessionPart
from training.notices.sessions import when
from training.rules.attendance import CODE_LIVES
from training.views.crumbs import own_crumbs

SALT = "training.sign_in"


def code_of(part):
    """Return the code of a part as of now: opaque, signed, and another one every second."""
    return signing.TimestampSigner(salt=SALT).sign_object(part.pk)


def part_and_moment(code):
    """Return the part a code names and when the code was shown; (None, None) once it is too old.

    :raises Http404: for what is no code of ours.
    """
    signer = signing.TimestampSigner(salt=SALT)
    try:
        pk = signer.unsign_object(code, max_age=CODE_LIVES)
    except signing.SignatureExpired:
        return None, None
    except signing.BadSignature as forged:
        raise Http404 from forged
    return get_object_or_404(SessionPart.objects.select_related("session"), pk=pk), shown_at(code)


def shown_at(code):
    """Return the moment that stands in a code whose signature was checked."""
    seconds = signing.b62_decode(code.rsplit(":", 2)[1])
    return datetime.fromtimestamp(seconds, tz=timezone.get_current_timezone())


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request, code):
    """Let an enrolled mediator confirm, with the own account, to be there."""
    mediator = get_object_or_404(Mediator, user=request.user)
    part, moment = part_and_moment(code)
    refusals, attendance = [], None
    if part is None:
        refusals = [_("This code is no longer valid. Scan the one that is shown now.")]
    elif request.method == "POST":
        try:
            attendance = actions.sign_in(part.pk, mediator=mediator, by=request.user, moment=moment)
        except ValidationError as refusal:
            refusals = refusal.messages
    context = {
        "part": part,
        "when": when(part) if part else "",
        "attendance": attendance,
        "refusals": refusals,
        "crumbs": own_crumbs(_("Sign in to a session")),
    }
    return render(request, "training/sign_in.html", context, status=422 if refusals else 200)
