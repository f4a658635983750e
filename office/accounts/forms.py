"""What may be typed on the pages of accounts."""

import unicodedata

from allauth.account.forms import ChangePasswordForm, LoginForm
from allauth.account.forms import ReauthenticateForm as PasswordForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.app_settings import TOTP_PERIOD, TOTP_TOLERANCE
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.core.cache import cache
from django.db import models
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from office.accounts import passwords
from office.models import User

LONGEST_PASSWORD = 128


class PlainWidgets:
    """Labels above the fields; allauth repeats them inside, where they vanish on typing."""

    labels = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label, field.help_text = self.labels.get(name, field.label), ""
            if isinstance(field.widget, forms.PasswordInput):
                field.widget.attrs["maxlength"] = LONGEST_PASSWORD


class SignInForm(PlainWidgets, LoginForm):
    labels = {"login": _("User name"), "password": _("Password")}

    def clean_login(self):
        # Chinese input methods leave full-width letters and ideographic spaces.
        return unicodedata.normalize("NFKC", self.cleaned_data["login"]).strip()


class NewPasswordForm(PlainWidgets, ChangePasswordForm):
    labels = {
        "oldpassword": _("Current password"),
        "password1": _("New password"),
        "password2": _("New password again"),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        wanted = [(sentence,) for sentence in passwords.help_sentences()]
        self.fields["password1"].help_text = format_html_join("", "<div>{}</div>", wanted)


class PasswordAgainForm(PlainWidgets, PasswordForm):
    labels = {"password": _("Password")}


class CodeField:
    """Codes may be typed with blanks; each one is taken once."""

    labels = {"code": _("Verification code")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"

    def clean_code(self):
        typed = unicodedata.normalize("NFKC", self.cleaned_data["code"])
        self.cleaned_data["code"] = "".join(typed.split())
        code = super().clean_code()
        # allauth forgets a used code after one period, but takes it for a period before and after.
        taken = f"second-factor-code-{self.user.pk}-{code}"
        if not cache.add(taken, "", timeout=TOTP_PERIOD * (2 * TOTP_TOLERANCE + 1)):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(CodeField, PlainWidgets, AuthenticateForm):
    pass


class CodeAgainForm(CodeField, PlainWidgets, ReauthenticateForm):
    pass


class SetSecondFactorForm(CodeField, PlainWidgets, ActivateTOTPForm):
    pass


class Help(models.TextChoices):
    PASSWORD = "hand_out_password", _("Hand out a new password")
    SECOND_FACTOR = "remove_second_factor", _("Remove the second factor (phone lost)")
    SESSIONS = "end_all_sessions", _("End all sessions")
    DISABLE = "disable_account", _("Disable the account")
    ENABLE = "enable_account", _("Enable the account again")


class AccountHelpForm(forms.Form):
    """What a system administrator may do for an account, with the reason for the ledger."""

    username = forms.CharField(label=_("User name"), max_length=150)
    act = forms.ChoiceField(label=_("What to do"), choices=Help, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Say how you made sure who asks. It goes to the ledger."),
    )

    def clean_username(self):
        username = unicodedata.normalize("NFKC", self.cleaned_data["username"]).strip()
        self.user = User.objects.filter(username=username).first()
        if self.user is None:
            raise forms.ValidationError(_("There is no account with this user name."))
        return username
