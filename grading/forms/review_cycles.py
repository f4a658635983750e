"""What officers may type about annual reviews: shape only; the actions decide."""

from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grading.flows import VersionState
from grading.models import Length, Purpose, ReviewCycle, SchemeVersion
from office.desk.forms import ReasonForm, RecordModelForm
from registry.forms.choosers import DIVISIONS
from registry.forms.staff import DayInput
from registry.models import Division

SEES_RULES = "grading.view_schemeversion"
TIERS = ("county", "city")
MONTHS = {Length.YEAR: 12, Length.HALF_YEAR: 6, Length.QUARTER: 3, Length.MONTH: 1}
# Days from now for mediators, organisations and offices: a proposal, no rule found.
PROPOSED = {"self_until": 10, "organization_until": 20, "office_until": 30}
A_SETTING = _("That day included. A setting of the bureau; no rule found.")


def periods_of(year):
    """Return (length, first day, day after the last, label) of the periods of a year."""
    found = []
    for length, months in MONTHS.items():
        for number in range(12 // months):
            first, after = number * months, (number + 1) * months
            until = date(year + after // 12, after % 12 + 1, 1)
            found.append((length, date(year, first + 1, 1), until, _named(year, length, number)))
    return found


def _named(year, length, number):
    told = {"year": year, "number": number + 1}
    if length == Length.YEAR:
        return gettext("the year %(year)d") % told
    if length == Length.HALF_YEAR:
        return gettext("half-year %(number)d of %(year)d") % told
    if length == Length.QUARTER:
        return gettext("quarter %(number)d of %(year)d") % told
    return gettext("month %(number)d of %(year)d") % told


def period_choices(today):
    """Return the periods of this year and the two before it, one group a year."""
    return [
        (
            str(year),
            [(f"{length}:{first}:{until}", label) for length, first, until, label in periods],
        )
        for year in (today.year - 1, today.year, today.year - 2)
        if (periods := periods_of(year))
    ]


class DaysMixin(forms.Form):
    """The three days until which people have time."""

    self_until = forms.DateField(
        label=_("Mediators have time until"), widget=DayInput, help_text=A_SETTING
    )
    organization_until = forms.DateField(
        label=_("Organisations have time until"), widget=DayInput, help_text=A_SETTING
    )
    office_until = forms.DateField(
        label=_("Justice offices have time until"), widget=DayInput, help_text=A_SETTING
    )

    def clean(self):
        cleaned = super().clean()
        days = [cleaned.get(name) for name in PROPOSED]
        for name, before, after in zip(list(PROPOSED)[1:], days, days[1:], strict=False):
            if before and after and after < before:
                self.add_error(name, gettext("This day lies before the one above it."))
        return cleaned


class NewCycleForm(DaysMixin, ReasonForm):
    """Who is reviewed for which period by which rule, and until when people have time."""

    permission = "grading.add_reviewcycle"

    title = forms.CharField(label=_("Title"), max_length=120)
    division = forms.ModelChoiceField(
        label=_("Division"),
        queryset=Division.objects.filter(level__in=TIERS),
        widget=DIVISIONS.widget_class,
    )
    version = forms.ModelChoiceField(
        label=_("Version of the rule set"),
        queryset=None,
        empty_label=_("Choose"),
        help_text=_("Rules of the annual review in force. The review stays with this version."),
    )
    period = forms.ChoiceField(
        label=_("Period"),
        help_text=_("Everybody who was in post in it is reviewed, for the days served."),
    )
    part_of = forms.ModelChoiceField(
        label=_("Counted in the review of the year"),
        queryset=ReviewCycle.objects.filter(length=Length.YEAR),
        required=False,
        empty_label=_("In none"),
        help_text=_("Only for a review of less than a year."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].queryset = self._versions()
        self.order_fields(["title", "division", "version", "period", "part_of"])
        today = timezone.localdate()
        self.fields["period"].choices = period_choices(today)
        last = today.year - 1
        self.initial.setdefault("period", f"year:{date(last, 1, 1)}:{date(last + 1, 1, 1)}")
        self.initial.setdefault("title", gettext("Annual review of %(year)d") % {"year": last})
        for name, days in PROPOSED.items():
            self.initial.setdefault(name, today + timedelta(days=days))
        own = list(self.fields["division"].queryset.order_by("id")[:2])
        if own and (len(own) == 1 or own[1].level != own[0].level):
            self.initial.setdefault("division", own[0].pk)
        versions = list(self.fields["version"].queryset[:2])
        if len(versions) == 1:
            self.initial.setdefault("version", versions[0].pk)

    def _versions(self):
        rows = SchemeVersion.objects.within(self.user, SEES_RULES).with_scheme()
        return rows.filter(
            state=VersionState.ACTIVE, scheme__purpose=Purpose.REVIEW, scheme__subject="mediator"
        )

    def clean(self):
        cleaned = super().clean()
        period, year = self._period(cleaned.get("period", "")), cleaned.get("part_of")
        if not period or year is None:
            return cleaned
        length, first, until = period
        inside = year.from_on <= first and until <= year.until_on
        if length == Length.YEAR or not inside or year.division != cleaned.get("division"):
            said = gettext("It is not a shorter period of this year in the same place.")
            self.add_error("part_of", said)
        return cleaned

    @staticmethod
    def _period(chosen):
        length, *days = chosen.split(":")
        return (length, *map(date.fromisoformat, days)) if len(days) == 2 else None

    def values(self):
        typed = super().values()
        length, first, until = self._period(typed.pop("period"))
        return {**typed, "length": length, "from_on": first, "until_on": until}


class CycleForm(DaysMixin, RecordModelForm):
    """What may still change of a draft; another period, rule or place is another review."""

    permission = "grading.change_reviewcycle"

    class Meta:
        model = ReviewCycle
        fields = ["title", "self_until", "organization_until", "office_until"]
