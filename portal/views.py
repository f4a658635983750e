"""The pages that belong to the whole site: preferences, site map, components, refusals."""

import logging
import secrets
import sys

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseServerError
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from office import workbench
from portal import navigation, request_id, samples
from portal.text_size import COOKIE, COOKIE_AGE, TextSize

logger = logging.getLogger(__name__)


def own_address(request, address):
    """Return the address if it lies on this site, else the home page."""
    is_own = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if is_own else reverse("wagtail_serve", args=[""])


# A preference does no harm when another site sets it; without a token no page needs a cookie to be
# read, and a page can be kept by a cache in front.
choose_language = csrf_exempt(require_POST(set_language))


@csrf_exempt
@require_POST
def choose_text_size(request):
    """Keep the visitor's text size in a cookie and return to the page."""
    response = redirect(own_address(request, request.POST.get("next")))
    if request.POST.get("size") in TextSize.values:
        response.set_cookie(
            COOKIE,
            request.POST["size"],
            max_age=COOKIE_AGE,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response


@require_safe
def site_map(request):
    """Show every page and every register of the site."""
    context = {"entries": [*navigation.capabilities(), *navigation.site_map(request)]}
    return TemplateResponse(request, "portal/site_map.html", context)


@require_safe
def components(request):
    """Show every component in every state, to those who build and check the site."""
    if not (settings.DEBUG or request.user.has_perm("wagtailadmin.access_admin")):
        raise Http404
    return TemplateResponse(request, "portal/components.html", samples.components())


@login_required
@require_safe
def my_page(request):
    """Show what awaits the person who is signed in, and the places of one's own."""
    tasks, places = workbench.lines_of(request.user, timezone.localdate())
    context = {
        "tasks": tasks,
        "places": places,
        "works_at_desk": request.user.has_perm("wagtailadmin.access_admin"),
    }
    return TemplateResponse(request, "portal/my_page.html", context)


def csrf_failure(request, reason=""):
    """Explain a form that was refused, without blame, and show the way back."""
    back = own_address(request, request.META.get("HTTP_REFERER"))
    return render(request, "403_csrf.html", {"back": back}, status=403)


def too_many_requests(request, *args, **kwargs):
    """Tell a visitor who was too fast when and how to go on. Fits the lockout callable of axes."""
    return HttpResponse(render_to_string("429.html"), status=429)


def server_error(request):
    """Answer a failure of ours: nothing of the step was saved; a code finds it in the log.

    The page asks neither database nor session, for these may be what failed.
    """
    trace = (request_id.current.get() or secrets.token_hex(4))[:8].upper()
    logger.error("A visitor was shown the trace code %s", trace, exc_info=sys.exc_info())
    return HttpResponseServerError(render_to_string("500.html", {"trace": trace}))
