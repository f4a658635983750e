"""Informants and volunteers on the desk: counted apart, never as mediators."""

import django_filters
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import Act
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, contains
from office.desk.history import name_acts
from office.desk.viewset import DeskViewSet
from office.scopes import carries
from registry.actions import auxiliaries
from registry.forms.honours import AuxiliaryForm, EndAuxiliaryForm, NewAuxiliaryForm
from registry.models import AuxiliaryPerson
from registry.permissions import READ_INTERNAL
from registry.viewsets.phones import phone_fact, unmasking
from registry.viewsets.terms import DivisionFilter, division_column

name_acts(finish=gettext_lazy("Note the end"))


def is_serving(row):
    today = timezone.localdate()
    return row.from_on <= today and (row.until_on is None or row.until_on > today)


class AuxiliaryFilters(Filters):
    name = contains("name", gettext_lazy("Person's name"))
    division = DivisionFilter()
    serving = django_filters.BooleanFilter(
        label=gettext_lazy("Serving today"), method="of_those_serving"
    )

    class Meta:
        model = AuxiliaryPerson
        fields = []

    def of_those_serving(self, rows, name, value):
        serving = AuxiliaryPerson.objects.serving(timezone.localdate()).values("pk")
        return rows.filter(pk__in=serving) if value else rows.exclude(pk__in=serving)


class AuxiliaryDesk(DeskViewSet):
    name = "auxiliaries"
    icon = "user"
    model = AuxiliaryPerson
    help = gettext_lazy("They tell and help; they are no mediators and no figure counts them so.")
    related = ("division", "organization")
    filterset_class = AuxiliaryFilters
    tab_field = "kind"
    list_columns = (
        column(AuxiliaryPerson, "name", label=gettext_lazy("Person's name")),
        "kind",
        division_column,
        Column(
            name="organization",
            label=gettext_lazy("Organisation"),
            value=lambda row: row.organization.name if row.organization else "",
            sort="organization__name",
        ),
        "from_on",
        "until_on",
        Column(
            name="standing",
            label=gettext_lazy("State"),
            value=lambda row: _("serving") if is_serving(row) else _("not serving"),
            tone=lambda row: "ok" if is_serving(row) else "plain",
        ),
    )
    exported = list_columns
    form_class = AuxiliaryForm
    add_form_class = NewAuxiliaryForm
    add = staticmethod(auxiliaries.add_auxiliary)
    change = staticmethod(auxiliaries.change_auxiliary)
    acts = (
        Act(
            name="end",
            label=gettext_lazy("Note the end"),
            take=auxiliaries.end_auxiliary,
            permission="change",
            form_class=EndAuxiliaryForm,
            offered=lambda row: row.until_on is None,
            icon="cross",
        ),
        unmasking(gettext_lazy("See the phone in full"), auxiliaries.unmask_auxiliary),
    )

    def initial(self, request):
        return {"from_on": timezone.localdate()}

    def tags(self, record):
        state = (_("serving"), "ok") if is_serving(record) else (_("not serving"), "plain")
        return [state, (record.get_kind_display(), "plain")]

    def sections(self, record, page):
        facts = facts_of(record, "division", "from_on", "until_on")
        organization = record.organization.name if record.organization else ""
        facts.insert(1, (_("Helps the organisation"), organization))
        if carries(page.request.user, READ_INTERNAL, "registry.view_auxiliaryperson"):
            facts.append(phone_fact(record))
        return [Section(name="data", heading=_("Data"), icon="user", facts=facts)]
