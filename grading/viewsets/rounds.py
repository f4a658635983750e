"""Grading rounds on the officer's desk: set up, opened, followed, ended."""

from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grading.actions import rounds
from grading.actions.nominating import NOMINATE
from grading.flows import RoundState
from grading.forms.rounds import NewRoundForm, RoundForm
from grading.models import GradingRound
from grading.reports.rounds import ROAD, standing_of
from grading.viewsets.roads import road_section
from grading.viewsets.round_acts import ENDING, SETTING_UP
from grading.viewsets.round_pages import ApplyView, NominateView, RoundView, may_apply_in
from grading.viewsets.round_results import ROUND_ACTS as RESULTS
from grading.viewsets.round_scoring import ROUND_ACTS as SCORING
from grading.viewsets.round_sections import (
    facts_section,
    funnel_section,
    places_section,
)
from office.desk.columns import Column, column
from office.desk.filters import Filters, contains, day
from office.desk.viewset import DESKS, DeskViewSet
from registry.viewsets.terms import DivisionFilter, division_column

S = RoundState
TONES = {
    S.DRAFT: "plain", S.OPEN: "info", S.REVIEWING: "warn", S.SCORING: "warn", S.RANKING: "warn",
    S.NOTICE: "info", S.CONFIRMED: "ok", S.ARCHIVED: "ok", S.ABANDONED: "plain",
}  # fmt: skip
rule_column = Column(
    name="version",
    label=gettext_lazy("Rule set"),
    value=lambda row: str(row.version),
    sort="version__scheme__title",
)


class RoundFilters(Filters):
    title = contains("title", gettext_lazy("Title"))
    division = DivisionFilter()
    rule = contains("version__scheme__title", gettext_lazy("Rule set"))
    judged_from = day("as_of", gettext_lazy("Judged by a day from"), "gte")
    judged_until = day("as_of", gettext_lazy("Judged by a day until"), "lte")

    class Meta:
        model = GradingRound
        fields = []


class RoundDesk(DeskViewSet):
    name = "grading_rounds"
    icon = "calendar-check"
    model = GradingRound
    help = gettext_lazy(
        "A round stays with one version of a rule set. Each level has a window of its own, and"
        " everybody is judged by what is known on one day."
    )
    related = ("division", "version__scheme")
    filterset_class = RoundFilters
    tab_field = "state"
    list_columns = (
        "title",
        division_column,
        rule_column,
        "as_of",
        column(GradingRound, "state", tones=TONES),
    )
    exported = (
        "title", division_column, rule_column, "as_of", "takes_late", "correction_days", "state",
        "confirmed_on",
    )  # fmt: skip
    form_class = RoundForm
    add_form_class = NewRoundForm
    add = staticmethod(rounds.add_round)
    change = staticmethod(rounds.change_round)
    acts = (*SETTING_UP, *SCORING, *RESULTS, *ENDING)

    def rows(self, user, action="view"):
        # A list of rounds does not carry the texts of their rule sets about.
        found = super().rows(user, action)
        return found.defer("version__text") if action == "view" else found

    def get_urlpatterns(self):
        own = [
            path("<int:pk>/", self.page(RoundView), name="inspect"),
            path("<int:pk>/apply/", self.page(ApplyView), name="apply"),
            path("<int:pk>/nominate/", self.page(NominateView), name="nominate"),
        ]
        return [*own, *super().get_urlpatterns()]

    def initial(self, request):
        return {"as_of": timezone.localdate()}

    def tags(self, record):
        return [(record.get_state_display(), TONES.get(record.state, "plain"))]

    def ways_on(self, record, page):
        yield from self.ways_in(record, page.request.user)
        applications = DESKS.get("grading.application")
        if applications and applications.permits(page.request.user, "view"):
            address = f"{applications.url('index')}?round={record.pk}"
            yield _("Applications of this round"), address, "list-ul", False
        schemes = DESKS["grading.schemeversion"]
        if schemes.rows(page.request.user).filter(pk=record.version_id).exists():
            yield _("The rule set"), schemes.url("inspect", record.version_id), "list-ol", False

    @staticmethod
    def rankings(record, user):
        """Yield each level of a round whose ranking somebody may read, with its address."""
        desk = DESKS["grading.roundlevel"]
        if desk.permits(user, "view"):
            for pk in desk.rows(user).filter(grading_round=record.pk).values_list("pk", flat=True):
                yield pk, desk.url("inspect", pk)

    def ways_in(self, record, user):
        """Yield how somebody is entered: nominated, or the organisation itself."""
        if record.state != S.OPEN:
            return
        if may_apply_in(record, user):
            yield _("Apply for the organisation"), self.url("apply", record.pk), "plus", False
        elif user.has_perm(NOMINATE) and not record.is_of_bodies:
            yield _("Nominate a mediator"), self.url("nominate", record.pk), "user", False

    def sections(self, record, page):
        standing = standing_of(record, page.request.user)
        return [
            road_section(record, ROAD, standing),
            facts_section(record),
            funnel_section(record, standing, page.today, self.rankings(record, page.request.user)),
            places_section(record, standing),
        ]
