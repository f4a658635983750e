"""Training sessions on the desk: planned, opened, held, closed; and who is enrolled."""

from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import Act, step
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, choice, contains, day
from office.desk.history import name_acts, name_facts
from office.desk.viewset import DESKS, DeskViewSet
from registry.viewsets.papers import PaperView
from registry.viewsets.terms import DivisionFilter, division_column
from training.actions import enrolments, sessions
from training.flows import SESSION, EnrolmentState, SessionState
from training.forms.sessions import (
    DropPartForm,
    NewSessionForm,
    NominateForm,
    PartForm,
    SessionForm,
)
from training.models import ContentClass, TrainingSession
from training.notices.sessions import sign_in_sheet, when
from training.reports.sessions import opinions_on, parts_with_presence
from training.viewsets.attendance import ListEnterView, ListView, SignInCodeView, TickView
from training.viewsets.enrolments import ENROLMENT_TONES

S = SessionState
SESSION_TONES = {S.OPEN: "ok", S.RUNNING: "info", S.CANCELLED: "error"}
name_acts(
    add_part=gettext_lazy("Add a part"),
    drop_part=gettext_lazy("Take a part out"),
    tick=gettext_lazy("Tick who is there"),
    note_list=gettext_lazy("Note attendance from a file"),
    give_feedback=gettext_lazy("Receive an opinion"),
)
name_facts(
    part=(gettext_lazy("Part"), ()),
    when=(gettext_lazy("When"), ()),
    file_name=(gettext_lazy("File name"), ()),
)


class SessionFilters(Filters):
    title = contains("title", gettext_lazy("Title"))
    division = DivisionFilter()
    content_class = choice("content_class", gettext_lazy("Content class"), ContentClass.choices)
    since = day("starts_on", gettext_lazy("First day from"), "gte")
    until = day("starts_on", gettext_lazy("First day until"), "lte")

    class Meta:
        model = TrainingSession
        fields = []


def opening_effects(session, today):
    said = [_("Mediators of this division and all below it see it.")]
    if session.needs_approval:
        said.append(_("Every enrolment then awaits your approval."))
    return said


def closing_effects(session, today):
    return [
        _("Whoever attended at least %(share)d%% of the minutes is credited %(hours)s class hours.")
        % {"share": session.least_share, "hours": session.hours},
        _("All others are noted as absent. Attendance is then only corrected with a reason."),
    ]


def cancelling_effects(session, today):
    return [
        _("All enrolments are withdrawn: %(count)d people lose their seat.")
        % {"count": session.taken},
        _("Everybody reads your reason on the own page."),
    ]


def is_planned(session):
    return session.state in SESSION.editable


class TrainingSessionDesk(DeskViewSet):
    name = "training_sessions"
    # Who did what in it names bodies a clerk has nothing to do with.
    history_action = "change"
    icon = "date"
    model = TrainingSession
    related = ("division", "base", "speciality")
    filterset_class = SessionFilters
    tab_field = "state"
    list_columns = (
        "title",
        division_column,
        "base",
        "content_class",
        "hours",
        "starts_on",
        "ends_on",
        Column(
            name="taken",
            label=gettext_lazy("Seats"),
            value=lambda row: f"{row.taken}/{row.seats}",
            sort="taken",
        ),
        column(TrainingSession, "state", tones=SESSION_TONES),
    )
    exported = (*list_columns, "audience", "enrol_until_on", "closed_on")
    form_class = SessionForm
    add_form_class = NewSessionForm
    add = staticmethod(sessions.add_session)
    change = staticmethod(sessions.change_session)
    document_kinds = (
        ("programme", gettext_lazy("programme")),
        ("signed", gettext_lazy("signed attendance list")),
    )
    acts = (
        Act(
            name="add_part",
            label=gettext_lazy("Add a part"),
            take=sessions.add_part,
            permission="change",
            form_class=PartForm,
            offered=is_planned,
            icon="plus",
        ),
        Act(
            name="drop_part",
            label=gettext_lazy("Take a part out"),
            take=sessions.drop_part,
            permission="change",
            form_class=DropPartForm,
            offered=is_planned,
            icon="minus",
        ),
        step(SESSION, "open", sessions.open_session, consequences=opening_effects),
        Act(
            name="nominate",
            label=gettext_lazy("Nominate people"),
            take=enrolments.nominate,
            permission="nominate",
            form_class=NominateForm,
            offered=lambda row: row.state == S.OPEN and row.nomination,
            icon="group",
        ),
        Act(
            name="approve_all",
            label=gettext_lazy("Approve all who await it"),
            take=enrolments.approve_all,
            permission="change",
            offered=lambda row: row.state == S.OPEN and row.needs_approval,
            consequences=lambda row, today: [
                _("Seats are given in the order of application, then turns on the waiting list.")
            ],
        ),
        step(SESSION, "start", sessions.start_session),
        step(SESSION, "close", sessions.close_session, consequences=closing_effects),
        step(
            SESSION,
            "cancel",
            sessions.cancel_session,
            consequences=cancelling_effects,
            grave=True,
            icon="cross",
        ),
    )

    def get_urlpatterns(self):
        sheet = PaperView.as_view(desk=self, paper=sign_in_sheet, action="note_attendance")
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/sheet/", sheet, name="sheet"),
            path("<int:pk>/code/", self.page(SignInCodeView), name="code"),
            path("<int:pk>/present/<int:part>/", self.page(TickView), name="present"),
            path("<int:pk>/list/", self.page(ListView), name="list"),
            path("<int:pk>/list/enter/", self.page(ListEnterView), name="list_enter"),
        ]

    def initial(self, request):
        return {"enrol_until_on": timezone.localdate()}

    def tags(self, record):
        return [(record.get_state_display(), SESSION_TONES.get(record.state, "plain"))]

    def sections(self, record, page):
        found = [self.data(record), self.parts(record, page), self.enrolments(record, page)]
        if record.state == S.CLOSED and page.may("read_feedback"):
            found.append(self.opinions(record))
        return found

    def data(self, record):
        facts = facts_of(
            record, "division", "base", "content_class", "speciality", "audience", "hours",
            "starts_on", "ends_on", "minutes", "enrol_until_on", "own_enrolment", "nomination",
            "needs_approval", "least_share",
        )  # fmt: skip
        if record.cancel_reason:
            facts += facts_of(record, "cancel_reason")
        return Section(name="data", heading=_("Training session"), icon="date", facts=facts)

    def parts(self, record, page):
        """The parts, and for those who note it the ways to note attendance."""
        notes = page.may("note_attendance")
        runs = notes and record.state == S.RUNNING
        rows = [
            (when(part), part, self.url("present", record.pk, part.pk) if runs else "")
            for part in parts_with_presence(record)
        ]
        links = {"sheet_url": self.url("sheet", record.pk) if notes else ""}
        if runs:
            links |= {
                "code_url": self.url("code", record.pk),
                "list_url": self.url("list", record.pk),
            }
        return Section(
            name="parts",
            heading=_("Parts and attendance"),
            icon="time",
            template="training/desk/parts.html",
            context={"rows": rows, "session": record, **links},
        )

    def enrolments(self, record, page):
        """The enrolments the reader may see: a clerk those of the own people."""
        desk = DESKS["training.enrolment"]
        rows = desk.rows(page.request.user).filter(session=record).order_by("pk")
        listed = [
            (row, desk.url("inspect", row.pk), ENROLMENT_TONES.get(row.state, "plain"))
            for row in rows
        ]
        return Section(
            name="enrolments",
            heading=_("Enrolments"),
            icon="group",
            template="training/desk/enrolments.html",
            context={"listed": listed, "session": record, "counts": counts(rows)},
        )

    def opinions(self, record):
        return Section(
            name="opinions",
            heading=_("Opinions of participants"),
            icon="comment",
            template="training/desk/opinions.html",
            context={"opinions": opinions_on(record)},
        )


def counts(rows):
    """Return (label, number) of the states that enrolments are in."""
    found = rows.by_state()
    return [(label, found[value]) for value, label in EnrolmentState.choices if value in found]
