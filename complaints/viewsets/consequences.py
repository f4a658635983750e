"""Consequences on the desk: what is to be done, by whom, until when. Nothing of who complained."""

from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.actions import consequences, may_read
from complaints.flows import CONSEQUENCE, ConsequenceState
from complaints.forms.case_reason import CaseReasonForm
from complaints.forms.consequences import LeaveForm, MeasureForm
from complaints.models import Complaint, Consequence, ConsequenceKind, ReplyTo
from complaints.models.consequence import BY_DISCIPLINE, ENDING
from complaints.notices.replies import text_of
from complaints.vault import Destroyed
from office.desk.acts import Act, step
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, choice, contains
from office.desk.viewset import DESKS, DeskViewSet
from office.scopes import grants_of

S = ConsequenceState
TONES = {S.OPEN: "warn", S.DONE: "ok", S.NOT_FOLLOWED: "error", S.LIFTED: "plain"}
WORKS_ON_CASES = "complaints.take_complaint"


class ConsequenceFilters(Filters):
    kind = choice("kind", gettext_lazy("Kind"), ConsequenceKind.choices)
    organization = contains("organization__name", gettext_lazy("Organisation"))

    class Meta:
        model = Consequence
        fields = []


def is_by_discipline(row):
    return row.kind in BY_DISCIPLINE and row.appointment_id is not None


def effects_of_doing(row, today):
    """What noting an end brings about."""
    if row.kind not in ENDING:
        return []
    return [_("Filing and roster are opened, with limits that run from the unit's decision.")]


def effects_of_discipline(row, today):
    return [
        _("The record is kept on the appointment of “%(mediator)s”, in the committee's name.")
        % {"mediator": row.appointment.mediator}
    ]


ACTS = (
    Act(
        name="discipline",
        label=gettext_lazy("Record criticism or an order"),
        take=consequences.discipline,
        permission="carry_out",
        form_class=MeasureForm,
        refusals=lambda row, today: CONSEQUENCE.refusals(row, "carry_out", today),
        consequences=effects_of_discipline,
        offered=lambda row: row.state == S.OPEN and is_by_discipline(row),
        icon="warning",
    ),
    Act(
        name="carry_out",
        label=CONSEQUENCE.steps["carry_out"].label,
        take=consequences.note_done,
        permission="carry_out",
        form_class=CaseReasonForm,
        refusals=lambda row, today: CONSEQUENCE.refusals(row, "carry_out", today),
        consequences=effects_of_doing,
        offered=lambda row: row.state == S.OPEN and not is_by_discipline(row),
    ),
    step(CONSEQUENCE, "leave", consequences.leave, form_class=LeaveForm, icon="cross", grave=True),
)


def about(row):
    return row.appointment.mediator if row.appointment else row.organization


class ConsequenceDesk(DeskViewSet):
    name = "complaint_consequences"
    icon = "tasks"
    model = Consequence
    help = gettext_lazy(
        "What decided complaints ask for. The bureau proposes: the committee criticises and orders,"
        " the electing or appointing unit removes or dismisses (People's Mediation Law, art. 15)."
    )
    related = ("appointment__mediator", "organization", "decision")
    filterset_class = ConsequenceFilters
    tab_field = "state"
    list_columns = (
        column(Consequence, "kind"),
        Column(name="about", label=gettext_lazy("About"), value=about),
        "unit",
        column(Consequence, "state", tones=TONES),
        "opened_on",
        Column(
            name="due_on",
            label=gettext_lazy("Due on"),
            value=lambda row: row.due_on,
            sort="due_on",
        ),
        Column(
            name="number",
            label=gettext_lazy("Complaint number"),
            value=lambda row: row.decision.complaint.number,
            permission=WORKS_ON_CASES,
        ),
    )
    acts = ACTS

    def rows(self, user, action="view"):
        rows = super().rows(user, action).with_due()
        # Who works on cases is shown their numbers, and no case he has to do with.
        return rows.select_related("decision__complaint")

    def tags(self, record):
        return [(record.get_state_display(), TONES[record.state])]

    def sections(self, record, page):
        facts = facts_of(
            record, "kind", "unit", "opened_on", "ended_on", "ended_by", "why_not", "follows"
        )
        facts.insert(3, (_("Due on"), record.due_on))
        return [
            Section(
                name="data",
                heading=_("Consequence"),
                icon="tasks",
                template="registry/desk/appointment.html",
                context={"links": list(self._links(record, page.request.user)), "facts": facts},
            ),
            *_told_to_the_unit(record, page.request.user),
        ]

    def _links(self, record, user):
        link = partial(_link, user=user)
        if record.organization:
            yield link(_("Organisation"), record.organization)
        if record.appointment:
            yield link(_("Appointment"), record.appointment)
        if record.discipline:
            yield link(_("Discipline record"), record.discipline)
        readable = Complaint.objects.within(user, WORKS_ON_CASES)
        if user.has_perm(WORKS_ON_CASES) and readable.filter(pk=record.complaint.pk).exists():
            yield link(_("Complaint number"), record.complaint)


def _told_to_the_unit(record, user):
    """What the unit was told of the decision: for the unit itself, and for who reads the case."""
    own = {grant.organization for grant in grants_of(user) if grant.organization}
    if record.organization_id not in own and not may_read(record.complaint, user):
        return []
    rows = record.decision.replies.filter(to=ReplyTo.UNIT).select_related("complaint")
    try:
        told = [(row, text_of(row)) for row in rows]
    except Destroyed:
        return []
    if not told:
        return []
    return [
        Section(
            name="told",
            heading=_("What the unit was told"),
            icon="mail",
            template="complaints/desk/told_to_unit.html",
            context={"rows": told},
        )
    ]


def _link(label, row, *, user):
    """Return (label, row, address); the address is empty for whoever may not see the row."""
    desk = DESKS.get(row._meta.label_lower)
    seen = desk is not None and desk.permits(user, "view")
    seen = seen and desk.rows(user).filter(pk=row.pk).exists()
    return label, row, desk.url("inspect", row.pk) if seen else ""


def consequences_section(complaint, user):
    """Return the section of a case's page that lists what its decisions ask for."""
    rows = Consequence.objects.filter(decision__complaint=complaint)
    rows = rows.select_related("appointment__mediator", "organization")
    links = [_link(row.get_kind_display(), row, user=user) for row in rows.order_by("pk")]
    if not links:
        return []
    return [
        Section(
            name="consequences",
            heading=_("Consequences"),
            icon="tasks",
            template="complaints/desk/consequences.html",
            context={"links": links},
        )
    ]
