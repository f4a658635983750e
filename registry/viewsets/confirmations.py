"""Yearly confirmations on the desk: the campaigns, and who has confirmed in those that run."""

import django_filters
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from office.desk.acts import Act
from office.desk.columns import Column, Section, column, facts_of
from office.desk.exports import ExportView
from office.desk.filters import Filters, choice, contains
from office.desk.history import name_acts
from office.desk.lists import IndexView
from office.desk.viewset import DESKS, DeskViewSet
from registry.actions import confirmations
from registry.flows.organization import members_of
from registry.forms.filings import CampaignForm, ConfirmForm
from registry.models import (
    Confirmation,
    ConfirmationCampaign,
    ConfirmingOrganization,
    OrganizationKind,
)
from registry.viewsets.terms import APPOINTMENT_TONES, DivisionFilter, division_column

STANDING = [
    ("missing", gettext_lazy("not confirmed yet")),
    ("confirmed", gettext_lazy("confirmed")),
]
TONES = {"missing": "warn", "confirmed": "ok"}
MOST_SHOWN = 10

name_acts(confirm=gettext_lazy("Confirm people and data"))


class CampaignFilters(Filters):
    class Meta:
        model = ConfirmationCampaign
        fields = ["year"]


def campaign_is_open(campaign):
    return campaign.closed_on is None


def reminding_refusals(campaign, today):
    if confirmations.reminders(campaign, today=today):
        return []
    return [_("No clerk who has yet to confirm has an e-mail address.")]


def reminding_effects(campaign, today):
    count = len(confirmations.reminders(campaign, today=today))
    return [
        ngettext(
            "%(count)d clerk gets an e-mail.", "%(count)d clerks get an e-mail.", count
        )
        % {"count": count}
    ]  # fmt: skip


def count_of(campaign):
    """Return how many organisations a campaign asks or asked, and how many have confirmed."""
    asked = ConfirmingOrganization.objects.asked_in(campaign).order_by()
    confirmed = Count("pk", filter=Q(standing="confirmed"))
    return asked.aggregate(asked=Count("pk"), confirmed=confirmed)


def closing_effects(campaign, today):
    counted = count_of(campaign)
    missing = counted["asked"] - counted["confirmed"]
    return [
        ngettext(
            "%(count)d organisation stays without a confirmation of this year.",
            "%(count)d organisations stay without a confirmation of this year.",
            missing,
        )
        % {"count": missing}
    ]


class CampaignDesk(DeskViewSet):
    name = "campaigns"
    icon = "calendar-check"
    model = ConfirmationCampaign
    help = gettext_lazy("Once a year every organisation confirms its people and data.")
    related = ("division", "opened_by")
    filterset_class = CampaignFilters
    list_columns = (
        "year",
        Column(
            name="division", label=gettext_lazy("Division"), value=lambda row: row.division.name
        ),
        "from_on",
        "due_on",
        "closed_on",
    )
    add_form_class = CampaignForm
    add = staticmethod(confirmations.open_campaign)
    acts = (
        Act(
            name="remind",
            label=gettext_lazy("Remind the clerks"),
            take=confirmations.remind,
            permission="remind",
            offered=campaign_is_open,
            refusals=reminding_refusals,
            consequences=reminding_effects,
            icon="mail",
        ),
        Act(
            name="close",
            label=gettext_lazy("Close the campaign"),
            take=confirmations.close_campaign,
            permission="close",
            offered=campaign_is_open,
            consequences=closing_effects,
            icon="lock",
            grave=True,
        ),
    )

    def initial(self, request):
        today = timezone.localdate()
        return {"year": today.year, "from_on": today}

    def ways_on(self, record, page):
        """Who has confirmed, and who has not; who did not stays listed after it is closed."""
        desk = DESKS["registry.confirmingorganization"]
        if desk.permits(page.request.user, "view"):
            asked = f"{desk.url('index')}?campaign={record.pk}"
            missing = (
                _("Who did not confirm") if record.closed_on else _("Who has not confirmed yet")
            )
            yield missing, f"{asked}&standing=missing", "list-ul", False
            yield _("Who has confirmed"), f"{asked}&standing=confirmed", "list-ul", False

    def tags(self, record):
        if record.closed_on:
            return [(_("closed"), "plain")]
        return [(pgettext("campaign", "running"), "ok")]

    def sections(self, record, page):
        facts = facts_of(
            record, "year", "division", "from_on", "due_on", "closed_on", "reminded_on", "opened_by"
        )
        counted = count_of(record)
        missing = _("Did not confirm") if record.closed_on else _("Not confirmed yet")
        facts += [
            (_("Organisations asked"), counted["asked"]),
            (_("Confirmed"), counted["confirmed"]),
            (missing, counted["asked"] - counted["confirmed"]),
        ]
        return [
            Section(name="data", heading=_("Campaign"), icon="calendar-check", facts=facts),
            self.differing(record),
        ]

    def differing(self, record):
        """What organisations said is not as the register has it, the latest first."""
        rows = record.confirmations.exclude(differences="").select_related("organization")
        facts = [(row.organization.name, row.differences) for row in rows[: MOST_SHOWN * 5]]
        facts = facts or [(_("What differs"), _("Nobody said that anything differs."))]
        return Section(name="differences", heading=_("What differs"), icon="edit", facts=facts)


def campaigns_seen(request):
    """The campaigns among which the user may choose one."""
    seen = ConfirmationCampaign.objects.within(request.user, "registry.view_confirmationcampaign")
    return seen.select_related("division")


class ConfirmingFilters(Filters):
    campaign = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Campaign"),
        queryset=campaigns_seen,
        method="as_it_is",
        empty_label=gettext_lazy("Those that run now"),
    )
    name = contains("name", gettext_lazy("Organisation name"))
    division = DivisionFilter()
    kind = choice("kind", gettext_lazy("Kind"), OrganizationKind.choices)

    class Meta:
        model = ConfirmingOrganization
        fields = []

    def as_it_is(self, rows, name, value):
        """The rows are those of the campaign already: see ``CampaignRows``."""
        return rows


class CampaignRows:
    """A list of those who are asked now or, if the address names a campaign, of that one."""

    @cached_property
    def campaign(self):
        """The campaign the address names, if the user may see it."""
        asked = self.request.GET.get("campaign", "")
        is_number = asked.isascii() and asked.isdigit() and len(asked) < 19
        return campaigns_seen(self.request).filter(pk=asked).first() if is_number else None

    def rows(self, action=None):
        if self.campaign is None:
            return super().rows(action)
        seen = super(ConfirmationDesk, self.desk).rows(self.request.user, action or self.action)
        return seen.asked_in(self.campaign)


class ConfirmingList(CampaignRows, IndexView):
    """The list; what a closed campaign asked is not confirmed any more, but leads to its page."""

    @property
    def is_over(self):
        return self.campaign is not None and self.campaign.closed_on is not None

    def line(self, row):
        row, address, shown = super().line(row)
        if self.is_over:
            address = DESKS["registry.organization"].url("inspect", row.pk)
        return row, address, shown

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if self.is_over:
            told = _("Organisations that the campaign %(campaign)s asked; it is closed.")
            context |= {"bulk_acts": [], "page_help": told % {"campaign": self.campaign}}
        return context


class ConfirmingExport(CampaignRows, ExportView):
    """The same rows as a file."""


def standing_label(row):
    return dict(STANDING)[row.standing]


class ConfirmationDesk(DeskViewSet):
    """Organisations asked in the campaigns that run; the rows are counted by the database."""

    name = "confirmations"
    icon = "circle-check"
    model = ConfirmingOrganization
    help = gettext_lazy("Organisations asked in the campaigns that run now.")
    related = ("division",)
    filterset_class = ConfirmingFilters
    tab_field = "standing"
    tab_choices = STANDING
    history = False
    list_columns = (
        column(ConfirmingOrganization, "name", label=gettext_lazy("Organisation name")),
        "kind",
        division_column,
        Column(
            name="standing",
            label=gettext_lazy("Yearly confirmation"),
            value=standing_label,
            tone=lambda row: TONES[row.standing],
        ),
        Column(
            name="answered_on",
            label=gettext_lazy("Confirmed on"),
            value=lambda row: row.answered_on,
            sort="answered_on",
        ),
        Column(
            name="campaign_due_on",
            label=gettext_lazy("Due on"),
            value=lambda row: row.campaign_due_on,
            sort="campaign_due_on",
        ),
    )
    exported = list_columns
    acts = (
        Act(
            name="confirm",
            label=gettext_lazy("Confirm people and data"),
            take=confirmations.confirm_organization,
            permission="confirm",
            form_class=ConfirmForm,
            offered=lambda row: row.standing == "missing",
            refusals=lambda row, today: (
                [] if row.standing == "missing" else [_("This organisation has confirmed already.")]
            ),
            icon="check",
        ),
    )
    bulk = ("confirm",)

    def rows(self, user, action="view"):
        return super().rows(user, action).asked()

    def page(self, view_class):
        own = {IndexView: ConfirmingList, ExportView: ConfirmingExport}
        return super().page(own.get(view_class, view_class))

    def tags(self, record):
        return [(standing_label(record), TONES[record.standing])]

    def sections(self, record, page):
        data = facts_of(
            record, "name", "kind", "division", "founding_unit", "number", "address", "phone",
            "hours", "confirmed_on",
        )  # fmt: skip
        return [
            Section(name="data", heading=_("Data"), facts=data),
            self.members(record),
            self.earlier(record),
        ]

    def members(self, record):
        """The people whose posts are confirmed."""
        members = [
            (member, APPOINTMENT_TONES.get(member.state, "plain"))
            for member in members_of(record)
            if member.state != "candidate"
        ]
        return Section(
            name="members",
            heading=_("Members"),
            icon="user",
            template="registry/desk/filing_committee.html",
            context={"members": members},
        )

    def earlier(self, record):
        """The confirmations of earlier years, and this one."""
        rows = Confirmation.objects.filter(organization=record.pk).select_related("campaign")
        facts = [
            (str(row.campaign.year), f"{row.confirmed_on:%Y-%m-%d} {row.differences}")
            for row in rows[:MOST_SHOWN]
        ]
        facts = facts or [(_("Confirmed"), _("never in a campaign of this register"))]
        url = DESKS["registry.organization"].url("inspect", record.pk)
        return Section(
            name="earlier",
            heading=_("Confirmations so far"),
            icon="history",
            template="registry/desk/appointment.html",
            context={"links": [(_("Organisation"), record, url)], "facts": facts},
        )
