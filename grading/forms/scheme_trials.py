"""What a dry run asks for: a level and a day, or a period and places, and what is assumed."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grading.forms.review_cycles import periods_of, read_period
from grading.notices.review_words import period_words
from grading.rules.review_cycles import YEAR, Period, adds_up
from registry.forms.staff import DayInput
from registry.models import Division, DivisionLevel, Organization

# Of a rule that does not know its cycle yet.
YEARS = 3
# More are no list to choose from.
MOST_OFFERED = 300


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


class DivisionsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj):
        # A township stands below its county.
        return f"　{obj}" if obj.level == DivisionLevel.TOWNSHIP else str(obj)


class ReviewTrialForm(forms.Form):
    """In which period and where a rule of the annual review is tried."""

    period = forms.ChoiceField(label=_("Period"))
    divisions = DivisionsField(
        Division.objects.none(),
        label=_("Divisions"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("Nothing chosen: your whole area. Several with Ctrl or Command."),
    )
    organizations = forms.ModelMultipleChoiceField(
        Organization.objects.none(),
        label=pgettext_lazy("dry run", "Or organisations"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("Those of the divisions above, once there are not too many of them."),
    )
    other = forms.ModelChoiceField(
        None, label=_("Compared with"), required=False, empty_label=_("no other version")
    )

    def __init__(self, data, *, periods, divisions, organizations, others):
        super().__init__(data)
        self.fields["period"].choices = periods
        self.fields["divisions"].queryset = divisions.order_by("id")
        field = self.fields["organizations"]
        field.queryset = organizations.order_by("division_id", "name", "pk")
        if len(organizations.order_by("pk").values("pk")[: MOST_OFFERED + 1]) > MOST_OFFERED:
            field.widget = field.hidden_widget()
            field.widget.choices = field.choices
        self.fields["other"].queryset = others

    def clean_period(self):
        return read_period(self.cleaned_data["period"])


def over_periods(rules, today):
    """Return (value, label) of the periods of a rule that are over, the one before first.

    A year that is made up of shorter reviews has no figures of its own.
    """
    told = periods_of(rules, today) or _calendar_years(today)
    every = [one for rows in told.values() for one in rows]
    over = [(value, said) for value, said, last_day in every if last_day < today]
    return [one for one in over if not (adds_up(rules) and one[0].startswith(f"{YEAR}:"))]


def _calendar_years(today):
    found = {}
    for year in range(today.year - 1, today.year - 1 - YEARS, -1):
        begin, end = date(year, 1, 1), date(year + 1, 1, 1)
        said = period_words(YEAR, Period(year, 0, begin, end))
        found[year] = [(f"{YEAR}:{begin}:{end}", said, date(year, 12, 31))]
    return found
