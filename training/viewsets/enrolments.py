"""Enrolments in sessions on the desk: approved or not, withdrawn, corrected."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import Act, step
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, contains
from office.desk.history import name_acts
from office.desk.viewset import DeskViewSet
from registry.viewsets.terms import DivisionFilter
from training.actions import enrolments, results
from training.flows import ENROLMENT, EnrolmentState
from training.flows.enrolment import its_session_is_open
from training.forms.sessions import CorrectForm
from training.models import Enrolment
from training.viewsets.hours import person_column, place_column
from training.viewsets.minutes import minutes_section

E = EnrolmentState
ENROLMENT_TONES = {
    E.PENDING: "warn",
    E.ENROLLED: "info",
    E.WAITLISTED: "warn",
    E.REJECTED: "error",
    E.COMPLETED: "ok",
    E.ABSENT: "error",
}
name_acts(
    apply=gettext_lazy("Ask for a place"),
    sign_in=gettext_lazy("Sign in by code"),
    correct=gettext_lazy("Correct the attendance"),
    stand_alone=gettext_lazy("Go on without the organisation"),
)


class EnrolmentFilters(Filters):
    person = contains("mediator__name", gettext_lazy("Person's name"))
    session = contains("session__title", gettext_lazy("Training session"))
    division = DivisionFilter(field_name="session__division")

    class Meta:
        model = Enrolment
        fields = []


def approving_effects(row, today):
    if row.session.free > 0:
        return [_("The person has a seat at once.")]
    return [_("All seats are taken: the person goes on the waiting list.")]


def withdrawing_effects(row, today):
    return [
        _("The person reads your reason on the own page."),
        _("A seat that falls free before the session begins goes to the first who waits."),
    ]


def correcting_effects(row, today):
    return [_("Hours are credited or taken back as the minutes then say.")]


class EnrolmentDesk(DeskViewSet):
    name = "enrolments"
    icon = "user"
    model = Enrolment
    related = ("session__division", "mediator__division", "organization")
    filterset_class = EnrolmentFilters
    tab_field = "state"
    list_columns = (
        person_column(),
        place_column(),
        Column(
            name="session",
            label=gettext_lazy("Training session"),
            value=lambda row: row.session.title,
            sort="session__title",
        ),
        column(Enrolment, "state", tones=ENROLMENT_TONES),
        "applied_on",
        "organization",
        "minutes",
    )
    exported = (*list_columns, "note")
    acts = (
        Act(
            name="approve",
            label=gettext_lazy("Approve"),
            take=enrolments.approve,
            permission="admit",
            offered=lambda row: row.state == E.PENDING,
            refusals=its_session_is_open,
            consequences=approving_effects,
        ),
        step(ENROLMENT, "reject", enrolments.reject, grave=True, icon="cross"),
        step(
            ENROLMENT,
            "withdraw",
            enrolments.withdraw,
            consequences=withdrawing_effects,
            grave=True,
            icon="cross",
        ),
        Act(
            name="correct",
            label=gettext_lazy("Correct the attendance"),
            take=results.correct_attendance,
            permission="correct",
            form_class=CorrectForm,
            offered=lambda row: row.state in {E.COMPLETED, E.ABSENT},
            consequences=correcting_effects,
            icon="edit",
        ),
    )

    def tags(self, record):
        return [(record.get_state_display(), ENROLMENT_TONES.get(record.state, "plain"))]

    def sections(self, record, page):
        facts = facts_of(record, *self.list_columns, "note")
        return [
            Section(name="data", heading=_("Enrolment"), icon="user", facts=facts),
            minutes_section(record),
        ]
