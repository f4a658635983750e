"""What is asked when a level is checked again, or is to be taken away."""

from django import forms
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grading.actions.taking_away import grounds_now, lower_levels
from grading.rules.terms import label_of
from office.desk.forms import ReasonForm
from office.desk.submissions import new_key

TYPED = "typed"
ANSWER_DAYS = 5


class DayInput(forms.DateInput):
    def __init__(self):
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class RecheckForm(ReasonForm):
    """When a level is to be checked the next time."""

    next_on = forms.DateField(label=_("Next check on"), required=False, widget=DayInput())


class GroundForm(ReasonForm):
    """The ground on which a level is to be taken away: a clause of the rule, or a fact."""

    chosen = forms.ChoiceField(label=_("Ground"), widget=forms.RadioSelect)
    ground = forms.CharField(
        label=_("The fact"),
        max_length=500,
        required=False,
        help_text=_("Where the rule has no row for it."),
    )
    clause = forms.CharField(label=_("Clause"), max_length=120, required=False)
    bar_months = forms.IntegerField(
        label=_("Months without applying again"), min_value=1, max_value=240, required=False
    )
    answer_days = forms.IntegerField(
        label=_("Working days to answer"),
        min_value=1,
        max_value=60,
        initial=ANSWER_DAYS,
        help_text=_("A setting of the bureau; no rule found."),
    )

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        self.of_rule = {}
        for place, (row, effect) in enumerate(grounds_now(record, timezone.localdate())):
            self.of_rule[str(place)] = (row, effect)
        named = [(key, self.named(row)) for key, (row, _effect) in self.of_rule.items()]
        self.fields["chosen"].choices = [*named, (TYPED, gettext("Another fact, typed below"))]
        self.fields["chosen"].initial = named[0][0] if named else TYPED

    @staticmethod
    def named(row):
        return gettext("By the rule now: %(clause)s %(effect)s") % {
            "clause": row.get("clause", ""), "effect": label_of(row.get("effect", "")),
        }  # fmt: skip

    def clean(self):
        typed = super().clean()
        row, effect = self.of_rule.get(typed.get("chosen"), (None, None))
        if row is not None:
            typed["clause"] = str(row.get("clause", ""))[:120]
            # It is kept, and the person reads it: in the language of the site.
            with translation.override(settings.LANGUAGE_CODE):
                typed["ground"] = typed.get("ground") or self.named(row)[:500]
            if typed.get("bar_months") is None and isinstance(effect.bar_months, int):
                typed["bar_months"] = effect.bar_months
        elif not typed.get("ground"):
            self.add_error("ground", gettext("Say on what ground."))
        return typed

    def values(self):
        return {name: value for name, value in super().values().items() if name != "chosen"}


class LoweringForm(GroundForm):
    """The same, and to which level."""

    lowered_to = forms.ChoiceField(label=_("Lowered to"))

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, record=record, **kwargs)
        levels = lower_levels(record)
        self.fields["lowered_to"].choices = [(level.code, level.label) for level in levels]


class OwnAnswerForm(forms.Form):
    """What a person says to the proposal to take the own level away."""

    submission = forms.RegexField(r"\A[0-9a-f]{32}\Z", widget=forms.HiddenInput)
    answer = forms.CharField(
        label=_("Your answer"), max_length=3_000, widget=forms.Textarea(attrs={"rows": 8})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("submission", new_key())
