from django import forms
from django.utils.translation import gettext_lazy as _

from office.desk.forms import ReasonForm


class CaseReasonForm(ReasonForm):
    """Asks for a reason that stays, sealed, in the case."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is kept sealed in the case. The ledger only says that there is a reason."),
    )
