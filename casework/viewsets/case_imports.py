"""Imports of cases on the officer's desk: upload, headings, check, preview, enter, undo."""

import tempfile

from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework import actions
from casework.flows import CASE_IMPORT
from casework.forms.case_imports import CaseUploadForm
from casework.imports import progress
from casework.imports.reading import opened, sample
from casework.models import CaseImport, CaseImportRow, CaseRecord
from casework.reports.case_imports import reasons_by_number, said_of, shown
from office.desk.acts import Act, step
from office.desk.columns import Section, column, facts_of
from office.desk.filters import Filters, contains
from office.desk.history import name_acts
from office.desk.pages import DeskPage, RecordPage
from office.desk.records import AddView, InspectView, WritingPage
from office.desk.viewset import DeskViewSet
from registry.flows import ImportState
from registry.forms.imports import HeadingsForm
from registry.imports.report import write_report
from registry.models import Verdict
from registry.viewsets.terms import DivisionFilter, division_column

I = ImportState  # noqa: E741
TONES = {
    I.CHECKING: "info", I.CHECKED: "warn", I.APPLYING: "info", I.APPLIED: "ok",
    I.UNDOING: "info", I.FAILED: "error",
}  # fmt: skip
VERDICT_TONES = {Verdict.NEW: "ok", Verdict.CHANGED: "warn", Verdict.ERROR: "error"}
BUSY = {I.CHECKING, I.APPLYING, I.UNDOING}
REFRESH_SECONDS = 3
LINES_A_PAGE = 50

name_acts(
    receive=gettext_lazy("Upload a file"),
    empty=gettext_lazy("Delete the uploaded file"),
    push=gettext_lazy("Push of a platform"),
)


class CaseImportFilters(Filters):
    file_name = contains("file_name", gettext_lazy("File name"))
    division = DivisionFilter()

    class Meta:
        model = CaseImport
        fields = []


class CaseUploadView(AddView):
    """Receives a file; what it is refused for stands beside the field."""

    def get_page_title(self):
        return _("Import cases")

    @property
    def submit_label(self):
        return _("Upload")

    def carry_out(self, form):
        values = form.values()
        file, organization = values["file"], values.get("organization")
        batch = actions.receive_case_import(
            file,
            division=organization.division if organization else values["division"],
            organization=organization,
            name=file.name,
            by=self.request.user,
        )
        self.done_message = _("The file was uploaded. Check the headings.")
        return self.desk.url("headings", batch.pk)


class CaseHeadingsView(WritingPage, RecordPage):
    """Shows which heading was taken for which column, to be changed; then the file is checked."""

    action = "check"

    def is_permitted(self):
        return super().is_permitted() and self.record.state in CASE_IMPORT.steps["check"].sources

    def get_page_title(self):
        return _("Check the headings")

    @property
    def submit_label(self):
        return _("Check the file")

    def make_form(self, data=None, files=None):
        if not self.record.file:
            raise Http404
        with self.record.file.open("rb") as file:
            sheet, mapping = opened(file)
            with sheet:
                samples = sample(sheet)
        mapping = mapping.overridden(self.record.choices)
        return HeadingsForm(data, user=self.request.user, mapping=mapping, samples=samples)

    def carry_out(self, form):
        user = self.request.user
        actions.settle_case_headings(self.record.pk, choices=form.choices(), by=user)
        actions.check_case_import(self.record.pk, by=user, today=self.today)
        self.done_message = _("The file is being checked.")
        return self.record_url


class CaseImportView(InspectView):
    """The home page of an import; while work is under way it loads itself anew."""

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        if self.record.state in BUSY:
            # Works without any script.
            response["Refresh"] = str(REFRESH_SECONDS)
        return response


class CaseLinesView(RecordPage):
    """The rows of an import by what they do, with their reasons and differences."""

    template_name = "casework/imports/lines.html"

    def get(self, request, *args, **kwargs):
        chosen = request.GET.get("verdict", "")
        verdict = chosen if chosen in SHOWN_VERDICTS else ""
        lines = self.record.lines.order_by("number")
        if verdict:
            lines = lines.filter(verdict=verdict)
        page = Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("p"))
        context = self.get_context_data(
            tabs=tabs_of(self.record, verdict),
            page_obj=page,
            lines=[(one, VERDICT_TONES[one.line.verdict]) for one in shown(page.object_list)],
        )
        response = self.render_to_response(context)
        response["Cache-Control"] = "no-store, private"
        return response

    def get_page_title(self):
        return _("Rows of the file")


class CaseReportView(RecordPage):
    """The refused rows as they stood, with the reasons, as a workbook without any formula."""

    def get(self, request, *args, **kwargs):
        if not self.record.file or not self.record.refused or not self.record.checked_on:
            raise Http404
        said = said_of(self.record.lines.filter(verdict=Verdict.ERROR))
        # Closed by the response once it is sent.
        target = tempfile.TemporaryFile()  # noqa: SIM115
        with self.record.file.open("rb") as file:
            sheet, _mapping = opened(file)
            with sheet:
                write_report(target, sheet, said)
        target.seek(0)
        name = _("Refused rows of import %(number)d.xlsx") % {"number": self.record.pk}
        response = FileResponse(target, as_attachment=True, filename=name)
        response["Cache-Control"] = "no-store, private"
        return response


class OfCaseView(DeskPage):
    """What imports and pushes did to one case, newest first."""

    template_name = "casework/imports/of_case.html"
    action = "view"

    def get(self, request, pk):
        case = get_object_or_404(CaseRecord.objects.within(request.user), pk=pk)
        reached = CaseImport.objects.within(request.user, "casework.view_caseimport")
        lines = CaseImportRow.objects.history_of(case.number).filter(batch__in=reached)
        context = self.get_context_data(
            case=case,
            lines=[
                (one, self.desk.url("inspect", one.line.batch_id)) for one in shown(lines[:100])
            ],
        )
        response = self.render_to_response(context)
        response["Cache-Control"] = "no-store, private"
        return response

    def get_page_title(self):
        return _("Imports of a case")


# Rows that say what is stored are counted only.
SHOWN_VERDICTS = [Verdict.ERROR, Verdict.NEW, Verdict.CHANGED]


def tabs_of(batch, current):
    """Return (label, number of rows, query, whether open) for all rows and each verdict."""
    numbers = dict(zip(SHOWN_VERDICTS, (batch.refused, batch.new, batch.changed), strict=True))
    tabs = [(_("All"), sum(numbers.values()), "?", not current)]
    return tabs + [
        (verdict.label, number, f"?verdict={verdict}", verdict == current)
        for verdict, number in numbers.items()
    ]


def entering_effects(batch, today):
    """What entering the file brings about."""
    said = [
        _("%(new)d new cases are entered and %(changed)d are changed, all of them or none.")
        % {"new": batch.new, "changed": batch.changed}
    ]
    if batch.refused:
        said.append(_("%(refused)d refused rows are left out.") % {"refused": batch.refused})
    return [*said, _("The import can be undone as long as nothing was built upon it.")]


def undoing_effects(batch, today):
    """What undoing brings about."""
    return [
        _("%(new)d cases that the import made are removed.") % {"new": batch.new},
        _("%(changed)d cases say again what they said before.") % {"changed": batch.changed},
    ]


def release(pk, *, by, today, reason):
    # The edge of the request reads the clock.
    actions.release_case_import(pk, by=by, today=today, now=timezone.now())


class CaseImportDesk(DeskViewSet):
    name = "case_imports"
    icon = "upload"
    model = CaseImport
    title = gettext_lazy("Case imports")
    help = gettext_lazy("Cases from .xlsx and CSV files, and what platforms pushed.")
    related = ("division", "organization", "uploaded_by", "key")
    filterset_class = CaseImportFilters
    tab_field = "state"
    list_columns = (
        "file_name", division_column, column(CaseImport, "state", tones=TONES),
        "rows", "new", "changed", "refused", "created_at",
    )  # fmt: skip
    add_form_class = CaseUploadForm
    add = staticmethod(actions.receive_case_import)
    acts = (
        step(
            CASE_IMPORT, "apply", actions.apply_case_import, consequences=entering_effects,
            sensitive=True,
        ),
        step(
            CASE_IMPORT, "undo", actions.undo_case_import, consequences=undoing_effects,
            sensitive=True, grave=True, icon="rotate",
        ),
        step(CASE_IMPORT, "abandon", actions.abandon_case_import, grave=True, icon="bin"),
        Act(
            name="release",
            label=gettext_lazy("Release"),
            take=release,
            permission="check",
            offered=lambda batch: batch.state in BUSY and progress.is_silent(batch, timezone.now()),
            icon="resubmit",
        ),
    )  # fmt: skip

    def get_urlpatterns(self):
        return [
            path("new/", self.page(CaseUploadView), name="add"),
            path("of-case/<int:pk>/", self.page(OfCaseView), name="of_case"),
            path("<int:pk>/", self.page(CaseImportView), name="inspect"),
            path("<int:pk>/headings/", self.page(CaseHeadingsView), name="headings"),
            path("<int:pk>/rows/", self.page(CaseLinesView), name="lines"),
            path("<int:pk>/report/", self.page(CaseReportView), name="report"),
            *super().get_urlpatterns(),
        ]

    def tags(self, record):
        return [(record.get_state_display(), TONES.get(record.state, "plain"))]

    def sections(self, record, page):
        facts = [
            "file_name", division_column, "organization", "key", "uploaded_by", "created_at",
            "checked_on", "rows", "new", "changed", "same", "refused", "digest", "content_digest",
        ]  # fmt: skip
        return [
            self.stage(record, page),
            Section(name="data", heading=_("Data"), facts=facts_of(record, *facts)),
        ]

    def stage(self, record, page):
        """Where the import stands and what comes next."""
        may_check = bool(record.file) and record.state in CASE_IMPORT.steps["check"].sources
        may_apply = record.state == I.CHECKED and record.new + record.changed > 0
        context = {
            "record": record,
            "faults": record.fault.split("\n") if record.fault else [],
            "is_busy": record.state in BUSY,
            "progress": progress.told(record.pk),
            "tabs": tabs_of(record, None)[1:] if record.checked_on else [],
            "reasons": reasons_by_number(record),
            "lines_url": self.url("lines", record.pk),
            "headings_url": self.url("headings", record.pk)
            if may_check and page.may("check")
            else "",
            "apply_url": self.url("act", record.pk, "apply")
            if may_apply and page.may("apply")
            else "",
            "report_url": self.url("report", record.pk) if record.file and record.refused else "",
        }
        return Section(
            name="stage",
            heading=_("State of the import"),
            icon=self.icon,
            template="casework/imports/stage.html",
            context=context,
        )
