"""The dry run of a version at the desk: everybody at once, and one person in full."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from grading.evaluation import MEDIATORS, ORGANISATIONS, subject_of
from grading.forms.scheme_trials import TrialForm
from grading.models import Purpose
from grading.notices.clauses import lines_of
from grading.reports.trials import RESULTS, Trial, said_result
from grading.viewsets.review_trials import ReviewTrials
from office.desk.pages import RecordPage

SEES = {MEDIATORS: "registry.view_mediator", ORGANISATIONS: "registry.view_organization"}


class TrialPage(RecordPage):
    """What both pages ask for. Whoever may not see mediators tries nothing on them."""

    def is_permitted(self):
        return super().is_permitted() and self.request.user.has_perm(self.sees)

    @cached_property
    def tried(self):
        """What is tried: a rule of the gradings, or one of the annual review."""
        is_review = self.record.scheme.purpose == Purpose.REVIEW
        return (ReviewTrials if is_review else GradingTrials)(self)

    @cached_property
    def subject(self):
        """Who or what the rule set judges."""
        return subject_of(self.record.rules)

    @property
    def sees(self):
        return SEES[self.subject]

    @cached_property
    def form(self):
        others = self.rows().filter(scheme__purpose=self.record.scheme.purpose)
        others = others.exclude(pk=self.record.pk).order_by("scheme__code", "-number")
        typed = self.request.GET.copy()
        for name, value in self.tried.given().items():
            typed.setdefault(name, value)
        return self.tried.form(typed, others)

    @cached_property
    def people(self):
        people = self.subject.everybody().within(self.request.user, self.sees)
        division = self.record.scheme.division
        return people.in_division(division) if division else people

    def asked(self, **changes):
        """Return the query of a page of this dry run."""
        query = self.request.GET.copy()
        for name, value in changes.items():
            query[name] = value
        return query.urlencode()


class TrialView(TrialPage):
    """Everybody within the own area: how many come out how, for which reason, and who."""

    def get_template_names(self):
        return [self.tried.template]

    def get_page_title(self):
        return _("Dry run")

    def get(self, request, *args, **kwargs):
        if not self.form.is_valid() or self.tried.is_barred():
            return self.render_to_response(self.get_context_data(form=self.form), status=422)
        found = {**self.tried.found(), "asked": self.asked()}
        return self.render_to_response(self.get_context_data(form=self.form, **found))


class TrialOfOneView(TrialPage):
    """One person: all that the rule looks at, with the numbers it rests on."""

    def get_template_names(self):
        return [self.tried.template_of_one]

    def get_page_title(self):
        return str(self.mediator)

    @cached_property
    def mediator(self):
        return get_object_or_404(self.tried.people, pk=self.kwargs["mediator"])

    def get(self, request, *args, **kwargs):
        if not self.form.is_valid() or self.tried.is_barred():
            raise Http404
        return self.render_to_response(
            self.get_context_data(
                mediator=self.mediator,
                **self.tried.of_one(self.mediator),
                back=f"{self.desk.url('trial', self.record.pk)}?{self.asked()}",
            )
        )


class GradingTrials:
    """The dry run of a rule of the gradings: for a level, as of a day."""

    template = "grading/desk/trial.html"
    template_of_one = "grading/desk/trial_of_one.html"

    def __init__(self, page):
        self.page, self.record, self.people = page, page.record, page.people

    def given(self):
        """Return what the page opens with."""
        levels = self.record.rules.open_levels
        return {"level": levels[-1] if levels else "", "as_of": self.page.today.isoformat()}

    def form(self, typed, others):
        return TrialForm(typed, self.record, others)

    def is_barred(self):
        return False

    @cached_property
    def trial(self):
        asked = self.page.form.cleaned_data
        return Trial(
            self.record, asked["level"], asked["as_of"], self.people, assumed=asked["assumed"]
        )

    def found(self):
        result = self.page.request.GET.get("result", "")
        other = self.page.form.cleaned_data["other"]
        return {
            "trial": self.trial,
            "of_bodies": self.page.subject is ORGANISATIONS,
            "results": [
                (words, count, self.page.asked(result=name))
                for name, words, count in self.trial.results()
            ],
            "clauses": self.trial.clauses(),
            "shown": RESULTS.get(result, ""),
            "shown_people": self.trial.people_with(result),
            "other": other,
            "changes": self.trial.against(other) if other else [],
        }

    def of_one(self, mediator):
        judgment, _facts = self.trial.judgment_of(mediator)
        return {
            "trial": self.trial,
            "level": self.record.rules.level(self.trial.level).label,
            "result": said_result(judgment.result),
            "lines": lines_of(self.record.rules, judgment),
        }
