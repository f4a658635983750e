"""Appointments on the officer's desk: reached from the person's page."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import step
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, choice, contains, day
from office.desk.viewset import DESKS, DeskViewSet
from registry.actions import appointments
from registry.flows import APPOINTMENT
from registry.forms.staff import AppointmentForm, NewAppointmentForm
from registry.models import Appointment, Employment, PostHeld
from registry.viewsets.terms import APPOINTMENT_TONES


class AppointmentFilters(Filters):
    mediator = contains("mediator__name", gettext_lazy("Mediator"))
    organization = contains("organization__name", gettext_lazy("Organisation"))
    post = choice("post", gettext_lazy("Post"), PostHeld.choices)
    employment = choice("employment", gettext_lazy("Full-time or part-time"), Employment.choices)
    ends_from = day("term_until_on", gettext_lazy("Term ends from"), "gte")
    ends_until = day("term_until_on", gettext_lazy("Term ends until"), "lte")

    class Meta:
        model = Appointment
        fields = []


def suspending_effects(appointment, today):
    return [
        _("The public can no longer choose “%(mediator)s” in this organisation.")
        % {"mediator": appointment.mediator},
        _("The post itself and its term go on."),
    ]


class AppointmentDesk(DeskViewSet):
    name = "appointments"
    icon = "clipboard-list"
    model = Appointment
    related = ("mediator", "organization")
    filterset_class = AppointmentFilters
    tab_field = "state"
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
        column(Appointment, "state", tones=APPOINTMENT_TONES),
        "from_on",
        "term_until_on",
    )
    form_class = AppointmentForm
    add_form_class = NewAppointmentForm
    add = staticmethod(appointments.add_appointment)
    change = staticmethod(appointments.change_appointment)
    acts = (
        step(
            APPOINTMENT,
            "suspend",
            appointments.suspend_appointment,
            consequences=suspending_effects,
            icon="lock",
        ),
        step(APPOINTMENT, "resume", appointments.resume_appointment, icon="lock-open"),
    )
    bulk = ("suspend", "resume")

    def initial(self, request):
        mediator = request.GET.get("mediator", "")
        return {"mediator": mediator} if mediator.isascii() and mediator.isdigit() else {}

    def tags(self, record):
        tone = APPOINTMENT_TONES.get(record.state, "plain")
        return [(record.get_state_display(), tone)]

    def sections(self, record, page):
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
        return [
            Section(
                name="data",
                heading=_("Appointment"),
                icon="clipboard-list",
                template="registry/desk/appointment.html",
                context={"links": links, "facts": facts},
            )
        ]

    def link(self, label, row, page):
        """The address of a related record, for those who may see it."""
        desk = DESKS[label]
        seen = desk.rows(page.request.user).filter(pk=row.pk).exists()
        return desk.url("inspect", row.pk) if seen else ""
