"""Task sheets on the desks of units: what they were sent, and what they answer."""

from datetime import timedelta

from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from complaints import actions, vault
from complaints.actions.sheet_words import approved_text
from complaints.flows import TASK_SHEET, SheetState
from complaints.forms.task_sheets import ReportForm, SendForm, WordsForm
from complaints.models import ReceivedSheet, SupervisedSheet
from complaints.reports.task_sheets import about, grounds_of, words_for_the_unit
from complaints.views.keeping import kept_nowhere
from complaints.viewsets.sheet_acts import is_with_the_unit
from complaints.viewsets.sheet_pages import (
    LIMITS,
    TONES,
    FindingsPaperView,
    SheetPaperView,
    findings_section,
    limits_of,
    number_column,
    plain_section,
    state_column,
    words_section,
)
from complaints.viewsets.task_sheets import OVERDUE, destroyed, is_late
from office.desk.acts import Act, step
from office.desk.columns import Column, Section
from office.desk.filters import Filters
from office.desk.lists import IndexView
from office.desk.viewset import DeskViewSet
from office.policies import permission_for

S = SheetState
TABS = [
    ("sent", pgettext_lazy("received sheets", "To be looked into")),
    ("sent_back", pgettext_lazy("received sheets", "Findings came back")),
    ("reported", pgettext_lazy("received sheets", "Reported")),
    ("objected", pgettext_lazy("received sheets", "Objected to")),
    ("done", pgettext_lazy("received sheets", "Done")),
]
TEXT_SHOWN = {
    "template": "complaints/desk/received_act.html",
    "shown": lambda page: {"sheet_text": approved_text(page.record)},
}


# So long the unit is told on its list that a sheet was taken back.
TOLD_FOR = timedelta(days=30)


class ReceivedIndexView(IndexView):
    """The sheets of a unit; of those taken back lately the number and the day, and no more."""

    def get_context_data(self, **kwargs):
        permission = permission_for("view", self.model)
        rows = self.model.objects.taken_back_from(
            self.request.user, permission, since=self.today - TOLD_FOR
        )
        rows = rows.select_related("complaint")
        return super().get_context_data(taken_back=rows, **kwargs)


class ReceivedSheetFilters(Filters):
    class Meta:
        model = ReceivedSheet
        fields = ["state"]


class SupervisedSheetFilters(Filters):
    class Meta:
        model = SupervisedSheet
        fields = ["state"]


class ReceivedSheetDesk(DeskViewSet):
    """The redacted sheet, its limits, and nothing of the complaint it was drawn from."""

    name = "received_sheets"
    icon = "clipboard-list"
    model = ReceivedSheet
    help = gettext_lazy(
        "Look into it with two people and hear the person complained of. Do not try to find out"
        " who complained; retaliation is forbidden."
    )
    related = ("complaint__mediator", "complaint__organization", "organization", "division")
    filterset_class = ReceivedSheetFilters
    tab_field = "state"
    tab_choices = TABS
    history = False
    index_template = "complaints/desk/received_sheets.html"
    list_columns = (
        number_column(),
        state_column(ReceivedSheet),
        "sent_on",
        *LIMITS,
        OVERDUE,
    )
    acts = (
        step(
            TASK_SHEET,
            "report",
            actions.report_findings,
            form_class=ReportForm,
            **TEXT_SHOWN,
        ),
        step(
            TASK_SHEET,
            "object",
            actions.object_to_sheet,
            form_class=WordsForm,
            consequences=lambda row, today: [_("The task goes back to who sent it.")],
            grave=True,
            icon="cross",
            **TEXT_SHOWN,
        ),
        Act(
            name="recuse",
            label=gettext_lazy("Stand back"),
            take=actions.stand_back,
            permission="recuse",
            form_class=SendForm,
            offered=is_with_the_unit,
            consequences=lambda row, today: [
                _("You declare to have a part in it, or to be kin to who is complained of."),
                _("You no longer see the sheet."),
            ],
            answer=lambda page, result: redirect(page.desk.url("index")),
            grave=True,
            icon="lock",
        ),
    )

    def rows(self, user, action="view"):
        return super().rows(user, action).with_limits()

    def page(self, view_class):
        return kept_nowhere(super().page(view_class))

    def get_urlpatterns(self):
        return [
            path("", self.page(ReceivedIndexView), name="index"),
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
        return [(_("Task sheet (PDF)"), self.url("paper", record.pk), "download", False)]

    def sections(self, record, page):
        facts = [
            (_("Complained of"), about(record)),
            (_("Grounds"), "、".join(grounds_of(record))),
            (_("Sent on"), record.sent_on),
            *limits_of(record),
        ]
        shown = Section(name="data", heading=_("Task sheet"), icon="clipboard-list", facts=facts)
        try:
            return [
                shown,
                plain_section("text", _("What is complained of"), approved_text(record)),
                findings_section(self, record),
                words_section(words_for_the_unit(record)),
            ]
        except vault.Destroyed:
            return [shown, destroyed()]


class SupervisedSheetDesk(ReceivedSheetDesk):
    """Sheets of other units that this office was asked to press for: it reads them."""

    name = "supervised_sheets"
    icon = "warning"
    model = SupervisedSheet
    help = gettext_lazy("The unit is late: see to it that it reports.")
    filterset_class = SupervisedSheetFilters
    list_columns = (
        number_column(),
        Column(
            name="addressee",
            label=gettext_lazy("Unit"),
            value=lambda row: str(row.addressee),
        ),
        state_column(SupervisedSheet),
        "sent_on",
        *LIMITS,
        OVERDUE,
    )
    acts = ()
