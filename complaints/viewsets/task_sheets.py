"""Task sheets on the handlers' desk: drawn up, redacted, routed, decided by two, supervised."""

import django_filters
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from complaints import actions, vault
from complaints.actions.received_sheets import (
    why_not_on_paper,
)
from complaints.actions.sheet_words import approved_text
from complaints.flows import ComplaintState, SheetState
from complaints.flows.task_sheet import GONE_OUT, OPEN, WAS_SENT, WITH_THE_UNIT
from complaints.forms.task_sheets import (
    DrawForm,
)
from complaints.models import TaskSheet
from complaints.reports.task_sheets import (
    about,
    grounds_of,
    side_by_side,
    way_told,
    words_for_handlers,
)
from complaints.views.keeping import kept_nowhere
from complaints.viewsets.sheet_acts import ACTS
from complaints.viewsets.sheet_pages import (
    LIMITS,
    SECONDS,
    TONES,
    FindingsPaperView,
    SheetPaperView,
    SheetView,
    findings_section,
    limits_of,
    number_column,
    plain_section,
    state_column,
    words_section,
)
from office.desk.columns import Column, Section
from office.desk.filters import Filters
from office.desk.history import name_acts
from office.desk.viewset import DESKS, DeskViewSet

S = SheetState
name_acts(
    draw=gettext_lazy("Draw up a task sheet"),
    rewrite=gettext_lazy("Edit the text"),
    route=gettext_lazy("Choose the unit"),
    remind=gettext_lazy("Remind the unit"),
    supervise=gettext_lazy("Have the unit supervised"),
    side=gettext_lazy("The person complained of stated a side"),
)
TABS = [
    ("draft", pgettext_lazy("task sheets", "Drafts")),
    ("proposed", pgettext_lazy("task sheets", "With the second person")),
    ("returned", pgettext_lazy("task sheets", "Returned")),
    ("sent", pgettext_lazy("task sheets", "With the unit")),
    ("objected", pgettext_lazy("task sheets", "Objected to")),
    ("reported", pgettext_lazy("task sheets", "Findings in")),
    ("sent_back", pgettext_lazy("task sheets", "Findings returned")),
    ("done", pgettext_lazy("task sheets", "Done")),
    ("recalled", pgettext_lazy("task sheets", "Taken back")),
]


class TaskSheetFilters(Filters):
    late = django_filters.ChoiceFilter(
        choices=[("late", gettext_lazy("Overdue"))],
        label=gettext_lazy("Limit"),
        method="overdue",
        empty_label=gettext_lazy("All"),
    )

    class Meta:
        model = TaskSheet
        fields = ["state"]

    def overdue(self, rows, name, value):
        """The sheets whose units are late."""
        return rows.overdue(timezone.localdate())


OVERDUE = Column(
    name="overdue",
    label=gettext_lazy("Overdue"),
    value=lambda row: _("overdue") if is_late(row) else "",
    tone=lambda row: "error" if is_late(row) else "",
)


def is_late(row):
    due = row.findings_due_on
    return due is not None and due < timezone.localdate() and row.state in WITH_THE_UNIT


class TaskSheetDesk(DeskViewSet):
    """What handlers send to units. The list names nobody; the text is in the case."""

    name = "task_sheets"
    icon = "clipboard-list"
    model = TaskSheet
    help = gettext_lazy("A sheet goes out redacted, and only once a second person approved it.")
    related = ("complaint__mediator", "complaint__organization", "complaint__division",
               "organization", "division", "supervisor", "drawn_by", "second")  # fmt: skip
    filterset_class = TaskSheetFilters
    tab_field = "state"
    tab_choices = TABS
    list_columns = (
        number_column(),
        Column(
            name="addressee",
            label=gettext_lazy("Unit"),
            value=lambda row: str(row.addressee),
        ),
        state_column(TaskSheet),
        "sent_on",
        *LIMITS,
        OVERDUE,
        Column(
            name="drawn_by",
            label=gettext_lazy("Drawn up by"),
            value=lambda row: row.drawn_by.get_full_name(),
        ),
    )
    add_form_class = DrawForm
    add = staticmethod(
        lambda *, by, today, complaint: actions.draw_sheet(complaint, by=by, today=today)
    )
    acts = ACTS

    def rows(self, user, action="view"):
        """All sheets for who handles; deciding is for the second person, the rest for others."""
        rows = super().rows(user, action).with_limits()
        if action == "view":
            return rows
        return rows.filter(second=user) if action in SECONDS else rows.exclude(second=user)

    def initial(self, request):
        return {"complaint": request.GET.get("complaint")}

    def page(self, view_class):
        return kept_nowhere(super().page(view_class))

    def get_urlpatterns(self):
        return [
            path("<int:pk>/", self.page(SheetView), name="inspect"),
            *super().get_urlpatterns(),
            path("<int:pk>/paper/", self.page(SheetPaperView), name="paper"),
            path(
                "<int:pk>/findings/<int:paper>/",
                self.page(FindingsPaperView),
                name="findings_paper",
            ),
        ]

    def tags(self, record):
        shown = [(record.get_state_display(), TONES.get(record.state, "plain"))]
        return [*shown, (_("overdue"), "error")] if is_late(record) else shown

    def ways_on(self, record, page):
        if record.state not in WAS_SENT:
            return []
        return [(_("Task sheet (PDF)"), self.url("paper", record.pk), "download", False)]

    def sections(self, record, page):
        try:
            return [data(record), way(record, page), *texts(record), *self.answers(record)]
        except vault.Destroyed:
            return [data(record), destroyed()]

    def answers(self, record):
        found = [words_section(words_for_handlers(record))]
        if record.state in WAS_SENT:
            found.insert(0, findings_section(self, record))
        return found


def data(record):
    """The sheet's facts, for those who handle the complaint."""
    on_paper = record.state in GONE_OUT and not why_not_on_paper(record, timezone.localdate())
    facts = [
        (_("Complaint"), record.complaint),
        (_("Complained of"), about(record)),
        (_("Grounds"), "、".join(grounds_of(record))),
        (_("Unit"), record.addressee),
        *(
            [(_("How it gets there"), _("on paper: nobody there has an account"))]
            if on_paper
            else []
        ),
        (_("Drawn up by"), record.drawn_by),
        (_("Second person"), record.second or ""),
        (_("Approved by"), record.approved_by or ""),
        (_("Sent on"), record.sent_on),
        *([(_("Taken back on"), record.recalled_on)] if record.recalled_on else []),
        *limits_of(record),
        (_("Supervised by"), record.supervising_office),
    ]
    return Section(name="data", heading=_("Task sheet"), icon="clipboard-list", facts=facts)


def way(record, page):
    """Which units could be asked, and why those passed over are."""
    return Section(
        name="way",
        heading=_("To whom it goes"),
        icon="arrow-up",
        template="complaints/desk/sheet_way.html",
        context={"stops": way_told(record, page.today)},
    )


def texts(record):
    """The original beside what the unit is to read, and after the approval what it read."""
    if record.state in WAS_SENT:
        return [plain_section("text", _("What the unit reads"), approved_text(record))]
    return [
        Section(
            name="text",
            heading=_("Original and redacted text"),
            icon="doc-full-inverse",
            template="complaints/desk/side_by_side.html",
            context=side_by_side(record),
        )
    ]


def destroyed():
    facts = [(_("Sealed parts"), _("The key was destroyed: nothing of it can be read again."))]
    return Section(name="destroyed", heading=_("What was said"), icon="lock", facts=facts)


def sheet_sections(record, page):
    """Return the section of task sheets for the page of a complaint, for who may read it."""
    user, desk = page.request.user, DESKS.get(TaskSheet._meta.label_lower)
    if desk is None or not desk.permits(user, "view"):
        return []
    rows = desk.rows(user).filter(complaint=record).order_by("pk")
    sheets = [(row, desk.url("inspect", row.pk), TONES[row.state], is_late(row)) for row in rows]
    waits = record.state == ComplaintState.ACCEPTED and not any(
        row.state in OPEN for row, *_rest in sheets
    )
    may_draw = waits and desk.permits(user, "add") and actions.may_read(record, user)
    return [
        Section(
            name="sheets",
            heading=_("Task sheets"),
            icon="clipboard-list",
            template="complaints/desk/sheets.html",
            context={
                "sheets": sheets,
                "draw": f"{desk.url('add')}?complaint={record.pk}" if may_draw else "",
            },
        )
    ]
