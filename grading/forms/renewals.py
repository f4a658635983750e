"""What is asked when a term ends: advice, the decision of the unit, the day the person was told."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grading.flows.renewal import Choice
from grading.forms.grades import DayInput
from grading.forms.setting_up import own_bureau
from grading.models.renewal import ADVICE
from office.desk.forms import ReasonForm
from office.desk.submissions import new_key
from registry.models import Division

DECISIONS = [(one.value, one.label) for one in (Choice.RENEW, Choice.NOT_RENEW)]
A_SETTING = _("A setting of the bureau; no rule found.")


class RecommendForm(ReasonForm):
    """What the officer recommends to the unit, and why."""

    advice = forms.ChoiceField(
        label=_("Recommendation"),
        choices=[(one, ADVICE[one]) for one in Choice.values],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Reason of the recommendation"),
        max_length=3_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed where it differs from the rule. The unit and the person read it."),
    )

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        self.initial.setdefault("advice", record.recommended)


class NewEndForm(ReasonForm):
    """What was decided, and until when a new term lasts."""

    choice = forms.ChoiceField(
        label=pgettext_lazy("reappointment", "Decision"),
        choices=DECISIONS,
        widget=forms.RadioSelect,
    )
    new_term_until_on = forms.DateField(
        label=_("New term until"),
        required=False,
        widget=DayInput(),
        help_text=_("Empty: as long as the law and the policy allow."),
    )


class DecideForm(NewEndForm):
    """The decision of the unit that elected or appointed the person, with its document."""

    unit = forms.CharField(label=_("Decided by"), max_length=120)
    unit_document = forms.CharField(label=_("Document of the decision"), max_length=120)
    unit_decided_on = forms.DateField(label=_("Decided on"), widget=DayInput())
    no_reviews_because = forms.CharField(
        label=_("Why there is no review of the term"), max_length=300, required=False
    )

    field_order = ["unit", "unit_document", "unit_decided_on", "choice"]

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        self.initial.setdefault("unit", record.appointment.unit)
        if record.reviews:
            del self.fields["no_reviews_because"]


class TellForm(ReasonForm):
    """When the person was told, and until when a review may be asked for."""

    told_on = forms.DateField(label=_("Person told on"), widget=DayInput())
    reply_until = forms.DateField(label=_("Reply until"), widget=DayInput(), help_text=A_SETTING)


class ReviewForm(NewEndForm):
    """What became of the reply, and the answer the person reads."""

    answer = forms.CharField(
        label=_("Answer to the person"),
        max_length=3_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    field_order = ["choice", "new_term_until_on", "answer"]

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        self.initial.setdefault("choice", record.choice)
        self.initial.setdefault("new_term_until_on", record.new_term_until_on)


class OpenForm(ReasonForm):
    """For which division cases are opened."""

    permission = "grading.bulk_renewal"

    division = forms.ModelChoiceField(
        Division.objects.filter(level__in=["city", "county", "township"], until_on=None),
        label=_("Division"),
        empty_label=_("Choose"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("division", own_bureau(self.fields["division"].queryset))


class AtOnceForm(ReasonForm):
    """One act on a whole selection; ``selection`` tells which one the page showed."""

    BOOKKEEPING = ("submission", "selection")

    selection = forms.CharField(max_length=64, widget=forms.HiddenInput)


class DecideAtOnceForm(AtOnceForm):
    """One document for decisions of the units on record."""

    unit_document = forms.CharField(label=_("Document of the decision"), max_length=120)
    unit_decided_on = forms.DateField(label=_("Decided on"), widget=DayInput())


class TellAtOnceForm(AtOnceForm, TellForm):
    """The same days for everybody."""


class OwnReplyForm(forms.Form):
    """What a person says to the decision on the own term."""

    submission = forms.RegexField(r"\A[0-9a-f]{32}\Z", widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Why you ask for a review"),
        max_length=3_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("submission", new_key())
