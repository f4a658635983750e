"""The dry run of a version at the desk: everybody at once, and one person clause by clause."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from grading.evaluation import MEDIATORS, ORGANISATIONS, subject_of
from grading.forms.scheme_trials import TrialForm
from grading.models import Purpose
from grading.notices.clauses import lines_of
from grading.reports.trials import RESULTS, Trial, said_result
from office.desk.pages import RecordPage

SEES = {MEDIATORS: "registry.view_mediator", ORGANISATIONS: "registry.view_organization"}


class TrialPage(RecordPage):
    """What both pages ask for. Whoever may not see mediators tries nothing on them.

    A rule of the annual review has no levels to be tried for.
    """

    def is_permitted(self):
        if not super().is_permitted() or self.record.scheme.purpose != Purpose.GRADING:
            return False
        return self.request.user.has_perm(self.sees)

    @cached_property
    def subject(self):
        """Who or what the rule set judges."""
        return subject_of(self.record.rules)

    @property
    def sees(self):
        return SEES[self.subject]

    @cached_property
    def form(self):
        levels = self.record.rules.open_levels
        given = {"level": levels[-1] if levels else "", "as_of": self.today.isoformat()}
        others = self.rows().filter(scheme__purpose=Purpose.GRADING).exclude(pk=self.record.pk)
        others = others.order_by("scheme__code", "-number")
        return TrialForm({**given, **self.request.GET.dict()}, self.record, others)

    @cached_property
    def people(self):
        people = self.subject.everybody().within(self.request.user, self.sees)
        division = self.record.scheme.division
        return people.in_division(division) if division else people

    @cached_property
    def trial(self):
        asked = self.form.cleaned_data
        return Trial(
            self.record, asked["level"], asked["as_of"], self.people, assumed=asked["assumed"]
        )

    def asked(self, **changes):
        """Return the query of a page of this dry run."""
        query = self.request.GET.copy()
        query.update(changes)
        return query.urlencode()


class TrialView(TrialPage):
    """Everybody within the own area: how many come out how, by which condition, and who."""

    template_name = "grading/desk/trial.html"

    def get_page_title(self):
        return _("Dry run")

    def get(self, request, *args, **kwargs):
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(form=self.form), status=422)
        return self.render_to_response(self.get_context_data(form=self.form, **self.found()))

    def found(self):
        result, other = self.request.GET.get("result", ""), self.form.cleaned_data["other"]
        return {
            "trial": self.trial,
            "of_bodies": self.subject is ORGANISATIONS,
            "results": [
                (words, count, self.asked(result=name))
                for name, words, count in self.trial.results()
            ],
            "clauses": self.trial.clauses(),
            "shown": RESULTS.get(result, ""),
            "shown_people": self.trial.people_with(result),
            "asked": self.asked(),
            "other": other,
            "changes": self.trial.against(other) if other else [],
        }


class TrialOfOneView(TrialPage):
    """One person: every condition with the numbers it rests on."""

    template_name = "grading/desk/trial_of_one.html"

    def get_page_title(self):
        return str(self.mediator)

    @cached_property
    def mediator(self):
        return get_object_or_404(self.people, pk=self.kwargs["mediator"])

    def get(self, request, *args, **kwargs):
        if not self.form.is_valid():
            raise Http404
        judgment, _facts = self.trial.judgment_of(self.mediator)
        return self.render_to_response(
            self.get_context_data(
                mediator=self.mediator,
                trial=self.trial,
                level=self.record.rules.level(self.trial.level).label,
                result=said_result(judgment.result),
                lines=lines_of(self.record.rules, judgment),
                back=f"{self.desk.url('trial', self.record.pk)}?{self.asked()}",
            )
        )
