"""Awards on the desk."""

import django_filters
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import Act
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import LONGEST_QUERY, Filters, choice, contains, day
from office.desk.history import name_acts
from office.desk.viewset import DeskViewSet
from registry.actions import awards
from registry.forms.honours import AwardForm, NewAwardForm
from registry.models import Award, AwardLevel

name_acts(withdraw=gettext_lazy("Withdraw"))


class AwardFilters(Filters):
    title = contains("title", gettext_lazy("Title of the award"))
    honoured = django_filters.CharFilter(
        label=gettext_lazy("Who is honoured"), method="of_somebody", max_length=LONGEST_QUERY
    )
    level = choice("level", gettext_lazy("Level of the award"), AwardLevel.choices)
    since = day("awarded_on", gettext_lazy("Awarded from"), "gte")
    until = day("awarded_on", gettext_lazy("Awarded until"), "lte")
    withdrawn = django_filters.BooleanFilter(
        "withdrawn_on", lookup_expr="isnull", exclude=True, label=gettext_lazy("Withdrawn")
    )

    class Meta:
        model = Award
        fields = []

    def of_somebody(self, rows, name, value):
        named = Q(mediator__name__icontains=value) | Q(organization__name__icontains=value)
        return rows.filter(named)


class AwardDesk(DeskViewSet):
    name = "awards"
    icon = "pick"
    model = Award
    related = ("mediator", "organization")
    filterset_class = AwardFilters
    list_columns = (
        "title",
        "level",
        Column(
            name="honoured",
            label=gettext_lazy("Who is honoured"),
            value=lambda row: row.honoured.name,
        ),
        column(Award, "awarded_on"),
        "awarded_by",
        Column(
            name="state",
            label=gettext_lazy("State"),
            value=lambda row: _("withdrawn") if row.withdrawn_on else _("stands"),
            tone=lambda row: "plain" if row.withdrawn_on else "ok",
        ),
    )
    exported = (*list_columns, "withdrawn_on")
    form_class = AwardForm
    add_form_class = NewAwardForm
    add = staticmethod(awards.add_award)
    change = staticmethod(awards.change_award)
    document_kinds = (("decision", gettext_lazy("decision on the award")),)
    acts = (
        Act(
            name="withdraw",
            label=gettext_lazy("Withdraw the award"),
            take=awards.withdraw_award,
            permission="withdraw",
            offered=lambda row: row.withdrawn_on is None,
            consequences=lambda row, today: [_("The public page no longer shows the award.")],
            grave=True,
            icon="cross",
        ),
    )

    def is_editable(self, record):
        return record.withdrawn_on is None

    def initial(self, request):
        return {"awarded_on": timezone.localdate()}

    def tags(self, record):
        return [(_("withdrawn"), "plain") if record.withdrawn_on else (_("stands"), "ok")]

    def sections(self, record, page):
        facts = facts_of(record, "title", "level", "awarded_on", "awarded_by")
        facts.insert(1, (_("Who is honoured"), record.honoured.name))
        if record.withdrawn_on:
            facts += facts_of(record, "withdrawn_on", "withdrawn_because")
        return [Section(name="data", heading=_("Award"), icon="pick", facts=facts)]
