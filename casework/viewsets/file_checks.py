"""File checks on the desk: the drawn files, what is missing in them, and how they scored."""

from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from casework.actions import file_checks
from casework.flows import FILE_CHECK, FileCheckState
from casework.forms.file_checks import CheckFileForm, HandBackForm, NewFileCheckForm, ScoreForm
from casework.models import FileCheck
from casework.notices.check_sheets import check_sheet
from casework.viewsets.columns import body_column, case_column
from office.desk.acts import step
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, contains
from office.desk.history import name_acts
from office.desk.viewset import DeskViewSet
from registry.viewsets.papers import PaperView
from registry.viewsets.terms import DivisionFilter

name_acts(open_check=gettext_lazy("Open a file check"))
F = FileCheckState
TONES = {
    F.DRAWN: "warn", F.CHECKED: "info", F.RETURNED: "error", F.COMPLETED: "info", F.SCORED: "ok",
    F.DROPPED: "plain",
}  # fmt: skip


class FileCheckFilters(Filters):
    number = contains("case__number", gettext_lazy("Case number"))
    organization = contains("case__organization__name", gettext_lazy("Organisation"))
    division = DivisionFilter(field_name="case__division")

    class Meta:
        model = FileCheck
        fields = []


class FileCheckDesk(DeskViewSet):
    name = "file_checks"
    icon = "doc-full-inverse"
    model = FileCheck
    help = gettext_lazy(
        "One officer compares the file with the contents list, another one scores it. Neither has"
        " mediated the case."
    )
    related = ("case__organization", "case__division", "case__dispute_type", "scheme")
    filterset_class = FileCheckFilters
    tab_field = "state"
    list_columns = (
        case_column,
        body_column,
        column(FileCheck, "state", tones=TONES),
        Column(
            name="missing",
            label=pgettext_lazy("papers", "Missing"),
            value=lambda row: row.told(row.missing),
        ),
        "score",
        "opened_on",
        "checked_on",
    )
    exported = (*list_columns, "to_complete", "returned_on", "completed_on", "scored_on")
    add_form_class = NewFileCheckForm
    add = staticmethod(file_checks.open_check)
    acts = (
        step(FILE_CHECK, "check", file_checks.check_file, form_class=CheckFileForm),
        step(FILE_CHECK, "score", file_checks.score_file, form_class=ScoreForm, icon="pick"),
        step(
            FILE_CHECK,
            "hand_back",
            file_checks.hand_back_file,
            form_class=HandBackForm,
            icon="rotate",
        ),
        step(FILE_CHECK, "complete", file_checks.complete_file, form_class=CheckFileForm),
        step(FILE_CHECK, "drop", file_checks.drop_check, grave=True, icon="cross"),
    )

    def tags(self, record):
        return [(record.get_state_display(), TONES[record.state])]

    def sections(self, record, page):
        return [
            Section(
                name="data",
                heading=_("File check"),
                icon="doc-full-inverse",
                facts=self.facts(record, page),
            ),
            Section(
                name="scores",
                heading=_("Quality score"),
                icon="pick",
                template="casework/desk/includes/file_scores.html",
                context={"check": record, "lines": marks_of(record)},
            ),
        ]

    def facts(self, record, page):
        facts = facts_of(record, *self.list_columns, "to_complete", "returned_on", "completed_on")
        facts.append((_("Found in the file"), record.told(record.found)))
        facts.append((pgettext("papers", "Required"), record.told(record.expected)))
        if page.may("check"):
            # They may name people, and the organisation is told what to complete.
            facts += facts_of(record, "remarks", "checked_by", "scored_by")
        return facts

    def ways_on(self, record, page):
        return [(_("Check sheet (PDF)"), self.url("sheet", record.pk), "download", False)]

    def get_urlpatterns(self):
        sheet = PaperView.as_view(desk=self, paper=staticmethod(check_sheet))
        return [*super().get_urlpatterns(), path("<int:pk>/sheet/", sheet, name="sheet")]


def marks_of(check):
    """Return (item, most points, points given) of a scored check."""
    if check.scheme is None:
        return []
    items = check.scheme.items.all()
    return [(str(item), item.points, check.marks.get(item.code)) for item in items]
