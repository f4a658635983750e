"""The address that WeChat's platform calls when somebody writes to the official account."""

from django.db import Error
from django.http import Http404, HttpResponse, HttpResponseForbidden, HttpResponseNotAllowed
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from complaints import actions
from complaints.models import WechatQuery
from complaints.wechat import answers
from complaints.wechat.account import account_of_settings
from complaints.wechat.signatures import Rejected

LARGEST = 64 * 1024  # bytes; a message of the platform has a few thousand
# What the platform takes for “no answer”; anything else would be shown as a fault.
NO_ANSWER = "success"
PLAIN, XML = "text/plain; charset=utf-8", "application/xml; charset=utf-8"


@csrf_exempt  # the platform signs what it sends, and has no cookie
@never_cache
def wechat(request):
    """Prove the address to the platform (GET), or take a message and answer it (POST)."""
    given = request.GET.dict()
    # It names the sender, and Django's log of a refusal shows the address with it.
    request.META["QUERY_STRING"] = ""
    account = account_of_settings()
    if account is None:
        raise Http404
    if request.method not in {"GET", "POST"}:
        return HttpResponseNotAllowed(["GET", "POST"])
    try:
        if request.method == "GET":
            return HttpResponse(account.echo(given, now=timezone.now()), content_type=PLAIN)
        return _answered(account, given, _body(request), now=timezone.now())
    except Rejected:
        return HttpResponseForbidden(content_type=PLAIN)


def _body(request):
    body = request.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise Rejected
    return body


def _answered(account, given, body, *, now):
    message = account.message(given, body, now=now)
    answer = answers.answer_to(message)
    if answer is None:
        return HttpResponse(NO_ANSWER, content_type=PLAIN)
    try:
        with actions.waiting_briefly():
            text = _text(answer, message, account.signature_of(given), now=now)
    except Error:
        text = answers.busy()
    if not text:
        return HttpResponse(NO_ANSWER, content_type=PLAIN)
    return HttpResponse(account.answer(message, text, now=now), content_type=XML)


def _text(answer, message, signature, *, now):
    """Return what a message is answered; nothing if its name was another message's.

    :raises Rejected: if its signature was another message's.
    """
    row = actions.take_wechat_message(
        name=message.name,
        sender=message.sender,
        content=message.content,
        signature=signature,
        asks=answer is answers.Answer.STATUS,
        now=now,
    )
    if row is None:
        raise Rejected
    if not actions.is_same(row, message.content):
        return ""
    if row.query == WechatQuery.REFUSED:
        return answers.too_many()
    return answers.words(answer, message, today=timezone.localdate(now))
