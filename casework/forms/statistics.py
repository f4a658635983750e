"""What the statistics of cases are narrowed to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.metrics import PERMISSION
from casework.rules.windows import quarter, year
from registry.models import Division, OrganizationKind
from registry.viewsets.terms import division_label

YEARS_BACK = 10


class DivisionField(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return division_label(obj)


class StatisticsForm(forms.Form):
    """A year or a quarter of it, a division, a kind of organisation."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int, required=False)
    quarter = forms.TypedChoiceField(
        label=_("Quarter"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", _("whole year")), *((n, _("quarter %d") % n) for n in range(1, 5))],
    )
    division = DivisionField(
        label=_("Division"), queryset=Division.objects.none(), required=False, empty_label=_("All")
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("All")), *OrganizationKind.choices], required=False
    )

    def __init__(self, data, *, user, today):
        super().__init__(data or None)
        self.this_year = today.year
        years = range(today.year, today.year - YEARS_BACK, -1)
        self.fields["year"].choices = [(number, str(number)) for number in years]
        self.fields["year"].empty_value = self.this_year
        places = Division.objects.filter(level__in=["city", "county", "township"])
        within = places.within(user, PERMISSION).order_by("id")
        self.fields["division"].queryset = within

    @property
    def asked(self):
        """What is asked for: ``year``, ``quarter``, ``division``, ``kind``."""
        if self.is_bound:
            return self.cleaned_data
        return {"year": self.this_year, "quarter": None, "division": None, "kind": ""}

    @property
    def window(self):
        """The days asked for."""
        asked = self.asked
        if asked["quarter"]:
            return quarter(asked["quarter"], asked["year"])
        return year(asked["year"])
