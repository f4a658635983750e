"""Opinions of parties on the desk: for those who visit, never for who mediated the case."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.models import Channel, Opinion, Outcome
from casework.viewsets.columns import body_column, case_column
from office.desk.columns import Section, column, facts_of
from office.desk.filters import Filters, choice, contains, day
from office.desk.viewset import DeskViewSet
from registry.viewsets.terms import DivisionFilter

TONES = {Outcome.REACHED: "ok", Outcome.NOT_REACHED: "warn", Outcome.DECLINED: "plain"}


class OpinionFilters(Filters):
    number = contains("case__number", gettext_lazy("Case number"))
    organization = contains("case__organization__name", gettext_lazy("Organisation"))
    division = DivisionFilter(field_name="case__division")
    channel = choice("channel", gettext_lazy("How it came"), Channel.choices)
    since = day("given_on", gettext_lazy("From"), "gte")
    until = day("given_on", gettext_lazy("Until"), "lte")

    class Meta:
        model = Opinion
        fields = []


class OpinionDesk(DeskViewSet):
    name = "opinions"
    icon = "comment"
    model = Opinion
    help = gettext_lazy("What parties thought of a mediation. Nobody sees those of own cases.")
    related = ("case__organization", "case__division", "visited_by")
    filterset_class = OpinionFilters
    tab_field = "outcome"
    list_columns = (
        case_column,
        body_column,
        "channel",
        "side",
        column(Opinion, "outcome", tones=TONES),
        "score",
        "given_on",
    )
    exported = list_columns

    def rows(self, user, action="view"):
        return super().rows(user, action).not_of_cases_mediated_by(user)

    def tags(self, record):
        return [(record.get_outcome_display(), TONES[record.outcome])]

    def sections(self, record, page):
        facts = facts_of(record, *self.list_columns, "means", "visited_by")
        if page.may("read"):
            facts += facts_of(record, "comment")
        return [Section(name="data", heading=_("Opinion of a party"), icon="comment", facts=facts)]
