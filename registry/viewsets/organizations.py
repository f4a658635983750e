"""Organisations on the officer's desk."""

from dataclasses import replace

from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from office.desk.acts import step
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, choice, contains
from office.desk.viewset import DESKS, DeskViewSet
from registry.actions import organizations
from registry.flows import ORGANIZATION, PENDING, AppointmentState
from registry.forms.staff import NewOrganizationForm, OrganizationForm
from registry.models import Organization, OrganizationKind, PostHeld
from registry.questions import ways_on_above
from registry.viewsets.filing_history import filing_sections
from registry.viewsets.legality import legality_section
from registry.viewsets.merges import MERGE_ORGANIZATIONS, merged_tags
from registry.viewsets.organization_cases import Beginnings, cases_section
from registry.viewsets.organization_edit import EntryErrorView, OrganizationEditView
from registry.viewsets.terms import (
    APPOINTMENT_TONES,
    ORGANIZATION_TONES,
    DivisionFilter,
    division_column,
)

NAME = column(Organization, "name", label=gettext_lazy("Organisation name"))


class OrganizationFilters(Filters):
    name = contains("name", gettext_lazy("Organisation name"))
    division = DivisionFilter()
    kind = choice("kind", gettext_lazy("Kind"), OrganizationKind.choices)

    class Meta:
        model = Organization
        fields = ["name", "division", "kind", "field"]


def listing_effects(organization, today):
    """What entering an organisation in the roster brings about."""
    members = organization.appointments.in_post(today).count()
    people = ngettext(
        "%(count)d mediator in post becomes visible to the public with it.",
        "%(count)d mediators in post become visible to the public with it.",
        members,
    )
    return [
        _("“%(name)s” becomes visible to the public.") % {"name": organization},
        people % {"count": members},
    ]


def listing():
    """Return the act of entering in the roster what was filed on paper before the register."""
    act = step(
        ORGANIZATION,
        "list",
        organizations.list_organization,
        consequences=listing_effects,
        icon="check",
    )
    return replace(
        act,
        refusals=lambda body, today: (
            act.refusals(body, today) or organizations.open_filing_bars(body)
        ),
    )


def place_of(appointment):
    """Where somebody stands among the members: those who serve, those to come, those who left."""
    has_gone = appointment.state in {AppointmentState.ENDED, AppointmentState.REJECTED}
    group = 2 if has_gone else int(appointment.state in PENDING)
    return group, list(PostHeld).index(appointment.post), appointment.pk


class OrganizationDesk(DeskViewSet):
    name = "organizations"
    icon = "group"
    model = Organization
    related = ("division", "field")
    filterset_class = OrganizationFilters
    tab_field = "state"
    list_columns = (
        NAME,
        "kind",
        division_column,
        column(Organization, "state", tones=ORGANIZATION_TONES),
        "established_on",
        "phone",
    )
    exported = (
        "number", NAME, "short_name", "kind", "field", division_column,
        Column(
            name="code", label=gettext_lazy("Division code"), value=lambda row: row.division.code
        ),
        "founding_unit", "credit_code", "state", "established_on", "filed_on", "confirmed_on",
        "address", "phone", "hours",
    )  # fmt: skip
    form_class = OrganizationForm
    add_form_class = NewOrganizationForm
    add = staticmethod(organizations.add_organization)
    change = staticmethod(organizations.change_organization)
    edit_view = OrganizationEditView
    acts = (listing(), MERGE_ORGANIZATIONS)
    bulk = ("list",)

    def get_urlpatterns(self):
        correct = path("<int:pk>/correct/", self.page(EntryErrorView), name="correct")
        return [*super().get_urlpatterns(), correct]

    def tags(self, record):
        tone = ORGANIZATION_TONES.get(record.state, "plain")
        state = [(record.get_state_display(), tone), (record.get_kind_display(), "plain")]
        return state + merged_tags(record)

    def sections(self, record, page):
        data = [
            "number", NAME, "short_name", "kind", "field", "division", "parent", "founding_unit",
            "credit_code", "established_on", "filed_on", "confirmed_on", "needs_minority_member",
        ]  # fmt: skip
        if record.deregistered_on:
            data += ["deregistered_on"]
        members = self.members(record, page)
        appointments = [member["appointment"] for member in members.context["members"]]
        return [
            *legality_section(record, appointments, page.today),
            members,
            Section(name="data", heading=_("Data"), facts=facts_of(record, *data)),
            Section(
                name="contact",
                heading=_("How the public reaches it"),
                icon="mail",
                facts=facts_of(record, "address", "phone", "hours"),
            ),
            *cases_section(record, page),
            *filing_sections(record, page),
        ]

    def ways_on(self, record, page):
        user = page.request.user
        return [*Beginnings(record, user), *ways_on_above(record, user)]

    def members(self, record, page):
        """The people in post today, and those who left."""
        appointments, people = DESKS["registry.appointment"], DESKS["registry.mediator"]
        rows = appointments.rows(page.request.user).filter(organization=record)
        members = [
            {
                "appointment": row,
                "url": people.url("inspect", row.mediator_id),
                "post_url": appointments.url("inspect", row.pk),
                "tone": APPOINTMENT_TONES.get(row.state, "plain"),
            }
            for row in sorted(rows, key=place_of)
        ]
        return Section(
            name="members",
            heading=_("Members"),
            icon="user",
            template="registry/desk/members.html",
            context={"members": members},
        )
