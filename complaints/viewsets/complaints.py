"""Complaints on the officer's desk: the queue by days left, the case for those given it."""

import django_filters
from django.db.models import Prefetch
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from complaints.flows import ComplaintState
from complaints.models import Channel, Complaint, ComplaintClock, Mode, Urgency
from complaints.views.keeping import kept_nowhere
from complaints.viewsets.complaint_acts import BESIDE, LEAVING, SCREENING
from complaints.viewsets.complaint_pages import (
    CaseView,
    EvidenceView,
    IdentityPage,
    QueueExport,
    QueueView,
)
from complaints.viewsets.complaint_sections import sections_of
from complaints.viewsets.decisions import (
    DECISION_ACTS,
    WITNESS_ACTS,
    decision_paths,
    decision_sections,
)
from complaints.viewsets.task_sheets import sheet_sections
from office.desk.columns import Column, column
from office.desk.filters import Filters, choice, contains, day
from office.desk.viewset import DeskViewSet
from registry.viewsets.terms import DivisionFilter, division_column

S = ComplaintState
TONES = {
    S.RECEIVED: "warn", S.SCREENING: "info", S.AWAITING_MATERIAL: "plain", S.ACCEPTED: "info",
    S.REJECTED: "plain", S.LEAD: "info", S.REPLIED: "ok", S.FINAL: "ok", S.CLOSED: "plain",
}  # fmt: skip
URGENCY = {Urgency.NORMAL: "", Urgency.URGENT: "error"}
MODES = {Mode.NAMED: "", Mode.CONFIDENTIAL: "warn", Mode.ANONYMOUS: "info"}
TABS = [
    ("new", pgettext_lazy("complaints", "New")),
    ("screening", gettext_lazy("In screening")),
    ("inquiry", gettext_lazy("Being looked into")),
    ("replied", gettext_lazy("Replied, under review")),
    ("lead", gettext_lazy("Leads")),
    ("unsettled", gettext_lazy("Withdrawn, to be looked at")),
    ("ended", pgettext_lazy("complaints", "Ended")),
]
MINE = [("mine", gettext_lazy("Mine")), ("nobody", gettext_lazy("Nobody"))]
DUE = [("over", gettext_lazy("Over")), ("provisional", gettext_lazy("Provisional"))]
# What may be done without being given the case: seeing that it is there, and taking it up.
OPEN = {"view", "export", "screen", "take", "lead"}
# What those who may steer can do without reading, and otherwise the handler alone.
STEERED = {"transfer"}
# What only the handler does. Everything else needs the case to be given, in whatever part.
HANDLERS = {
    "ask_material", "go_on", "lapse", "accept", "reject", "make_lead", "pursue", "withdraw",
    "merge", "suspend", "unmask",
}  # fmt: skip
LEAD = "complaints.lead_complaint"


class ComplaintFilters(Filters):
    number = contains("number", gettext_lazy("Complaint number"))
    channel = choice("channel", gettext_lazy("Channel"), Channel.choices)
    mode = choice("mode", gettext_lazy("Way of complaining"), Mode.choices)
    urgency = choice("urgency", gettext_lazy("Urgency"), Urgency.choices)
    state = choice("state", gettext_lazy("State"), ComplaintState.choices)
    handler = django_filters.ChoiceFilter(
        choices=MINE,
        label=gettext_lazy("Handler"),
        method="handled_by",
        empty_label=gettext_lazy("All"),
    )
    limit = django_filters.ChoiceFilter(
        choices=DUE,
        label=gettext_lazy("Limit"),
        method="limited",
        empty_label=gettext_lazy("All"),
    )
    division = DivisionFilter()
    received_from = day("received_on", gettext_lazy("Received from"), "gte")
    received_to = day("received_on", gettext_lazy("Received until"), "lte")

    class Meta:
        model = Complaint
        fields = []

    def handled_by(self, rows, name, value):
        wanted = self.request.user if value == "mine" else None
        return rows.filter(handler=wanted)

    def limited(self, rows, name, value):
        running = ComplaintClock.objects.duties()
        found = {
            "over": running.filter(due_on__lt=timezone.localdate()),
            "provisional": running.filter(is_provisional=True),
        }[value]
        return rows.filter(pk__in=found.values("complaint"))


def limit_label(row):
    return row.next_limit.label if row.next_limit else ""


def limit_text(row):
    return row.next_limit.text if row.next_limit else row.closed_on


def limit_tone(row):
    return row.next_limit.tone if row.next_limit else ""


COLUMNS = (
    "number",
    Column(name="limit", label=gettext_lazy("Next limit"), value=limit_label),
    Column(
        name="next_due",
        label=gettext_lazy("Days left"),
        value=limit_text,
        tone=limit_tone,
        sort="next_due",
    ),
    column(Complaint, "state", tones=TONES),
    column(Complaint, "urgency", tones=URGENCY),
    Column(
        name="handler",
        label=gettext_lazy("Handler"),
        value=lambda row: row.handler.get_full_name() if row.handler else "",
    ),
    "received_on",
    column(Complaint, "channel"),
    column(Complaint, "mode", tones=MODES),
    division_column,
)


class ComplaintDesk(DeskViewSet):
    """Nothing listed here says who complained, of whom, or why: that lies in the case alone."""

    name = "complaints"
    icon = "warning"
    model = Complaint
    help = gettext_lazy("Whoever takes a complaint up may read it; nobody else may.")
    related = ("division", "handler")
    filterset_class = ComplaintFilters
    tab_field = "group"
    tab_choices = TABS
    list_columns = COLUMNS
    exported = COLUMNS
    # What carries a complaint on comes first.
    acts = (*SCREENING, *DECISION_ACTS, *BESIDE, *LEAVING, *WITNESS_ACTS)
    bulk = ("close",)

    def rows(self, user, action="view"):
        running = ComplaintClock.objects.duties().select_related("policy")
        running = Prefetch("clocks", running.prefetch_related("pauses"), to_attr="running")
        rows = super().rows(user, action).with_limits().with_group().prefetch_related(running)
        if action in OPEN or (action in STEERED and user.has_perm(LEAD)):
            return rows
        rows = rows.readable_by(user)
        return rows.filter(handler=user) if action in HANDLERS | STEERED else rows

    def gives(self, action, page):
        """Whether the case is given to the officer as far as an action on its page needs it."""
        if action in OPEN or (action in STEERED and page.request.user.has_perm(LEAD)):
            return True
        return page.handles if action in HANDLERS | STEERED else page.reads

    def page(self, view_class):
        return kept_nowhere(super().page(view_class))

    def get_urlpatterns(self):
        return [
            path("", self.page(QueueView), name="index"),
            path("export/", self.page(QueueExport), name="export"),
            path("<int:pk>/", self.page(CaseView), name="inspect"),
            *super().get_urlpatterns(),
            path("<int:pk>/evidence/<int:evidence>/", self.page(EvidenceView), name="evidence"),
            path("<int:pk>/identity/<int:view>/", self.page(IdentityPage), name="identity"),
            *decision_paths(self),
        ]

    def tags(self, record):
        shown = [(record.get_state_display(), TONES.get(record.state, "plain"))]
        if record.is_suspended:
            shown.append((pgettext("complaint", "suspended"), "warn"))
        if record.urgency == Urgency.URGENT:
            shown.append((record.get_urgency_display(), "error"))
        return shown

    def sections(self, record, page):
        return [
            *sections_of(record, page),
            *(sheet_sections(record, page) if page.reads else []),
            *decision_sections(record, page),
        ]
