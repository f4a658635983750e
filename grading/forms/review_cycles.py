"""What officers may type about annual reviews: shape only; the actions decide."""

from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grading.actions.reviews import BEFORE_THE_RESULTS
from grading.forms.setting_up import SetUpForm
from grading.models import Length, Purpose, ReviewCycle
from grading.notices.review_words import period_words
from grading.rules.review_cycles import YEAR, cycle_of, period_of, reviewable
from office.desk.forms import RecordModelForm
from registry.forms.staff import DayInput

# Days from now for mediators, organisations and offices: a proposal, no rule found.
PROPOSED = {"self_until": 10, "organization_until": 20, "office_until": 30}
A_SETTING = _("That day included. A setting of the bureau; no rule found.")


def periods_of(scheme, today):
    """Return {year: (value, label, last day) of each period of a rule}, the one before first."""
    now = period_of(scheme, today)
    years = () if now is None else (now.year - 1, now.year, now.year - 2)
    return {year: [_told(scheme, *one) for one in reviewable(scheme, year)] for year in years}


def _told(scheme, length, period):
    said, last_day = period_words(length, period), period.end - timedelta(days=1)
    if cycle_of(scheme).first_month != 1:
        told = {"period": said, "first": date_format(period.start), "last": date_format(last_day)}
        said = gettext("%(period)s: %(first)s to %(last)s") % told
    return f"{length}:{period.start}:{period.end}", said, last_day


def read_period(chosen):
    """Return (length, first day, day after the last) of the value of a period."""
    length, *days = chosen.split(":")
    return length, *map(date.fromisoformat, days)


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


class NewCycleForm(DaysMixin, SetUpForm):
    """Who is reviewed for which period by which rule, and until when people have time."""

    permission = "grading.add_reviewcycle"

    rules = {"scheme__purpose": Purpose.REVIEW, "scheme__subject": "mediator"}
    about_version = _("Rules of the annual review in force. The review stays with this version.")

    period = forms.ChoiceField(
        label=_("Period"),
        help_text=_("Everybody who was in post in it is reviewed, for the days served."),
    )
    part_of = forms.ModelChoiceField(
        label=_("Counted in the review of the year"),
        queryset=ReviewCycle.objects.filter(length=Length.YEAR, state__in=BEFORE_THE_RESULTS),
        required=False,
        empty_label=_("In none"),
        help_text=_("Only for a review of less than a year."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(["title", "division", "version", "period", "part_of"])
        today = timezone.localdate()
        self.periods = {one.pk: periods_of(one.rules, today) for one in self.versions}
        self.fields["period"].choices = self._choices()
        for name, days in PROPOSED.items():
            self.initial.setdefault(name, today + timedelta(days=days))
        if len(self.versions) == 1:
            self._propose(self.periods[self.versions[0].pk], today)
        last = {"year": today.year - 1}
        self.initial.setdefault("title", gettext("Annual review of %(year)d") % last)

    def _choices(self):
        """Return the periods of all rules, one group a year."""
        found = {}
        for years in self.periods.values():
            for year, told in years.items():
                found.setdefault(year, {}).update({value: said for value, said, _last in told})
        return [(str(year), list(told.items())) for year, told in found.items()]

    def _propose(self, years, today):
        """Begin with the last period of the rule that is over: the year where it has no other."""
        over = [
            (last_day, value, said)
            for told in years.values()
            for value, said, last_day in (told[1:] or told)
            if last_day < today
        ]
        if over:
            _last_day, value, said = max(over)
            self.initial.setdefault("period", value)
            if not value.startswith(YEAR):
                self.initial.setdefault("title", gettext("Review: %(period)s") % {"period": said})

    def clean(self):
        cleaned = super().clean()
        version, chosen = cleaned.get("version"), cleaned.get("period")
        if version and chosen and not self._is_of(version, chosen):
            said = gettext("This is no period of the version that you chose.")
            self.add_error("period", said)
        year = cleaned.get("part_of")
        if cleaned.get("period") and year is not None:
            self._test_part(cleaned, year)
        return cleaned

    def _is_of(self, version, chosen):
        told = self.periods[version.pk].values()
        return any(chosen == value for one in told for value, _said, _last_day in one)

    def _test_part(self, cleaned, year):
        length, first, until = read_period(cleaned["period"])
        inside = year.from_on <= first and until <= year.until_on
        if length == YEAR or not inside or year.division != cleaned.get("division"):
            said = gettext("It is not a shorter period of this year in the same place.")
            self.add_error("part_of", said)

    def values(self):
        typed = super().values()
        length, first, until = read_period(typed.pop("period"))
        return {**typed, "length": length, "from_on": first, "until_on": until}


class CycleForm(DaysMixin, RecordModelForm):
    """What may still change of a draft; another period, rule or place is another review."""

    permission = "grading.change_reviewcycle"

    class Meta:
        model = ReviewCycle
        fields = ["title", "self_until", "organization_until", "office_until"]
