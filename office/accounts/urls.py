"""The addresses of accounts. Of allauth only what the house uses is routed: no sign-up, no mail."""

from allauth.account import views as allauth_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as recovery_views
from django.contrib.auth.decorators import login_required
from django.urls import path, re_path
from django.views.generic import RedirectView

from office.accounts import views

accounts = [
    path("login/", allauth_views.login, name="account_login"),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("help/", views.help_page, name="account_help"),
    path("help/for-others/", views.help_account, name="account_help_account"),
    path("reauthenticate/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("security/", views.security, name="account_security"),
    path("sessions/", views.sessions, name="account_sessions"),
    path("sessions/end/", views.end_sessions, name="account_end_sessions"),
    path("unsent-form/", views.kept_form, name="account_kept_form"),
    path(
        "password/",
        login_required(views.ChangePasswordView.as_view()),
        name="account_change_password",
    ),
    path("second-factor/", RedirectView.as_view(pattern_name="account_security"), name="mfa_index"),
    path("second-factor/code/", mfa_views.authenticate, name="mfa_authenticate"),
    path("second-factor/code-again/", mfa_views.reauthenticate, name="mfa_reauthenticate"),
    path(
        "second-factor/set/",
        login_required(views.SetSecondFactorView.as_view()),
        name="mfa_activate_totp",
    ),
    path("second-factor/remove/", views.DropSecondFactorView.as_view(), name="mfa_deactivate_totp"),
    path("recovery-codes/", recovery_views.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "recovery-codes/new/",
        login_required(recovery_views.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "recovery-codes/download/",
        recovery_views.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]

# To stand before Wagtail's own addresses under the same prefix: its sign-in asks for no code.
instead_of_wagtail = [
    path("login/", views.to_sign_in),
    path("logout/", allauth_views.logout),
    re_path(r"^password_reset/", views.to_help),
]

# The same for its pages: who signed in there left no entry and had no password clock.
instead_of_wagtails_pages = [path("_util/login/", views.to_sign_in)]
