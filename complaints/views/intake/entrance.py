"""The way in and the way out: what complaints are for, the first step, and the quick exit."""

from django.conf import settings
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from complaints.actions.drafts import NoDraft, begin_draft, drop_draft
from complaints.models import Channel, Subject
from complaints.queries.respondents import respondent_of_page
from complaints.reports.outlook import limits
from complaints.rules.steps import Step
from complaints.views.intake.drafting import draft_of, forget_key, keep_key, key_of
from complaints.views.pace import seconds_to_wait, slow_down
from complaints.views.privacy import leaving_no_trace
from registry.models import Mediator, Organization


@leaving_no_trace
@require_http_methods(["GET", "POST"])
def complaints(request):
    """Tell what is handled and who sees what; by POST, begin a complaint."""
    if request.method == "POST":
        return _begun(request)
    asked_for = _asked_for(request.GET)
    context = {
        "limits": limits(timezone.localdate()),
        "channel": _channel(request.GET.get("from")),
        "about": request.GET.get("about", "") if asked_for else "",
        "named": name_of(asked_for) if asked_for else "",
        "has_draft": _has_draft(request),
    }
    return render(request, "complaints/intake/front.html", context)


@leaving_no_trace
@require_POST
def leave(request):
    """Leave at once: the draft and its key are gone when the next page is there."""
    drop_draft(key_of(request), now=timezone.now())
    return forget_key(redirect(settings.QUICK_EXIT_PATH))


def name_of(whom):
    """Return whom a complaint is about; of a mediator, so that namesakes differ, the unit too."""
    body = Organization.objects.get(pk=whom["organization"])
    if whom["about"] == Subject.MEDIATOR:
        return f"{Mediator.objects.get(pk=whom['mediator'])} {body}"
    return str(body)


def _begun(request):
    now = timezone.now()
    if missing := seconds_to_wait(request, "begin", now=now):
        return slow_down(request, missing)
    drop_draft(key_of(request), now=now)
    whom = _asked_for(request.POST)
    channel = _channel(request.POST.get("from"))
    key = begin_draft(channel=channel, now=now, answers={Step.WHOM: whom} if whom else {})
    return keep_key(request, redirect("complaint_way"), key)


def _asked_for(params):
    """Return whom a page of the register asked to complain of, if it is on the roster."""
    public_id = params.get("about", "")
    return respondent_of_page(public_id) if public_id.isascii() and public_id.isalnum() else None


def _channel(text):
    return Channel.WECHAT if text == Channel.WECHAT else Channel.WEB


def _has_draft(request):
    try:
        return not draft_of(request).sent
    except NoDraft:
        return False
