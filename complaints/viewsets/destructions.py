"""Destructions of keys on the desk: what is due, who proposed it, who carried it out."""

from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.actions import confirm_destruction, propose_destruction, reject_destruction
from complaints.flows import DESTRUCTION, DestructionState
from complaints.forms.destructions import NewDestructionForm, SealedReasonForm
from complaints.models import Complaint, KeyDestruction
from complaints.queries import due_for_destruction
from office.desk.acts import step
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, contains
from office.desk.forms import DeskForm
from office.desk.history import name_acts
from office.desk.lists import CappedPaginator
from office.desk.pages import DeskPage
from office.desk.viewset import DeskViewSet
from registry.viewsets.terms import DivisionFilter

name_acts(propose_destruction=gettext_lazy("Propose to destroy the key"))
ADD = "complaints.add_keydestruction"
TONES = {DestructionState.PROPOSED: "warn", DestructionState.CONFIRMED: "ok"}
WHAT_HAPPENS = [
    gettext_lazy(
        "Who complained, what was said, and the files can never be read again by anybody."
    ),
    gettext_lazy("Number, channel, days and result stay, and all statistics with them."),
    gettext_lazy("Whoever follows the complaint by its code is told that it was destroyed."),
    gettext_lazy("It cannot be undone."),
]


class DueView(DeskPage):
    """Complaints whose time of keeping is over, the oldest first."""

    action = "add"
    template_name = "complaints/desk/due.html"

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data())

    def get_page_title(self):
        return _("Due to be destroyed")

    @cached_property
    def due(self):
        rows = Complaint.objects.within(self.request.user, ADD).select_related("division")
        return due_for_destruction(rows, self.today).order_by("closed_on", "pk")

    def get_context_data(self, **kwargs):
        paginator = CappedPaginator(self.due, self.due.count())
        page = paginator.get_page(self.request.GET.get("p"))
        return super().get_context_data(
            page_obj=page, add_url=self.desk.url("add"), media="", **kwargs
        )


class KeyDestructionFilters(Filters):
    number = contains("complaint__number", gettext_lazy("Complaint number"))
    division = DivisionFilter(field_name="complaint__division")

    class Meta:
        model = KeyDestruction
        fields = []


class KeyDestructionDesk(DeskViewSet):
    name = "key_destructions"
    icon = "bin"
    model = KeyDestruction
    help = gettext_lazy(
        "One officer proposes to destroy the key of an old complaint, another one does it."
    )
    related = ("complaint", "complaint__division", "proposed_by", "decided_by", "policy")
    index_template = "complaints/desk/destructions.html"
    filterset_class = KeyDestructionFilters
    tab_field = "state"
    list_columns = (
        Column(
            name="number",
            label=gettext_lazy("Complaint number"),
            value=lambda row: row.complaint.number,
        ),
        Column(
            name="division",
            label=gettext_lazy("Body in charge"),
            value=lambda row: row.complaint.division.name,
        ),
        column(KeyDestruction, "state", tones=TONES),
        Column(
            name="proposed_by",
            label=gettext_lazy("Proposed by"),
            value=lambda row: str(row.proposed_by),
        ),
        "proposed_on",
        "decided_on",
    )
    exported = list_columns
    add_form_class = NewDestructionForm
    add = staticmethod(propose_destruction)
    acts = (
        step(
            DESTRUCTION,
            "confirm",
            confirm_destruction,
            form_class=DeskForm,
            consequences=lambda row, today: WHAT_HAPPENS,
            sensitive=True,
            grave=True,
            icon="bin",
        ),
        step(DESTRUCTION, "reject", reject_destruction, form_class=SealedReasonForm, icon="cross"),
    )

    def initial(self, request):
        return {"complaint": request.GET.get("number", "")[:40]}

    def tags(self, record):
        return [(record.get_state_display(), TONES.get(record.state, "plain"))]

    def sections(self, record, page):
        facts = facts_of(record, "proposed_by", "proposed_on", "policy", "decided_by", "decided_on")
        closed = (_("Closed on"), record.complaint.closed_on)
        place = (_("Body in charge"), record.complaint.division)
        return [
            Section(
                name="destruction",
                heading=_("Destruction of the key"),
                icon="bin",
                facts=[place, closed, *facts],
            )
        ]

    def get_urlpatterns(self):
        due = path("due/", self.page(DueView), name="due")
        return [due, *super().get_urlpatterns()]
