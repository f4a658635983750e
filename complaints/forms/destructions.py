from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.models import Complaint
from office.desk.forms import DeskForm, ReasonForm


class NewDestructionForm(DeskForm):
    """The number of a complaint that is due; no reason, for it is the time that has passed."""

    permission = "complaints.add_keydestruction"

    complaint = forms.ModelChoiceField(
        label=_("Complaint number"),
        queryset=Complaint.objects.all(),
        to_field_name="number",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid_choice": _("No complaint in your area has this number.")},
    )


class SealedReasonForm(ReasonForm):
    """A reason that is sealed in the complaint, not kept in the ledger."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is sealed in the complaint; the ledger only says that you decided."),
    )
