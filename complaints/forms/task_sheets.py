"""What is asked when a task sheet is drawn up, redacted, routed, decided and answered."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.actions.addressees import seconds_for, way_of
from complaints.actions.sheet_words import draft_of, suggested_for
from complaints.actions.task_sheets import writers_of
from complaints.flows import ComplaintState
from complaints.flows.task_sheet import OPEN
from complaints.models import Complaint, ComplaintGround, Finding
from complaints.notices.sheet_words import KIND_LABELS, UNIT_LABELS
from office.desk.documents import PaperField
from office.desk.forms import DeskForm
from office.models import User

MOST_WORDS = 2000
MOST_TEXT = 20_000
PAPERS = ("first_paper", "second_paper", "third_paper")


class SendForm(DeskForm):
    """Asks for nothing but the sending itself."""


class WordsForm(DeskForm):
    """Asks for words that are kept sealed in the case."""

    words = forms.CharField(
        label=_("Reason"),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It is kept sealed in the case with your name; the ledger does not tell it."),
    )


class WordsToUnitForm(WordsForm):
    """Asks for words that the unit reads."""

    words = forms.CharField(
        label=_("Words to the unit"),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The unit reads them: name nobody who complained, nor how to reach them."),
    )


class DrawForm(DeskForm):
    """The complaint a sheet is drawn up for: accepted, given to the officer, without a sheet."""

    complaint = forms.ModelChoiceField(label=_("Complaint"), queryset=Complaint.objects.none())

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        rows = Complaint.objects.within(user, "complaints.add_tasksheet").readable_by(user)
        if not self.is_bound:
            # What is sent again is answered by the sheet it made, so it must still be a choice.
            rows = rows.filter(state=ComplaintState.ACCEPTED).exclude(sheets__state__in=OPEN)
        self.fields["complaint"].queryset = rows


class RedactForm(DeskForm):
    """The suggestions, all taken unless somebody takes one out."""

    chosen = forms.TypedMultipleChoiceField(
        label=_("Replace"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The text is written anew from the original; what was edited by hand is lost."),
    )

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        _text, found = suggested_for(record.complaint)
        certain = [(place, one) for place, one in enumerate(found) if one.is_certain]
        self.fields["chosen"].choices = [
            (place, f"{one.text} → {one.replacement}（{KIND_LABELS[one.kind]}）")
            for place, one in certain
        ]
        self.initial.setdefault("chosen", [place for place, _one in certain])


class TextForm(DeskForm):
    """The text of the sheet, edited on the draft the form was opened with."""

    based_on = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Text for the unit"),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Papers never leave the case: describe in words what they show."),
    )

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        row, text = draft_of(record)
        self.initial.setdefault("based_on", row.pk)
        self.initial.setdefault("text", text)


class RouteForm(DeskForm):
    """The unit the sheet goes to: none in conflict, none below one that is to be asked."""

    to = forms.ChoiceField(label=_("Unit"), required=False)
    outside = forms.CharField(
        label=_("Unit without an account"),
        max_length=120,
        required=False,
        help_text=_("The unit that elected or appointed; it gets the sheet on paper."),
    )
    reason = WordsForm.base_fields["words"]

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        way = way_of(record.complaint, today=timezone.localdate())
        self.fields["to"].choices = [
            ("", "—"),
            *[(f"{stop.kind}", UNIT_LABELS[stop.kind]) for stop in way.open_ones],
        ]
        if not way.may_go_outside:
            del self.fields["outside"]

    def clean(self):
        typed = super().clean()
        if bool(typed.get("to")) == bool(typed.get("outside")):
            raise forms.ValidationError(_("Choose a unit, or name one without an account."))
        return typed


class AccountField(forms.ModelChoiceField):
    """An account, called by the name of its holder."""

    def label_from_instance(self, obj):
        return obj.get_full_name()


class SecondForm(DeskForm):
    """The second person: a handler of this body or one above, who wrote nothing of the sheet."""

    second = AccountField(label=_("Second person"), queryset=User.objects.none())

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        found = seconds_for(record.complaint, today=timezone.localdate())
        self.fields["second"].queryset = found.exclude(pk__in=writers_of(record))


class ReportForm(DeskForm):
    """Findings: two investigators, the person heard, each ground, the proposal, papers."""

    first = forms.CharField(label=_("First investigator"), max_length=60)
    second = forms.CharField(label=_("Second investigator"), max_length=60)
    is_heard = forms.TypedChoiceField(
        label=_("Was the person complained of heard?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )
    said = forms.CharField(
        label=_("What the person said, or why nobody was heard"),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    proposal = forms.CharField(
        label=pgettext_lazy("findings", "Proposal"),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        self.grounds = list(record.complaint.grounds)
        labels = dict(ComplaintGround.choices)
        for ground in self.grounds:
            label = labels.get(ground, ground)
            self.fields[f"finding_{ground}"] = forms.ChoiceField(
                label=_("%(ground)s: result") % {"ground": label},
                choices=[("", "—"), *Finding.choices],
            )
            self.fields[f"text_{ground}"] = forms.CharField(
                label=_("%(ground)s: what was found") % {"ground": label},
                max_length=MOST_WORDS,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
        for name in PAPERS:
            self.fields[name] = PaperField(label=_("Paper"), required=False)
        self.order_fields([name for name in self.fields if name not in ("proposal", *PAPERS)])

    def values(self):
        typed = self.cleaned_data
        return {
            "investigators": [typed["first"], typed["second"]],
            "is_heard": typed["is_heard"],
            "said": typed["said"],
            "proposal": typed["proposal"],
            "grounds": {
                ground: {"finding": typed[f"finding_{ground}"], "text": typed[f"text_{ground}"]}
                for ground in self.grounds
            },
            "files": [typed[name] for name in PAPERS if typed[name]],
        }
