"""The pool of experts on the desk."""

import django_filters
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import Act
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, choice, contains, day
from office.desk.history import name_acts
from office.desk.viewset import DeskViewSet
from office.scopes import carries
from registry.actions import experts
from registry.forms.honours import ExpertForm, NewExpertForm
from registry.models import Expert, ExpertField
from registry.permissions import READ_INTERNAL
from registry.viewsets.phones import phone_fact, unmasking
from registry.viewsets.terms import DivisionFilter, division_column

name_acts(renew=gettext_lazy("Renew the term"), leave=gettext_lazy("Take out of the pool"))
SERVING, LAPSED, LEFT = "serving", "lapsed", "left"
STANDINGS = {
    SERVING: (gettext_lazy("in the pool"), "ok"),
    LAPSED: (gettext_lazy("term over"), "error"),
    LEFT: (gettext_lazy("left the pool"), "plain"),
}


def standing(row):
    """Where an expert stands today; the edge of the request reads the clock."""
    if row.left_on:
        return LEFT
    return LAPSED if row.until_on <= timezone.localdate() else SERVING


class ExpertFilters(Filters):
    name = contains("name", gettext_lazy("Person's name"))
    division = DivisionFilter()
    field = choice("field", gettext_lazy("Field of expertise"), ExpertField.choices)
    ends_until = day("until_on", gettext_lazy("Term ends until"), "lte")
    standing = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=[(name, label) for name, (label, _tone) in STANDINGS.items()],
        method="of_standing",
        empty_label=gettext_lazy("All"),
    )

    class Meta:
        model = Expert
        fields = []

    def of_standing(self, rows, name, value):
        today = timezone.localdate()
        return {
            SERVING: rows.serving(today),
            LAPSED: rows.lapsed(today),
            LEFT: rows.filter(left_on__isnull=False),
        }[value]


class ExpertDesk(DeskViewSet):
    name = "experts"
    icon = "help"
    model = Expert
    help = gettext_lazy("Experts advise; they are no mediators and are counted apart.")
    related = ("division",)
    filterset_class = ExpertFilters
    list_columns = (
        column(Expert, "name", label=gettext_lazy("Person's name")),
        "field",
        "employer",
        division_column,
        "from_on",
        "until_on",
        Column(
            name="standing",
            label=gettext_lazy("State"),
            value=lambda row: STANDINGS[standing(row)][0],
            tone=lambda row: STANDINGS[standing(row)][1],
        ),
    )
    exported = list_columns
    form_class = ExpertForm
    add_form_class = NewExpertForm
    add = staticmethod(experts.add_expert)
    change = staticmethod(experts.change_expert)
    document_kinds = (("consent", gettext_lazy("consent or letter of appointment")),)
    acts = (
        Act(
            name="renew",
            label=gettext_lazy("Renew the term"),
            take=experts.renew_expert,
            permission="change",
            offered=lambda row: row.left_on is None,
        ),
        Act(
            name="end",
            label=gettext_lazy("Take out of the pool"),
            take=experts.end_expert,
            permission="change",
            offered=lambda row: row.left_on is None,
            grave=True,
            icon="cross",
        ),
        unmasking(gettext_lazy("See the phone in full"), experts.unmask_expert),
    )

    def is_editable(self, record):
        return record.left_on is None

    def initial(self, request):
        return {"from_on": timezone.localdate()}

    def tags(self, record):
        return [STANDINGS[standing(record)]]

    def sections(self, record, page):
        facts = facts_of(record, "field", "employer", "division", "from_on", "until_on", "left_on")
        if carries(page.request.user, READ_INTERNAL, "registry.view_expert"):
            facts += [*facts_of(record, "born_on"), phone_fact(record)]
        policies = [
            (_("Term"), str(record.term_policy)),
            (_("Age at which no term is given"), str(record.age_policy)),
        ]
        return [
            Section(name="data", heading=_("Expert"), icon="user", facts=facts),
            Section(name="policies", heading=_("Policies"), icon="cog", facts=policies),
        ]
