"""What holds on every page of a signed-in account, whatever view draws it."""

from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from office import ledger
from office.accounts import clocks, kept_forms, second_factor
from office.accounts.clocks import is_signed_in

# Pages the browser asks for by itself: they keep no session alive.
BACKGROUND = {"wagtailadmin_editing_sessions"}
# Pages on the way to a full sign-in, and those that change nothing but the look.
ALWAYS_OPEN = {
    "account_logout",
    "account_reauthenticate",
    "account_change_password",
    "account_help",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "set_language",
    "text_size",
}


class SessionClockMiddleware:
    """End sessions that ran out, keep what was typed in them, keep their pages out of caches."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if is_signed_in(request):
            add_never_cache_headers(response)
        elif kept_forms.leads_to_sign_in(response):
            return self.keeping_the_form(request, response)
        return response

    def process_view(self, request, view, args, kwargs):
        if not is_signed_in(request):
            return None
        now = timezone.now()
        in_background = request.resolver_match.namespace in BACKGROUND
        if clocks.has_run_out(request.session, now):
            return HttpResponse(status=401) if in_background else self.end_session(request, now)
        if not in_background:
            clocks.touch(request, now)
        return None

    @staticmethod
    def end_session(request, now):
        """Sign the account out and go on as a visitor: the view will ask for it if it must."""
        user = request.user
        ledger.append("office.user.session_ran_out", user, by=user)
        logout(request)
        kept_forms.remember_who_left(request.session, user, now)
        messages.info(request, _("You were signed out because nothing was done for a while."))

    @staticmethod
    def keeping_the_form(request, response):
        """Keep a form that came too late; lead a fragment's request to the whole sign-in page."""
        if request.method == "POST" and kept_forms.keep(request, timezone.now()):
            response = redirect_to_login(reverse("account_kept_form"))
        if request.htmx:
            here = request.htmx.current_url_abs_path or "/"
            return HttpResponseClientRedirect(
                response["Location"]
                if request.method == "POST"
                else redirect_to_login(here)["Location"]
            )
        return response


class RequiredStepsMiddleware:
    """Before anything else: a new password if the old one is due, the second factor for staff."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not is_signed_in(request) or request.resolver_match.view_name in ALWAYS_OPEN:
            return None
        if clocks.password_is_due(request.session, timezone.now()):
            messages.warning(request, _("Your password is due for a change."))
            return redirect("account_change_password")
        if second_factor.is_missing(request):
            return self.to_second_factor(request)
        return None

    @staticmethod
    def to_second_factor(request):
        """Lead to setting the second factor up, or to showing the one that is set up."""
        if not second_factor.is_set(request.user):
            return redirect("mfa_activate_totp")
        here = request.get_full_path() if request.method == "GET" else "/"
        return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({REDIRECT_FIELD_NAME: here})}")
