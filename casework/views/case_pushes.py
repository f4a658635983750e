"""The address at which platforms push cases; a token stands for the platform, nobody signs in."""

from django.core.cache import cache
from django.core.exceptions import RequestDataTooBig
from django.http import JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from casework import actions
from casework.imports.pushed import BadPush, read_push
from office.accounts.origin import client_address
from office.flow import Refused

PUSHES_A_MINUTE = 120  # of one key
WRONG_TOKENS_AN_HOUR = 60  # of one address; a right token is never kept out by them
MINUTE, HOUR = 60, 60 * 60  # seconds


@csrf_exempt  # no cookie opens this address
@never_cache
def push_cases(request):
    """Take one case or a list of them as JSON; answer what became of each."""
    if request.method != "POST":
        return _refused("method_not_allowed", _("Cases are sent by POST."), 405, Allow="POST")
    today = timezone.localdate()
    key = actions.key_of_token(_token(request), today=today)
    if key is None:
        return _without_key(request)
    if _count(f"case-pushes:{key.pk}:{timezone.now():%Y%m%d%H%M}", MINUTE) > PUSHES_A_MINUTE:
        text = _("Too many requests in a minute. Send more cases in each.")
        return _refused("too_many_requests", text, 429, **{"Retry-After": str(MINUTE)})
    return _taken(key, request, today)


def _taken(key, request, today):
    try:
        body = request.body
        batch, answers = actions.push_cases(key, read_push(body), body=body, today=today)
    except RequestDataTooBig:
        return _refused("too_large", _("The request is too large. Divide it."), 413)
    except BadPush as bad:
        return _refused(bad.code, str(bad), bad.status)
    except Refused as refusal:
        return _refused("busy", " ".join(refusal.messages), 409)
    return JsonResponse({"push": batch.pk, "results": answers}, json_dumps_params=PLAIN)


PLAIN = {"ensure_ascii": False}


def _token(request):
    scheme, _blank, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _without_key(request):
    """Answer a missing, wrong, unconfirmed or revoked token: all of them alike."""
    count = _count(f"wrong-tokens:{client_address(request)}:{timezone.now():%Y%m%d%H}", HOUR)
    if count > WRONG_TOKENS_AN_HOUR:
        text = _("Too many requests without a valid token.")
        return _refused("too_many_requests", text, 429, **{"Retry-After": str(HOUR)})
    text = _("The token is missing or not valid.")
    return _refused("not_authorized", text, 401, **{"WWW-Authenticate": "Bearer"})


def _count(name, seconds):
    cache.add(name, 0, seconds)
    try:
        return cache.incr(name)
    except ValueError:  # it ran out between the two
        return 1


def _refused(code, text, status, **headers):
    answer = {"error": {"code": code, "message": text}}
    return JsonResponse(answer, status=status, headers=headers, json_dumps_params=PLAIN)
