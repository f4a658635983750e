from django import forms
from django.utils.translation import gettext_lazy as _

MOST_WORDS = 2000


class SideForm(forms.Form):
    """What the person complained of says to a task sheet."""

    submission = forms.RegexField(r"\A[0-9a-f]{32}\Z", widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Your side"),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("The unit that looks into it and the handlers read it, with your name."),
    )
