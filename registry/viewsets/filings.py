"""Filings on the officer's desk."""

from dataclasses import replace

from django.shortcuts import redirect
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.clocks import Calendar, Shade
from office.desk.acts import Act, step
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, choice, contains, day
from office.desk.history import name_acts, name_facts
from office.desk.lists import IndexView
from office.desk.viewset import DESKS, DeskViewSet
from office.policies import rows_for
from office.templatetags.clocks import due_text
from registry.actions import filing_steps, filings
from registry.flows import FILING, FilingKind, FilingState
from registry.flows.filing import HANDING_IN, committee_after, is_on_its_route
from registry.forms.filings import PAPERS
from registry.models import CourtNotice, Division, Filing
from registry.viewsets.filing_pages import clock_section, page_urls
from registry.viewsets.terms import APPOINTMENT_TONES, DivisionFilter

F, K = FilingState, FilingKind
TONES = {
    F.FIRST_REVIEW: "warn",
    F.RETURNED: "error",
    F.FILING: "warn",
    F.FILED: "ok",
    F.REFUSED: "error",
}
SHADES = {Shade.CALM: "info", Shade.AMBER: "warn", Shade.OVERDUE: "error"}
KINDS = {K.SET_UP: "info", K.CHANGE: "plain", K.RE_ELECTION: "plain"}

name_acts(
    enter=gettext_lazy("Enter into the post"),
    stay=gettext_lazy("Stay in the post for the new term"),
    step_down=gettext_lazy("Leave the post at the end of the term"),
    nominate=gettext_lazy("Name for a post"),
    drop=gettext_lazy("Take off the draft"),
    name_member=gettext_lazy("Name a member"),
    drop_member=gettext_lazy("Take a member off the draft"),
    attach=gettext_lazy("Add a document"),
)
name_facts(member=(gettext_lazy("Member"), ()))


class FilingFilters(Filters):
    organization = contains("organization__name", gettext_lazy("Organisation name"))
    division = DivisionFilter()
    kind = choice("kind", gettext_lazy("Event"), FilingKind.choices)
    due_until = day("due_on", gettext_lazy("Due until"), "lte")

    class Meta:
        model = Filing
        fields = []


def handing_in(name):
    """Return the act of handing in, offered where this is the way the filing takes."""
    act = step(FILING, name, filing_steps.HAND_IN[name], icon="upload")
    return replace(act, offered=lambda filing: is_on_its_route(filing, name))


def filing_effects(filing, today):
    """What filing the event brings about."""
    name = {"name": filing.organization}
    told = {
        K.SET_UP: [
            _("“%(name)s” is listed with a register number and becomes visible to the public."),
            _("Those named enter into their posts, and its first term begins."),
        ],
        K.CHANGE: [_("The public sees the new data of “%(name)s”; the old is kept.")],
        K.RE_ELECTION: [
            _("A new term of “%(name)s” begins, and the one before it is closed."),
            _("Those named enter into their posts; those not elected again leave theirs."),
        ],
    }[K(filing.kind)]
    return [*(said % name for said in told), _("A letter to the court is drawn up.")]


def refusing_effects(filing, today):
    told = {
        K.SET_UP: _("“%(name)s” is not listed; it may be filed again."),
        K.CHANGE: _("“%(name)s” stays as it was."),
        K.RE_ELECTION: _("The term of “%(name)s” that runs goes on."),
    }[K(filing.kind)]
    return [told % {"name": filing.organization}]


def returning_effects(filing, today):
    return [_("Whoever handed it in sees these reasons and may correct it."), _("The clock runs.")]


class FilingList(IndexView):
    """The list of filings, each with its clock; the calendar is loaded once."""

    @cached_property
    def calendar(self):
        return Calendar.load()

    def line(self, row):
        row.clock = row.deadline(self.calendar) if row.is_open else None
        row.seen_on = self.today
        return super().line(row)


def clock_text(filing):
    return due_text(filing.clock, filing.seen_on) if filing.clock else filing.decided_on


def clock_tone(filing):
    return SHADES[filing.clock.shade(filing.seen_on)] if filing.clock else ""


class FilingDesk(DeskViewSet):
    name = "filings"
    icon = "form"
    model = Filing
    help = gettext_lazy("A filing is a record of an event, not a licence.")
    related = ("organization__division", "policy")
    filterset_class = FilingFilters
    tab_field = "state"
    list_columns = (
        Column(
            name="organization",
            label=gettext_lazy("Organisation"),
            value=lambda row: row.organization.name,
            sort="organization__name",
        ),
        column(Filing, "kind", tones=KINDS),
        Column(
            name="division",
            label=gettext_lazy("Division"),
            value=lambda row: row.organization.division.name,
            sort="organization__division",
        ),
        "event_on",
        column(Filing, "state", tones=TONES),
        Column(
            name="clock",
            label=gettext_lazy("Due or decided on"),
            value=clock_text,
            tone=clock_tone,
            sort="due_on",
        ),
    )
    exported = (
        Column(
            name="organization",
            label=gettext_lazy("Organisation"),
            value=lambda row: row.organization.name,
        ),
        "kind", "event_on", "state", "submitted_on", "due_on", "decided_on", "reasons",
    )  # fmt: skip
    add = True
    document_kinds = PAPERS
    acts = (
        *[handing_in(name) for name in HANDING_IN],
        step(FILING, "pass_on", filing_steps.pass_on_filing, icon="arrow-right"),
        step(FILING, "file", filing_steps.file_filing, consequences=filing_effects, icon="check"),
        step(
            FILING,
            "send_back",
            filing_steps.send_back_filing,
            consequences=returning_effects,
            icon="rotate",
        ),
        step(
            FILING,
            "refuse",
            filing_steps.refuse_filing,
            consequences=refusing_effects,
            icon="cross",
            grave=True,
        ),
        step(
            FILING,
            "withdraw",
            filing_steps.withdraw_filing,
            consequences=refusing_effects,
            icon="cross",
            grave=True,
        ),
        Act(
            name="file-again",
            label=gettext_lazy("File again"),
            take=filings.file_again,
            permission="add",
            offered=lambda filing: (
                filing.kind == K.SET_UP and filing.state in {F.REFUSED, F.WITHDRAWN}
            ),
            answer=lambda page, filing: redirect(page.desk.url("event", filing.pk)),
            icon="redirect",
        ),
    )

    @cached_property
    def all_acts(self):
        """Papers are added while the draft is open only, on the page of the wizard."""
        return [*self.acts]

    def may_set_up(self, user):
        """Whether the user draws up filings somewhere in a division, not in one organisation."""
        return Division.objects.within(user, "registry.add_filing").exists()

    def get_urlpatterns(self):
        patterns = [
            pattern for pattern in super().get_urlpatterns()
            if pattern.name not in {"index", "inspect", "add"}
        ]  # fmt: skip
        return [path("", self.page(FilingList), name="index"), *page_urls(self), *patterns]

    def ways_on(self, record, page):
        """The letter to the court that the filing caused."""
        if record.state != F.FILED:
            return
        for letter in rows_for(page.request.user, "view", CourtNotice).filter(filing=record):
            yield (
                _("Letter to the court"),
                DESKS["registry.courtnotice"].url("inspect", letter.pk),
                "mail",
                False,
            )

    def tags(self, record):
        return [
            (record.get_state_display(), TONES.get(record.state, "plain")),
            (record.get_kind_display(), "plain"),
        ]

    def sections(self, record, page):
        sections = [self.event(record, page), clock_section(record, page.today)]
        if record.reasons:
            facts = [(record.get_returned_from_display() or _("Decision"), record.reasons)]
            said = Section(name="reasons", heading=_("Reasons given"), icon="warning", facts=facts)
            sections.insert(0, said)
        if record.kind == K.CHANGE:
            sections.append(self.differences(record))
        else:
            sections.append(self.members(record))
        return sections

    def event(self, record, page):
        """The organisation, the event, and who did what."""
        desk = DESKS["registry.organization"]
        seen = desk.rows(page.request.user).filter(pk=record.organization_id).exists()
        url = desk.url("inspect", record.organization_id) if seen else ""
        specs = ["kind", "event_on", "note", "term_number", "term_from_on"]
        specs += ["opened_by", "submitted_by", "submitted_on", "passed_on_by"]
        specs += ["decided_by", "decided_on"]
        facts = [(label, value) for label, value in facts_of(record, *specs) if value]
        if record.kind == K.SET_UP:
            body = record.organization
            names = ["kind", "division", "founding_unit", "needs_minority_member", "number"]
            facts += facts_of(body, *names)
        return Section(
            name="event",
            heading=_("Event"),
            icon="form",
            template="registry/desk/appointment.html",
            context={"links": [(_("Organisation"), record.organization, url)], "facts": facts},
        )

    def differences(self, record):
        """The change, field by field: what it says now, what it is to say."""
        return Section(
            name="differences",
            heading=_("What changes"),
            icon="edit",
            template="registry/desk/filing_differences.html",
            context={"differences": record.differences(), "is_open": record.is_open},
        )

    def members(self, record):
        """Those who make up the committee once it is filed; afterwards who makes it up today."""
        members = [
            (member, APPOINTMENT_TONES.get(member.state, "plain"))
            for member in committee_after(record)
        ]
        return Section(
            name="members",
            heading=_("Members"),
            icon="user",
            template="registry/desk/filing_committee.html",
            context={"members": members},
        )
