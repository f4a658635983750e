"""What the pages of a dry run ask and tell of a rule of the annual review."""

from django.db.models import Q
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from grading.actions.review_judging import HOLDS, WAITS
from grading.forms.scheme_trials import ReviewTrialForm, over_periods
from grading.notices.clauses import place_words
from grading.reports.review_trials import MOST_TRIED, ReviewTrial, try_out
from grading.rules.scheme import SchemeFault
from registry.models import Appointment, Division, DivisionLevel, Organization

VETOES = {
    HOLDS: pgettext_lazy("veto", "holds"),
    WAITS: gettext_lazy("the registers do not tell whether a veto holds"),
}
CHOSEN_FROM = (DivisionLevel.COUNTY, DivisionLevel.TOWNSHIP)


class ReviewTrials:
    """The dry run of a rule of the annual review: in a period that is over, in some places."""

    template = "grading/desk/review_trial.html"
    template_of_one = "grading/desk/review_trial_of_one.html"

    def __init__(self, page):
        self.page, self.record, self.people = page, page.record, page.people

    @cached_property
    def periods(self):
        return over_periods(self.record.rules, self.page.today)

    def given(self):
        """Return what the page opens with."""
        return {"period": self.periods[0][0] if self.periods else ""}

    def form(self, typed, others):
        return ReviewTrialForm(
            typed,
            periods=self.periods,
            divisions=self._mine(Division.objects.filter(level__in=CHOSEN_FROM)),
            organizations=self._organizations(typed.getlist("divisions")),
            others=others,
        )

    def _mine(self, rows):
        """Narrow rows to those that the officer may see people of and the rule holds for."""
        rows = rows.within(self.page.request.user, self.page.sees)
        division = self.record.scheme.division
        return rows.in_division(division) if division else rows

    def _organizations(self, divisions):
        rows = self._mine(Organization.objects.filter(merged_into=None))
        keys = [one for one in divisions if one.isdecimal() and len(one) <= 12]
        chosen = Division.objects.filter(pk__in=keys) if keys else ()
        return rows.filter(_anywhere(chosen, rows)) if chosen else rows

    @cached_property
    def trial(self):
        asked = self.page.form.cleaned_data
        posts = self._mine(Appointment.objects.filter(mediator__in=self.people.order_by()))
        places = Q()
        if asked["divisions"]:
            places |= _anywhere(asked["divisions"], posts)
        if asked["organizations"]:
            places &= Q(organization__in=asked["organizations"])
        chosen = posts.filter(places) if places else None
        return ReviewTrial(self.record, asked["period"], posts, self.page.today, chosen)

    def is_barred(self):
        """Whether the rules or the number of people forbid the dry run; the form then says why."""
        form, other = self.page.form, self.page.form.cleaned_data["other"]
        if self.trial.count > MOST_TRIED:
            told = {"most": MOST_TRIED, "count": self.trial.count}
            sentence = _("At most %(most)d people are tried at once; here are %(count)d.") % told
            form.add_error("divisions", sentence)
            return True
        for name, version in (("period", self.record), ("other", other)):
            for sentence in _faults(version) if version else ():
                form.add_error(name, sentence)
        return bool(form.errors)

    def found(self):
        shown = self.page.request.GET.get("result", "")
        other = self.page.form.cleaned_data["other"]
        trial = self.trial
        return {
            "trial": trial,
            "people_template": "grading/desk/review_trial_people.html",
            "results": [(row.words, self._counts(row)) for row in trial.results()],
            "unassessed": [(row.words, self._counts(row)) for row in trial.unassessed()],
            "vetoes": [(row.words, self._counts(row)) for row in trial.vetoes()],
            "lowered": self._counts(trial.lowered()),
            "shown": trial.said(shown) if shown in trial.named else "",
            "shown_people": trial.people_with(shown),
            "other": other,
            "changes": trial.against(other) if other else [],
        }

    def _counts(self, row):
        """Return (how many, the query that shows them) of each number of a line."""
        pairs = zip(row.counts, row.names, strict=True)
        return [(count, self.page.asked(result=name) if count else "") for count, name in pairs]

    def of_one(self, mediator):
        one = self.trial.of_one(mediator)
        if one is None:
            raise Http404
        lines, sums = self.trial.lines(one)
        return {
            "trial": self.trial,
            "one": one,
            "result": self.trial.said(one.outcome),
            "lines": lines,
            "flagged": [line for line in lines if not line.is_assessed],
            "sums": sums,
            "vetoes": [(veto.clause or veto.id, VETOES[answer]) for veto, answer in one.vetoes],
        }


def _faults(version):
    """Return in words why a rule cannot be tried, nothing if it can."""
    document = version.rules.document
    try:
        try_out(version.rules)
    except SchemeFault as fault:
        return [f"{place_words(document, path)}：{said}" for path, said in fault.faults]
    return []


def _anywhere(divisions, rows):
    """The condition: a row lies in one of the divisions or below it."""
    places = Q()
    for one in divisions:
        places |= rows.between(*one.span)
    return places
