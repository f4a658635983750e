"""Erasures of personal data on the desk: who asked for them, and who carried them out."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import Act, step
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, contains
from office.desk.history import name_acts
from office.desk.viewset import DESKS, DeskViewSet
from registry.actions import erasures
from registry.flows import ERASURE, ErasureState
from registry.models import Erasure
from registry.viewsets.terms import DivisionFilter

name_acts(
    ask=gettext_lazy("Ask for the erasure of personal data"),
    erase=gettext_lazy("Erase the personal data"),
)
TONES = {ErasureState.ASKED: "warn", ErasureState.CARRIED_OUT: "ok"}
WHAT_HAPPENS = [
    gettext_lazy(
        "Name, sex, date of birth, numbers, phone, photo, notes and all else personal are blanked, "
        "in the register and in all its versions."
    ),
    gettext_lazy("Posts, dates, certificate number and public id stay, without the name."),
    gettext_lazy("It cannot be undone."),
]


def to_ask(row, today):
    return [
        _("A second officer decides; until then nothing changes."),
        _("The reason stays in the ledger: do not name the person in it."),
    ]


ASK = Act(
    name="erase",
    label=gettext_lazy("Ask for the erasure of personal data"),
    take=erasures.ask_for_erasure,
    permission="erase",
    offered=lambda row: row.erased_on is None and row.merged_into_id is None,
    consequences=to_ask,
    grave=True,
    icon="bin",
)


class ErasureFilters(Filters):
    public_id = contains("mediator__public_id", gettext_lazy("Public id"))
    division = DivisionFilter(field_name="mediator__division")

    class Meta:
        model = Erasure
        fields = []


class ErasureDesk(DeskViewSet):
    name = "erasures"
    icon = "bin"
    model = Erasure
    help = gettext_lazy(
        "One officer asks for it on the person's page, a second one carries it out."
    )
    related = ("mediator", "mediator__division", "asked_by", "decided_by", "policy")
    filterset_class = ErasureFilters
    tab_field = "state"
    list_columns = (
        Column(
            name="public_id",
            label=gettext_lazy("Public id"),
            value=lambda row: row.mediator.public_id,
        ),
        Column(
            name="division",
            label=gettext_lazy("Division"),
            value=lambda row: row.mediator.division.name,
        ),
        column(Erasure, "state", tones=TONES),
        Column(
            name="asked_by",
            label=gettext_lazy("Asked for by"),
            value=lambda row: str(row.asked_by),
        ),
        "asked_on",
        "decided_on",
    )
    acts = (
        step(
            ERASURE,
            "carry_out",
            erasures.carry_out_erasure,
            consequences=lambda row, today: WHAT_HAPPENS,
            grave=True,
            icon="bin",
        ),
        step(ERASURE, "decline", erasures.decline_erasure, icon="cross"),
    )

    def tags(self, record):
        return [(record.get_state_display(), TONES.get(record.state, "plain"))]

    def sections(self, record, page):
        person = DESKS["registry.mediator"].url("inspect", record.mediator_id)
        facts = facts_of(record, "asked_by", "asked_on", "policy", "decided_by", "decided_on")
        facts.insert(0, (_("Kept since"), record.last_needed_on))
        links = [(_("Mediator"), record.mediator.name, person)]
        return [
            Section(
                name="erasure",
                heading=_("Erasure of personal data"),
                icon="bin",
                template="registry/desk/appointment.html",
                context={"links": links, "facts": facts},
            )
        ]
