"""A party with a code says what it thought of the mediation: no account, no names, once."""

from functools import wraps

from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from casework import actions
from casework.flows import CodeState
from casework.forms.opinions import OpinionCodeForm, OpinionForm
from registry.search.allowance import has_written_enough


def leaving_no_trace(view):
    """Keep a page out of caches and indexes, and its address out of logs and of other sites.

    A browser that may send no referrer sends no origin either, so the check of origins cannot
    work here. None is needed: no account stands behind the page, whoever has the code may use it.
    """

    @csrf_exempt
    @wraps(view)
    def answered(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        # Django logs the address of every refusal, and this address holds the code.
        response._has_been_logged = True  # noqa: SLF001 - there is no public way
        return response

    return answered


@leaving_no_trace
@require_http_methods(["GET", "POST"])
def find_opinion(request):
    """Take the code on a slip and lead to the page it opens."""
    form = OpinionCodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and has_written_enough(request, "opinion", now=timezone.now()):
        return render(request, "429.html", status=429)
    if form.is_valid():
        code = form.cleaned_data["code"]
        if actions.find_code(code, today=timezone.localdate()):
            return redirect("opinion", "".join(code.split()))
        return unknown(request)
    status = 422 if form.is_bound else 200
    return render(request, "casework/opinion_find.html", {"form": form}, status=status)


@leaving_no_trace
@require_http_methods(["GET", "POST"])
def opinion(request, code):
    """Show what the mediation was, ask for a mark and a comment, and take them once."""
    today = timezone.localdate()
    found = actions.find_code(code, today=today)
    if found is None:
        if has_written_enough(request, "opinion-unknown", now=timezone.now()):
            return render(request, "429.html", status=429)
        return unknown(request)
    if found.state == CodeState.USED:
        return render(request, "casework/opinion_given.html")
    form = OpinionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return taken(request, found, form.cleaned_data, today)
    context = {"form": form, "case": found.case, "last_on": found.last_on}
    status = 422 if form.is_bound else 200
    return render(request, "casework/opinion.html", context, status=status)


@leaving_no_trace
@require_safe
def opinion_thanks(request):
    """Thank a party for its opinion."""
    return render(request, "casework/opinion_thanks.html")


def taken(request, found, typed, today):
    """Take an opinion; whoever was second with the same code is told that it was given."""
    try:
        actions.give_opinion(found.pk, today=today, score=typed["score"], comment=typed["comment"])
    except ValidationError:
        return render(request, "casework/opinion_given.html", status=409)
    return redirect("opinion_thanks")


def unknown(request):
    """Answer all codes alike that cannot be used: mistyped, too old, taken back, never made."""
    return render(request, "casework/opinion_unknown.html", status=404)
