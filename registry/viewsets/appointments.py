"""Appointments on the officer's desk: nominations, posts, terms, and how they end."""

import django_filters
from django.http import Http404, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.columns import Column, Section, facts_of
from office.desk.documents import DocumentView, papers_section
from office.desk.filters import Filters, choice, contains, day
from office.desk.pages import RecordPage
from office.desk.records import AddView
from office.desk.viewset import DESKS, DeskViewSet
from office.papers import render
from office.scopes import carries
from registry.actions import appointments
from registry.flows import PENDING, AppointmentState
from registry.forms.appointments import AppointmentForm, NewAppointmentForm, NominationForm
from registry.letters import appointment_letter, may_be_printed
from registry.models import Appointment, Employment, EndedBy, OrganizationKind, PostHeld
from registry.permissions import READ_INTERNAL_APPOINTMENT
from registry.viewsets.appointment_acts import ACTS
from registry.viewsets.discipline import discipline_section
from registry.viewsets.terms import APPOINTMENT_TONES, DivisionFilter

DECISIONS = [
    ("ending", gettext_lazy("Term ends soon or has ended")),
    ("overdue", gettext_lazy("Term has ended, still in post")),
]


class OfPlace(DivisionFilter):
    """The division of the organisation."""


class AppointmentFilters(Filters):
    mediator = contains("mediator__name", gettext_lazy("Mediator"))
    organization = contains("organization__name", gettext_lazy("Organisation"))
    division = OfPlace(field_name="organization__division")
    kind = choice("organization__kind", gettext_lazy("Kind"), OrganizationKind.choices)
    post = choice("post", gettext_lazy("Post"), PostHeld.choices)
    employment = choice("employment", gettext_lazy("Full-time or part-time"), Employment.choices)
    decision = django_filters.ChoiceFilter(
        choices=DECISIONS,
        label=gettext_lazy("To be decided"),
        method="await_a_decision",
        empty_label=gettext_lazy("All"),
    )
    ended_by = choice("ended_by", gettext_lazy("How it ended"), EndedBy.choices)
    ends_from = day("term_until_on", gettext_lazy("Term ends from"), "gte")
    ends_until = day("term_until_on", gettext_lazy("Term ends until"), "lte")

    asks_for = {"ended_by": READ_INTERNAL_APPOINTMENT}

    class Meta:
        model = Appointment
        fields = []

    def await_a_decision(self, rows, name, value):
        today = timezone.localdate()
        return {"ending": rows.term_ending, "overdue": rows.overdue}[value](today)


class NominateView(AddView):
    """Puts somebody forward for a post in an organisation of the own area."""

    action = "nominate"

    def get_page_title(self):
        return _("Nominate")

    def make_form(self, data=None, files=None):
        initial = self.desk.initial(self.request)
        return NominationForm(data, files, user=self.request.user, initial=initial)

    def carry_out(self, form):
        row = appointments.nominate(by=self.request.user, today=self.today, **form.values())
        self.done_message = _("Nominated: %(record)s") % {"record": row}
        return self.desk.url("inspect", row.pk)


class PaperView(DocumentView):
    """Hands out a paper of an appointment to those who read internals."""

    action = "read_internal"


class LetterView(RecordPage):
    """Hands out the letter of appointment to those who may see the record."""

    action = "read_internal"

    def get(self, request, *args, **kwargs):
        row = self.record
        if not may_be_printed(row):
            raise Http404
        address = request.build_absolute_uri(row.mediator.get_absolute_url())
        content = render(appointment_letter(row, address))
        response = HttpResponse(content, content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="appointment-{row.pk}.pdf"'
        response["Cache-Control"] = "no-store, private"
        return response


def stage_label(row):
    return AppointmentState(row.stage).label


def stage_tone(row):
    return APPOINTMENT_TONES.get(row.stage, "plain")


def links_section(name, heading, facts, links):
    return Section(
        name=name,
        heading=heading,
        icon="link",
        template="registry/desk/appointment.html",
        context={"links": links, "facts": facts},
    )


class AppointmentDesk(DeskViewSet):
    name = "appointments"
    icon = "clipboard-list"
    model = Appointment
    related = ("mediator", "organization")
    filterset_class = AppointmentFilters
    tab_field = "state"
    index_template = "registry/desk/appointments_index.html"
    history_action = "read_internal"
    list_columns = (
        Column(
            name="mediator",
            label=gettext_lazy("Mediator"),
            value=lambda row: row.mediator.name,
            sort="mediator__name",
        ),
        Column(
            name="organization",
            label=gettext_lazy("Organisation"),
            value=lambda row: row.organization.name,
            sort="organization__name",
        ),
        "post",
        "employment",
        Column(
            name="state", label=gettext_lazy("State"), value=stage_label, tone=stage_tone,
            sort="state",
        ),
        "from_on",
        "term_until_on",
    )  # fmt: skip
    form_class = AppointmentForm
    add_form_class = NewAppointmentForm
    add = staticmethod(appointments.add_appointment)
    change = staticmethod(appointments.change_appointment)
    acts = ACTS
    bulk = ("vet", "renew", "lapse", "suspend", "resume")
    document_kinds = (
        ("accept", gettext_lazy("Minutes or decision")),
        ("review", gettext_lazy("Review of the term")),
        ("remove", gettext_lazy("Decision on the removal")),
        ("dismiss", gettext_lazy("Decision on the dismissal")),
        ("resign", gettext_lazy("Letter of resignation")),
        ("transfer", gettext_lazy("Order of transfer")),
        ("record_death", gettext_lazy("Proof of death")),
    )

    def rows(self, user, action="view"):
        """The rows in scope with their stage; nominations only for those who read internals."""
        rows = super().rows(user, action).with_stage(timezone.localdate())
        within = "registry.view_appointment"
        return rows if carries(user, READ_INTERNAL_APPOINTMENT, within) else rows.held()

    def get_urlpatterns(self):
        stock = [found for found in super().get_urlpatterns() if found.name != "document"]
        return [
            *stock,
            path("<int:pk>/documents/<int:document>/", self.page(PaperView), name="document"),
            path("nominate/", self.page(NominateView), name="nominate"),
            path("<int:pk>/letter/", self.page(LetterView), name="letter"),
        ]

    def initial(self, request):
        asked = {name: request.GET.get(name, "") for name in ("mediator", "organization")}
        return {name: pk for name, pk in asked.items() if pk.isascii() and pk.isdigit()}

    def tags(self, record):
        tags = [(stage_label(record), stage_tone(record))]
        term, today = record.term_until_on, timezone.localdate()
        if term and term <= today and record.state in {"in_post", "suspended"}:
            tags.append((_("Term has ended, still in post"), "error"))
        return tags

    def sections(self, record, page):
        if not page.may("read_internal"):
            return [self.data(record, page)]
        found = [self.data(record, page), self.entry(record)]
        if record.state in PENDING:
            found.append(self.conditions(record, page))
        if record.ended_by:
            found.append(self.end(record))
        if records := list(record.discipline.all()):
            found.append(discipline_section(records))
        return [*found, papers_section(self, record, self.document_kinds)]

    def papers(self, record):
        """None beside the sections: decisions and letters are for those who read internals."""
        return []

    def data(self, record, page):
        """Who, where, as what and how long: what everybody may know."""
        links = [
            (_("Mediator"), record.mediator, self.link("registry.mediator", record.mediator, page)),
            (
                _("Organisation"),
                record.organization,
                self.link("registry.organization", record.organization, page),
            ),
        ]
        facts = facts_of(
            record, "post", "employment", "route", "from_on", "term_until_on", "until_on"
        )
        letter = page.may("read_internal") and may_be_printed(record)
        return Section(
            name="data",
            heading=_("Appointment"),
            icon="clipboard-list",
            template="registry/desk/appointment.html",
            context={
                "links": links,
                "facts": facts,
                "letter": letter and self.url("letter", record.pk),
            },
        )

    def entry(self, record):
        """How the person came into the post."""
        facts = facts_of(record, "unit_body", "unit", "decided_on")
        if record.notice_from_on:
            facts += facts_of(record, "notice_from_on", "notice_until_on", "notice_policy")
        if record.probation_until_on:
            facts += facts_of(record, "probation_until_on", "probation_policy")
        links = []
        if record.notice_id:
            url = DESKS["registry.publicnotice"].url("inspect", record.notice_id)
            links.append((_("Public notice"), record.notice, url))
        if record.renewal_of_id:
            links.append((_("Renewal of"), record, self.url("inspect", record.renewal_of_id)))
        return links_section("entry", _("How the post was given"), facts, links)

    def conditions(self, record, page):
        """How each condition of entry stands today."""
        return Section(
            name="conditions",
            heading=_("Conditions of entry"),
            icon="list-ul",
            template="registry/desk/conditions.html",
            context={"conditions": record.conditions(page.today)},
        )

    def end(self, record):
        """How the post ended, and who decided it."""
        facts = facts_of(record, "ended_by", "until_on")
        shown = ("end_ground", "end_unit", "end_decided_on", "told_on")
        facts += facts_of(record, *(name for name in shown if getattr(record, name)))
        renewal = Appointment.objects.filter(renewal_of=record).first()
        if renewal is not None:
            url = self.url("inspect", renewal.pk)
            return links_section(
                "end", _("How the post ended"), facts, [(_("Renewed by"), renewal, url)]
            )
        return Section(name="end", heading=_("How the post ended"), icon="cross", facts=facts)

    def link(self, label, row, page):
        """The address of a related record, for those who may see it."""
        desk = DESKS[label]
        seen = desk.rows(page.request.user).filter(pk=row.pk).exists()
        return desk.url("inspect", row.pk) if seen else ""
