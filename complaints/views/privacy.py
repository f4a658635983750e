"""Pages that leave no trace: in no cache, no index, no log of refusals, no other site."""

from functools import wraps

from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

MOST_BYTES = 256 * 1024
# What is read and thrown away, so that a browser gets to hear that it was too much.
MOST_DRAINED = 200 * 1024 * 1024
CHUNK = 1024 * 1024


def leaving_no_trace(view=None, *, most_bytes=MOST_BYTES):
    """Keep a page out of caches and indexes, and refuse what other sites or machines send it.

    A browser that may send no referrer sends no origin either, so that Django's check of origins
    cannot work here. The draft's cookie is not sent along from other sites, and where the browser
    names the site a form was sent from, it must be this one.
    """
    if view is None:
        return lambda view: leaving_no_trace(view, most_bytes=most_bytes)

    @csrf_exempt
    @sensitive_post_parameters()
    @wraps(view)
    def answered(request, *args, **kwargs):
        response = _refused(request, most_bytes) or view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        response._has_been_logged = True  # noqa: SLF001 - there is no public way
        return response

    return answered


def _refused(request, most_bytes):
    if request.method != "POST":
        return None
    if request.headers.get("Sec-Fetch-Site", "same-origin") in {"cross-site", "same-site"}:
        return render(request, "complaints/intake/elsewhere.html", status=403)
    told = request.META.get("CONTENT_LENGTH") or ""
    length = int(told) if told.isdecimal() else 0
    if length > most_bytes:
        _drain(request, length)
        return render(request, "complaints/intake/too_large.html", status=413)
    return None


def _drain(request, length):
    if length <= MOST_DRAINED:
        while request.read(CHUNK):
            pass
