"""What is typed about a consequence by whoever it is addressed to, or by the bureau."""

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.forms.case_reason import CaseReasonForm
from complaints.models import WhyNot
from office.desk.documents import PaperField
from registry.forms.staff import DayInput
from registry.models import Ground
from registry.models.discipline import ARTICLE_15


class MeasureForm(CaseReasonForm):
    """The committee's criticism or order, as the register keeps it."""

    ground = forms.ChoiceField(
        label=_("Ground"), choices=[(one.value, one.label) for one in map(Ground, ARTICLE_15)]
    )
    decided_on = forms.DateField(label=_("Decided on"), widget=DayInput)
    text = forms.CharField(
        label=_("What happened"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It is kept in the register. Write nothing about who complained."),
    )
    document = PaperField(label=_("Document"))


class LeaveForm(CaseReasonForm):
    why_not = forms.ChoiceField(label=_("Why it is not followed"), choices=WhyNot.choices)
