"""The pages of accounts: signing in and out, own security, sessions, help for others."""

from allauth.account.views import PasswordChangeView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from axes.handlers.proxy import AxesProxyHandler
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from office.accounts import actions, clocks, kept_forms, passwords, second_factor
from office.accounts.forms import AccountHelpForm
from office.accounts.reauthentication import recently_authenticated
from office.accounts.sessions import stored_key


class ChangePasswordView(PasswordChangeView):
    """Change the own password; all other sessions end."""

    def form_valid(self, form):
        response = super().form_valid(form)
        actions.password_changed(self.request.user, keeping=this_session(self.request))
        clocks.set_password_clock(self.request)
        return response


class SetSecondFactorView(ActivateTOTPView):
    """Set up an authenticator app; this session counts as having shown the code."""

    def form_valid(self, form):
        response = super().form_valid(form)
        second_factor.note_shown(self.request)
        actions.second_factor_set(self.request.user, keeping=this_session(self.request))
        return response


class DropSecondFactorView(DeactivateTOTPView):
    """Give the own authenticator app up, for instance to set up another phone."""

    def form_valid(self, form):
        response = super().form_valid(form)
        second_factor.forget_shown(self.request)
        actions.second_factor_dropped(self.request.user, keeping=this_session(self.request))
        return response


def this_session(request):
    """Return the key under which the session of this request is stored."""
    return stored_key(request.session.session_key)


def to_sign_in(request, **kwargs):
    """Lead from Wagtail's sign-in page, which knows no second factor, to the one of the house."""
    query = {"next": request.GET["next"]} if "next" in request.GET else {}
    return redirect(f"{reverse('account_login')}?{urlencode(query)}" if query else "account_login")


def to_help(request, **kwargs):
    """Lead from Wagtail's password reset by mail, which the house has not, to the help page."""
    return redirect("account_help")


def locked(request, response, credentials):
    """Tell when to try again, after too many wrong passwords."""
    until = AxesProxyHandler.get_implementation().locked_until(request, credentials)
    return render(request, "account/locked.html", {"until": until}, status=429)


@require_safe
def help_page(request):
    """Tell who helps with a forgotten password, a lost phone, a locked account."""
    return render(request, "account/help.html")


@login_required
@require_safe
def security(request):
    """Show everything about the security of the own account in one place."""
    context = {
        "has_second_factor": second_factor.is_set(request.user),
        "password_due_at": passwords.due_at(request.user),
        "open_sessions": request.user.sessions.open(timezone.now()).count(),
        "may_help": request.user.has_perm("office.help_account"),
    }
    return render(request, "account/security.html", context)


@login_required
@require_safe
def sessions(request):
    """Show where the account is signed in."""
    context = {
        "sessions": request.user.sessions.open(timezone.now()),
        "current": this_session(request),
    }
    return render(request, "account/sessions.html", context)


@login_required
@require_POST
def end_sessions(request):
    """End one of the own sessions, or all but this one."""
    current, chosen = this_session(request), request.POST.get("session", "")
    if chosen == current:
        return redirect("account_logout")
    if chosen:
        ended = actions.end_session(chosen, by=request.user)
    else:
        ended = actions.end_other_sessions(by=request.user, keeping=current)
    said = ngettext("%d session was ended.", "%d sessions were ended.", ended) % ended
    messages.success(request, said)
    return redirect("account_sessions")


@login_required
@require_http_methods(["GET", "POST"])
def kept_form(request):
    """Offer what was typed when the session ended, to be sent again or thrown away."""
    kept = kept_forms.kept_for(request, timezone.now())
    if kept is None or request.method == "POST":
        kept_forms.discard(request.session)
        messages.info(request, _("No unsent form is waiting for you."))
        return redirect("account_security")
    return render(request, "account/kept_form.html", {"kept": kept})


@login_required
@recently_authenticated()
@require_http_methods(["GET", "POST"])
def help_account(request):
    """Let a system administrator help another account, with a reason."""
    if not request.user.has_perm("office.help_account"):
        raise Http404
    form, helped = AccountHelpForm(request.POST or None), None
    if form.is_valid():
        act = getattr(actions, form.cleaned_data["act"])
        try:
            helped = act(form.user.pk, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
    # Not led on to another page: a password handed out is shown in this answer and kept nowhere.
    name = "account/helped_account.html" if helped else "account/help_account.html"
    return render(request, name, {"form": form, "helped": helped})
