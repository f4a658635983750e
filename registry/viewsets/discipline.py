"""Discipline records on the officer's desk: entered from the page of an appointment."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, choice, contains, day
from office.desk.viewset import DESKS, DeskViewSet
from registry.models import Discipline, DisciplineKind, Ground

TONES = {
    DisciplineKind.CRITICISM: "warn",
    DisciplineKind.ORDER: "warn",
    DisciplineKind.COURT_DELISTING: "error",
}


class DisciplineFilters(Filters):
    mediator = contains("appointment__mediator__name", gettext_lazy("Mediator"))
    organization = contains("appointment__organization__name", gettext_lazy("Organisation"))
    ground = choice("ground", gettext_lazy("Ground"), Ground.choices)
    decided_from = day("decided_on", gettext_lazy("Decided from"), "gte")
    decided_until = day("decided_on", gettext_lazy("Decided until"), "lte")

    class Meta:
        model = Discipline
        fields = []


class DisciplineDesk(DeskViewSet):
    name = "discipline"
    icon = "warning"
    model = Discipline
    help = gettext_lazy(
        "The committee criticises and orders to correct (People's Mediation Law, art. 15). "
        "Records are entered on the page of an appointment and are never public."
    )
    related = ("appointment__mediator", "appointment__organization")
    filterset_class = DisciplineFilters
    tab_field = "kind"
    list_columns = (
        Column(
            name="mediator",
            label=gettext_lazy("Mediator"),
            value=lambda row: row.appointment.mediator.name,
            sort="appointment__mediator__name",
        ),
        Column(
            name="organization",
            label=gettext_lazy("Organisation"),
            value=lambda row: row.appointment.organization.name,
            sort="appointment__organization__name",
        ),
        column(Discipline, "kind", tones=TONES),
        "ground",
        "decided_on",
    )
    document_kinds = (("decision", gettext_lazy("Decision")),)

    def sections(self, record, page):
        facts = facts_of(record, "kind", "ground", "unit", "decided_on", "text", "recorded_by")
        post = DESKS["registry.appointment"].url("inspect", record.appointment_id)
        return [
            Section(
                name="data",
                heading=_("Discipline record"),
                icon="warning",
                template="registry/desk/appointment.html",
                context={
                    "links": [(_("Appointment"), record.appointment, post)],
                    "facts": facts,
                },
            )
        ]


def discipline_section(records):
    """Return the section that lists the discipline records of a post."""
    desk = DESKS["registry.discipline"]
    return Section(
        name="discipline",
        heading=_("Discipline records"),
        icon="warning",
        template="registry/desk/discipline.html",
        context={"records": [(row, desk.url("inspect", row.pk)) for row in records]},
    )
