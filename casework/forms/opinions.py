"""What officers type about a return visit, and a party about the mediation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.forms.case_number import CaseNumberField, case_of
from casework.models import Means, Opinion, Outcome, PartySide
from office.desk.forms import DeskForm
from registry.forms.staff import DayInput

MARKS = [
    (5, _("5, very satisfied")),
    (4, _("4, satisfied")),
    (3, _("3, neither")),
    (2, _("2, dissatisfied")),
    (1, _("1, very dissatisfied")),
]
MOST_LETTERS = 1000


class VisitForm(DeskForm):
    """Who was asked, how, and what came of it."""

    side = forms.ChoiceField(label=_("Party"), choices=PartySide.choices)
    means = forms.ChoiceField(label=_("How the party was asked"), choices=Means.choices)
    visited_on = forms.DateField(label=_("Asked on"), widget=DayInput)
    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    score = forms.TypedChoiceField(
        label=_("Mark"),
        choices=[("", _("none")), *MARKS],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Only of a party that gave an opinion."),
    )
    comment = forms.CharField(
        label=Opinion._meta.get_field("comment").verbose_name,
        max_length=MOST_LETTERS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It is sealed. Neither the mediator nor the organisation reads it."),
    )

    def clean(self):
        typed = super().clean()
        if typed.get("outcome") == Outcome.REACHED and typed.get("score") is None:
            self.add_error("score", _("Choose a mark."))
        if typed.get("outcome") in {Outcome.NOT_REACHED, Outcome.DECLINED} and typed.get("score"):
            self.add_error("score", _("Only a party that answered gives a mark, from 1 to 5."))
        return typed


class CodeForm(DeskForm):
    """For which party a code is."""

    side = forms.ChoiceField(label=_("For the party"), choices=PartySide.choices)


class NewCodeForm(CodeForm):
    """For which case, and which party of it, a code is."""

    number = CaseNumberField()
    field_order = ["number"]

    def clean_number(self):
        return case_of(self.cleaned_data["number"], self.user, "casework.add_opinioncode")

    def values(self):
        values = super().values()
        values["pk"] = values.pop("number").pk
        return values


class OpinionForm(forms.Form):
    """What a party says: a mark, perhaps a comment, and that the opinion is the own one."""

    score = forms.TypedChoiceField(
        label=_("How satisfied are you with the mediation?"),
        choices=MARKS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a mark.")},
    )
    comment = forms.CharField(
        label=_("What do you want to tell us?"),
        max_length=MOST_LETTERS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Officers of the bureau read it, not the mediator. Up to 1,000 characters."),
    )
    own = forms.BooleanField(
        label=_("I was a party to this mediation, and this is my own opinion."),
        error_messages={"required": _("Confirm that it is your own opinion.")},
    )


class OpinionCodeForm(forms.Form):
    """The code that stands on the slip."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text=_("16 characters on your slip. Dashes and capitals make no difference."),
        error_messages={"required": _("Type the code.")},
    )
