"""Return visits on the desk: the drawn cases still to be visited, and all that could be."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.actions import opinions
from casework.forms.opinions import CodeForm, VisitForm
from casework.models import Opinion, OpinionCode, VisitedCase
from casework.viewsets.opinion_codes import show_code
from office.desk.acts import Act
from office.desk.columns import Column, Section, facts_of
from office.desk.filters import Filters, contains, day
from office.desk.history import name_acts
from office.desk.viewset import DESKS, DeskViewSet
from office.policies import rows_for
from registry.viewsets.terms import DivisionFilter, division_column

name_acts(visit=gettext_lazy("Record a return visit"), hand_out=gettext_lazy("Hand out a code"))
STANDINGS = [
    ("waiting", gettext_lazy("drawn, to be visited")),
    ("visited", gettext_lazy("visited")),
    ("unasked", gettext_lazy("not drawn")),
]
TONES = {"waiting": "warn", "visited": "ok"}


def standing_of(row):
    return dict(STANDINGS)[row.standing]


class VisitFilters(Filters):
    number = contains("number", gettext_lazy("Case number"))
    organization = contains("organization__name", gettext_lazy("Organisation"))
    division = DivisionFilter()
    since = day("closed_on", gettext_lazy("Closed from"), "gte")
    until = day("closed_on", gettext_lazy("Closed until"), "lte")

    class Meta:
        model = VisitedCase
        fields = []


class ReturnVisitDesk(DeskViewSet):
    name = "return_visits"
    icon = "comment"
    model = VisitedCase
    help = gettext_lazy(
        "Who mediated a case does not visit its parties. Comments are sealed; mediators and"
        " organisations see averages only."
    )
    related = ("organization", "division", "dispute_type")
    filterset_class = VisitFilters
    tab_field = "standing"
    tab_choices = STANDINGS
    history = False
    list_columns = (
        "number",
        Column(
            name="organization",
            label=gettext_lazy("Organisation"),
            value=lambda row: row.organization.name,
            sort="organization__name",
        ),
        division_column,
        "dispute_type",
        "closed_on",
        Column(
            name="standing",
            label=gettext_lazy("Return visit"),
            value=standing_of,
            tone=lambda row: TONES.get(row.standing, "plain"),
            sort="standing",
        ),
    )
    acts = (
        Act(
            name="visit",
            label=gettext_lazy("Record a return visit"),
            take=opinions.record_visit,
            permission="visit",
            form_class=VisitForm,
            icon="comment",
        ),
        Act(
            name="issue",
            label=gettext_lazy("Hand out a code"),
            take=opinions.issue_code,
            permission="issue",
            form_class=CodeForm,
            answer=lambda page, result: show_code(page, *result),
            consequences=lambda row, today: [_("The code is shown once. Print the slip.")],
            icon="key",
        ),
    )

    def rows(self, user, action="view"):
        return super().rows(user, action).closed().with_standing()

    def tags(self, record):
        return [(standing_of(record), TONES.get(record.standing, "plain"))]

    def sections(self, record, page):
        user = page.request.user
        asked = rows_for(user, "view", Opinion).not_of_cases_mediated_by(user).filter(case=record)
        codes = rows_for(user, "view", OpinionCode).with_standing(page.today).filter(case=record)
        opinion_desk, code_desk = DESKS["casework.opinion"], DESKS["casework.opinioncode"]
        return [
            Section(
                name="data",
                heading=_("Case"),
                icon="folder-open-inverse",
                facts=facts_of(record, *self.list_columns),
            ),
            Section(
                name="opinions",
                heading=_("Opinions of parties"),
                icon="comment",
                template="casework/desk/includes/opinions.html",
                context={"rows": [(row, opinion_desk.url("inspect", row.pk)) for row in asked]},
            ),
            Section(
                name="codes",
                heading=_("Codes for opinions"),
                icon="key",
                template="casework/desk/includes/codes.html",
                context={"rows": [(row, code_desk.url("inspect", row.pk)) for row in codes]},
            ),
        ]
