"""The public check of certificates: by code, by number and name, by file."""

from functools import wraps

from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registry.search.allowance import has_written_enough
from training.actions import verification
from training.forms.verification import FileForm, OnForm, VerifyForm
from training.issuing.keys import published_keys
from training.notices import certificate_facts as words
from training.rules.certificates import code_of
from training.rules.signatures import document, jwk


def kept_nowhere(view):
    """Keep a page out of caches and of the indexes of search engines."""

    @never_cache
    @wraps(view)
    def answered(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex"
        return response

    return answered


@kept_nowhere
@require_http_methods(["GET", "POST"])
def verify(request):
    """Find a certificate by its code, or by its number and the holder's name."""
    form = VerifyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and has_written_enough(request, "verify", now=timezone.now()):
        return render(request, "429.html", status=429)
    if form.is_valid():
        typed = form.cleaned_data
        if not typed["code"]:
            code = verification.code_of_number(typed["number"], typed["name"])
        else:
            code = typed["code"] if verification.is_issued(typed["code"]) else ""
        if code:
            return redirect("verify_certificate", code)
        form.add_error(None, _("No certificate was found. Compare each character with the paper."))
    return asked(request, form=form, status=422 if form.is_bound else 200)


@kept_nowhere
@require_POST
def verify_file(request):
    """Tell whether a file is one that was issued here, unaltered."""
    if has_written_enough(request, "verify", now=timezone.now()):
        return render(request, "429.html", status=429)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return asked(request, file_form=form, status=422)
    found = verification.certificate_of_file(form.cleaned_data["file"])
    return render(request, "training/verify_file.html", {"certificate": found})


def asked(request, *, status, form=None, file_form=None):
    """Show the page that asks, with the form that was sent."""
    forms = {"form": form or VerifyForm(), "file_form": file_form or FileForm()}
    return render(request, "training/verify.html", forms, status=status)


@kept_nowhere
@require_safe
def verify_certificate(request, code):
    """Show every fact that is printed on a certificate, and how it stands or stood on a day."""
    found = sought(request, code)
    if found is None:
        return render(request, "429.html", status=429)
    today = timezone.localdate()
    form = OnForm(request.GET if "on" in request.GET else None, today=today)
    answer = words.answer_for(found, form.cleaned_data["on"]) if form.is_valid() else ""
    standing = found.standing(today)
    successor = found.followers.public().printed().first()
    context = {
        "certificate": found,
        "facts": words.shown(found.facts),
        "standing": standing,
        "tone": words.TONES[standing],
        "sentences": words.sentences(found, today),
        "form": form,
        "answer": answer,
        "successor": successor,
        "successor_standing": successor and successor.standing(today).label,
    }
    return render(request, "training/certificate.html", context)


@kept_nowhere
@require_safe
def signed_certificate(request, code):
    """Hand out facts and signature as one document that can be verified offline."""
    found = sought(request, code)
    if found is None:
        return render(request, "429.html", status=429)
    if found.printed.forgotten_on:
        raise Http404
    content = document(found.facts, found.token)
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="{found.code}.json"'
    return response


@require_safe
def verification_keys(request):
    """Publish every key that signed certificates, as a set of JSON Web Keys (RFC 7517)."""
    return JsonResponse({"keys": [jwk(public) for public in published_keys().values()]})


def sought(request, code):
    """Return the certificate of a code, None to somebody who guessed too often.

    :raises Http404: if there is none.
    """
    found = verification.certificate_of_code(code_of(code))
    if found is None:
        if has_written_enough(request, "verify-unknown", now=timezone.now()):
            return None
        raise Http404
    return found
