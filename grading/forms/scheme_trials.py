"""What a dry run asks for: a level, a day, and what is assumed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.forms.staff import DayInput


class TrialForm(forms.Form):
    """Whom a version would judge how. Everything has a value, so that the page opens with one."""

    level = forms.ChoiceField(label=_("Level"))
    as_of = forms.DateField(label=_("As of"), widget=DayInput)
    assumed = forms.BooleanField(
        label=_("Take questions only a person can answer as answered in the person's favour"),
        required=False,
    )
    other = forms.ModelChoiceField(
        None, label=_("Compared with"), required=False, empty_label=_("no other version")
    )

    def __init__(self, data, version, others):
        super().__init__(data)
        levels = version.rules.levels
        self.fields["level"].choices = [(level.code, level.label) for level in levels]
        self.fields["other"].queryset = others
