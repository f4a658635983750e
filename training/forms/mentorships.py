"""What people may type about pairings and their logs."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from office.desk.documents import PaperField
from office.desk.forms import ReasonForm, RecordModelForm
from registry.forms.choosers import MEDIATORS
from registry.forms.staff import DayInput
from registry.models import Mediator
from registry.rules import months_later
from training.models import AssessmentResult, EndedBecause, LogKind, Pairing, PairingLog

MONTHS = 12


class PairingForm(RecordModelForm):
    """Span and plan of a pairing; who is paired stays."""

    permission = "training.change_pairing"

    class Meta:
        model = Pairing
        fields = ["from_on", "until_on", "plan"]
        widgets = {
            "from_on": DayInput,
            "until_on": DayInput,
            "plan": forms.Textarea(attrs={"rows": 6}),
        }
        help_texts = {"plan": _("What the apprentice is to learn, how and by when.")}


class NewPairingForm(PairingForm):
    """Who is to teach whom, from when until when."""

    permission = "training.add_pairing"

    class Meta(PairingForm.Meta):
        fields = ["mentor", "apprentice", *PairingForm.Meta.fields]
        widgets = {
            **PairingForm.Meta.widgets,
            "mentor": MEDIATORS.widget_class,
            "apprentice": MEDIATORS.widget_class,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.initial.setdefault("from_on", today)
        self.initial.setdefault("until_on", months_later(today, MONTHS))


class BeginForm(ReasonForm):
    """The agreement, unless it is among the papers already."""

    document = PaperField(label=_("Signed agreement"), required=False)


class AssessForm(ReasonForm):
    """What was found of the apprentice, and on what grounds."""

    result = forms.ChoiceField(
        label=_("Result"), choices=AssessmentResult.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Grounds"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )


class ExtendForm(ReasonForm):
    until_on = forms.DateField(label=_("New end"), widget=DayInput)


class TerminateForm(ReasonForm):
    because = forms.ChoiceField(
        label=_("Why it ends"),
        choices=[one for one in EndedBecause.choices if one[0] != EndedBecause.MENTOR_CHANGED],
    )


class ChangeMentorForm(ReasonForm):
    """Who takes over."""

    permission = "training.change_mentor_pairing"

    mentor = forms.ModelChoiceField(
        Mediator.objects.all(), label=_("New mentor"), widget=MEDIATORS.widget_class
    )


class LogForm(forms.ModelForm):
    """What was done on a day, written by mentor or apprentice."""

    kind = forms.ChoiceField(
        label=_("What was done"), choices=LogKind.choices, widget=forms.RadioSelect
    )

    class Meta:
        model = PairingLog
        fields = ["kind", "done_on", "text"]
        widgets = {"done_on": DayInput, "text": forms.Textarea(attrs={"rows": 4})}


class DeclineForm(forms.Form):
    """Why a mentor does not take an apprentice."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
