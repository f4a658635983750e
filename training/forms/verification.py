"""What somebody with a certificate in hand may type or send to have it checked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.forms.staff import DayInput
from training.rules.certificates import code_of

MOST_BYTES = 5 * 1024 * 1024


class VerifyForm(forms.Form):
    """The code of a certificate, or its number with the holder's name."""

    code = forms.CharField(
        label=_("Code of the certificate"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("20 characters below the QR code. Dashes and capitals make no difference."),
    )
    number = forms.CharField(
        label=_("Or the number of the certificate"), max_length=40, required=False
    )
    name = forms.CharField(label=_("with the name of its holder"), max_length=60, required=False)

    def clean(self):
        typed = super().clean()
        if not typed.get("code") and not (typed.get("number") and typed.get("name")):
            raise forms.ValidationError(_("Type the code, or number and name together."))
        return typed

    def clean_code(self):
        typed = self.cleaned_data["code"]
        # What cannot be a code is looked for like one, so that both are answered alike.
        return code_of(typed) or (typed and "-")


class OnForm(forms.Form):
    """The day one wants to know about."""

    on = forms.DateField(label=_("Was it valid on"), widget=DayInput)

    def __init__(self, *args, today, **kwargs):
        self.today = today
        super().__init__(*args, **kwargs)

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError(_("Nobody can tell of a day to come."))
        return day


class FileForm(forms.Form):
    """A copy of a certificate's file."""

    file = forms.FileField(
        label=_("The PDF file"),
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        help_text=_("It is compared and not kept. At most 5 MB."),
    )

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB."))
        return upload
