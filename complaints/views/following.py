"""A complaint is followed by its receipt code: no account, no name, and no address holds the code.

Browsers that may send no referrer send no origin either, so the check of origins cannot work here.
In its place a form proves that it was made for the browser which sends it (``proof``), and the
cookie is not sent along from other sites.
"""

from functools import wraps

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from complaints import actions
from complaints.forms import following as forms
from complaints.reports.following import follow as followed_by_holder
from complaints.rules.guessing import network_of
from office.accounts.origin import client_address
from office.personal import keyed_hash

IDLE_SECONDS = 30 * 60
# What is said on the page of the complaint after an act.
DONE = {
    "add": gettext_lazy("What you sent has arrived."),
    "answer": gettext_lazy("Your answer has arrived."),
    "ask_review": gettext_lazy("Your request for a review has arrived."),
    "ask_recheck": gettext_lazy("Your request for a re-review has arrived."),
    "rate": gettext_lazy("Thank you. Your opinion was noted."),
    "reopen": gettext_lazy("Your complaint is open again."),
    "withdraw": gettext_lazy("Your complaint is withdrawn."),
}
# Heading, form and act of what a holder may do; ``open_acts`` says which are possible today.
ACTS = {
    "add": (gettext_lazy("Add something"), forms.MaterialForm, actions.add_material),
    "ask_review": (gettext_lazy("Ask for a review"), forms.ReviewForm, actions.ask_review),
    "ask_recheck": (gettext_lazy("Ask for a re-review"), forms.ReviewForm, actions.ask_recheck),
    "rate": (gettext_lazy("Say how satisfied you are"), forms.RatingForm, actions.rate),
    "reopen": (gettext_lazy("Open it again"), forms.ReopenForm, actions.reopen),
    "withdraw": (
        gettext_lazy("Withdraw the complaint"),
        forms.WithdrawalForm,
        actions.withdraw_by_code,
    ),
}


def leaving_no_trace(view):
    """Keep a page out of caches, indexes and histories of other sites, and off what came of it."""

    @csrf_exempt
    @sensitive_post_parameters()
    @require_http_methods(["GET", "POST"])
    @wraps(view)
    def answered(request, *args, **kwargs):
        foreign = request.headers.get("Sec-Fetch-Site", "none") in {"cross-site", "same-site"}
        if request.method == "POST" and foreign:
            response = _refused(request)
        else:
            response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return answered


def holding(view):
    """Hand a view the complaint this browser opened; without one the code is asked for."""

    @leaving_no_trace
    @wraps(view)
    def answered(request, *args, **kwargs):
        key = request.COOKIES.get(_cookie(request), "")
        pk = actions.opened_by(key, now=timezone.now())
        if pk is None:
            return _without_cookie(request, redirect("complaint_follow"))
        if request.method == "POST" and not _is_proved(request, key):
            return _refused(request)
        response = view(request, pk, *args, **kwargs)
        if not response.has_header("Set-Cookie") and _cookie(request) not in response.cookies:
            _keep(request, response, key)
        return response

    return answered


@leaving_no_trace
def follow(request):
    """Ask for the receipt code and open its complaint; all codes that open none are alike."""
    # A mark that no field takes would be told apart from other wrong codes.
    typed = {"code": request.POST.get("code", "").replace("\x00", "")}
    form = forms.FollowCodeForm(typed if request.method == "POST" else None)
    if form.is_valid():
        now, origin = timezone.now(), network_of(client_address(request))
        try:
            found = actions.guess(form.cleaned_data["code"], who=origin, now=now)
        except actions.TooMany as wait:
            return _wait(request, wait.seconds)
        if found:
            key = actions.begin_opening(found, now=now)
            return _keep(request, redirect("complaint_followed"), key)
        form.add_error("code", _("No complaint has this code. Compare it letter by letter."))
    status = 422 if form.is_bound else 200
    return render(request, "complaints/following/code.html", {"form": form}, status=status)


@holding
def followed(request, pk):
    """Show the holder of the code how the complaint stands."""
    today = timezone.localdate()
    shown = followed_by_holder(pk, today)
    context = {
        "complaint": shown,
        "acts": [(name, ACTS[name][0]) for name in shown.acts],
        "done": DONE.get(request.GET.get("done", ""), ""),
        "proof": _proof(request),
    }
    return render(request, "complaints/following/complaint.html", context)


@holding
def act(request, pk, name):
    """Take what the holder does: something to add, a request, a mark, a withdrawal."""
    if name not in ACTS:
        raise Http404
    heading, form_class, does = ACTS[name]
    form = _bound(request, form_class)
    if form.is_valid() and (answer := _done(form, name, does, pk)):
        return answer
    return _asked(request, form, heading, name)


@holding
def answer(request, pk, question):
    """Show a question of the handler and take the answer."""
    today = timezone.localdate()
    asked = {one.pk: one for one in followed_by_holder(pk, today).questions}.get(question)
    if asked is None:
        raise Http404
    form = _bound(request, forms.AnswerForm)
    if form.is_valid() and (
        sent := _done(form, "answer", actions.answer_question, pk, question=question)
    ):
        return sent
    return _asked(request, form, _("A question to you"), "answer", question=asked)


@leaving_no_trace
def leave(request):
    """Forget the complaint in this browser and show the home page, which says nothing of it."""
    if request.method == "POST":
        actions.end_opening(request.COOKIES.get(_cookie(request), ""))
        return _without_cookie(request, redirect(reverse("wagtail_serve", args=[""])))
    return redirect("complaint_follow")


def _bound(request, form_class):
    return form_class(request.POST, request.FILES) if request.method == "POST" else form_class()


def _done(form, name, does, pk, **given):
    """Do what was asked for and lead back; of a refusal the form says why, and None is returned."""
    typed = {key: value for key, value in form.cleaned_data.items() if key != "sure"}
    try:
        does(pk, today=timezone.localdate(), **given, **typed)
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
        return None
    return redirect(f"{reverse('complaint_followed')}?done={name}")


def _asked(request, form, heading, name, question=None):
    context = {
        "form": form,
        "heading": heading,
        "name": name,
        "question": question,
        "proof": _proof(request),
    }
    status = 422 if form.is_bound else 200
    return render(request, "complaints/following/act.html", context, status=status)


def _wait(request, seconds):
    context = {"minutes": -(-seconds // 60)}
    response = render(request, "complaints/following/wait.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response


def _refused(request):
    return render(request, "403_csrf.html", {"back": reverse("complaint_follow")}, status=403)


def _cookie(request):
    return "__Secure-complaint" if request.is_secure() else "complaint"


def _keep(request, response, key):
    response.set_cookie(
        _cookie(request),
        key,
        max_age=IDLE_SECONDS,
        path=reverse("complaint_follow"),
        secure=request.is_secure(),
        httponly=True,
        samesite="Strict",
    )
    return response


def _without_cookie(request, response):
    response.delete_cookie(_cookie(request), path=reverse("complaint_follow"), samesite="Strict")
    return response


def _proof(request):
    """Return what only a page made for this browser holds."""
    key = request.COOKIES.get(_cookie(request), "")
    return keyed_hash(key.encode().hex(), "complaints.proof") or ""


def _is_proved(request, key):
    return constant_time_compare(request.POST.get("proof", ""), _proof(request))
