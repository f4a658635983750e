"""How allauth behaves in this house."""

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from office.accounts import actions, clocks
from office.accounts.origin import client_address
from office.accounts.reauthentication import needs_reauthentication


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by officers; axes, not allauth, counts wrong passwords."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The user name or the password is wrong."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _("Too many wrong codes. Wait five minutes and try again."),
    }

    def is_open_for_signup(self, request):
        return False

    def is_safe_url(self, url):
        """Allow ``next`` on this very host only."""
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={self.request.get_host()}, require_https=self.request.is_secure()
        )

    def get_client_ip(self, request):
        return client_address(request)

    def pre_authenticate(self, request, **credentials):
        """Leave wrong passwords to axes; allauth's own limit is kept for wrong codes."""

    def is_reauthentication_required(self, *, app, **kwargs):
        return needs_reauthentication(self.request)

    def get_login_redirect_url(self, request):
        is_staff = request.user.has_perm(clocks.ADMIN_ACCESS)
        return reverse("wagtailadmin_home" if is_staff else "account_security")

    def get_password_change_redirect_url(self, request):
        return reverse("account_security")

    def post_login(self, request, user, **kwargs):
        clocks.start(request, timezone.now())
        actions.sign_in(user)
        return super().post_login(request, user, **kwargs)

    def logout(self, request):
        actions.sign_out(request.user)
        super().logout(request)
