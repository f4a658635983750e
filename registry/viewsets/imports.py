"""Imports on the officer's desk: upload, headings, check, preview, enter, undo."""

import tempfile

from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import Act, step
from office.desk.columns import Section, column, facts_of
from office.desk.filters import Filters, choice, contains
from office.desk.history import name_acts
from office.desk.pages import RecordPage
from office.desk.records import AddView, InspectView, WritingPage
from office.desk.viewset import DeskViewSet
from registry.actions import imports
from registry.flows import IMPORT, ImportState
from registry.forms.imports import HeadingsForm, UploadForm
from registry.imports import progress
from registry.imports.reading import opened, sample
from registry.imports.report import Said, write_report
from registry.models import ImportBatch, ImportKind, Verdict
from registry.reports.imports import shown
from registry.viewsets.terms import DivisionFilter, division_column

I = ImportState  # noqa: E741
TONES = {
    I.CHECKING: "info",
    I.CHECKED: "warn",
    I.APPLYING: "info",
    I.APPLIED: "ok",
    I.UNDOING: "info",
    I.FAILED: "error",
}
BUSY = {I.CHECKING, I.APPLYING, I.UNDOING}
REFRESH_SECONDS = 3
LINES_A_PAGE = 50

name_acts(
    **{"import": gettext_lazy("Import from a file")},
    undo_import=gettext_lazy("Undo the import"),
    receive=gettext_lazy("Upload a file"),
    empty=gettext_lazy("Delete the uploaded file"),
)


class ImportFilters(Filters):
    file_name = contains("file_name", gettext_lazy("File name"))
    division = DivisionFilter()
    kind = choice("kind", gettext_lazy("What the file lists"), ImportKind.choices)

    class Meta:
        model = ImportBatch
        fields = ["file_name", "division", "kind"]


class UploadView(AddView):
    """Receives a file; what it is refused for stands beside the field."""

    def get_page_title(self):
        return _("Import a roster")

    @property
    def submit_label(self):
        return _("Upload")

    def carry_out(self, form):
        values = form.values()
        file = values["file"]
        batch = imports.receive_import(
            file,
            kind=values["kind"],
            division=values["division"],
            name=file.name,
            by=self.request.user,
        )
        self.done_message = _("The file was uploaded. Check the headings.")
        return self.desk.url("headings", batch.pk)


class HeadingsView(WritingPage, RecordPage):
    """Shows which heading was taken for which column, to be changed; then the file is checked."""

    action = "check"

    def is_permitted(self):
        return super().is_permitted() and self.record.state in IMPORT.steps["check"].sources

    def get_page_title(self):
        return _("Check the headings")

    @property
    def submit_label(self):
        return _("Check the file")

    def make_form(self, data=None, files=None):
        if not self.record.file:
            raise Http404
        with self.record.file.open("rb") as file:
            sheet, mapping = opened(file, self.record.kind)
            with sheet:
                samples = sample(sheet)
        return HeadingsForm(
            data,
            user=self.request.user,
            mapping=mapping.overridden(self.record.choices),
            samples=samples,
        )

    def carry_out(self, form):
        user = self.request.user
        imports.settle_headings(self.record.pk, choices=form.choices(), by=user)
        imports.check_import(self.record.pk, by=user, today=self.today)
        self.done_message = _("The file is being checked.")
        return self.record_url


class ImportView(InspectView):
    """The home page of an import; while work is under way it loads itself anew."""

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        if self.record.state in BUSY:
            # Works without any script.
            response["Refresh"] = str(REFRESH_SECONDS)
        return response


class LinesView(RecordPage):
    """The rows of an import by what they would do, with their reasons and differences."""

    template_name = "registry/imports/lines.html"

    def get(self, request, *args, **kwargs):
        chosen = request.GET.get("verdict", "")
        verdict = chosen if chosen in Verdict.values else ""
        lines = self.record.lines.order_by("number")
        if verdict:
            lines = lines.filter(verdict=verdict)
        page = Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("p"))
        context = self.get_context_data(
            tabs=tabs_of(self.record, verdict),
            page_obj=page,
            lines=shown(page.object_list, self.record.kind),
        )
        response = self.render_to_response(context)
        response["Cache-Control"] = "no-store, private"
        return response

    def get_page_title(self):
        return _("Rows of the file")


class ReportView(RecordPage):
    """The result file: refused rows and rows with remarks, as they stood, with the reasons."""

    def get(self, request, *args, **kwargs):
        if not self.record.file or not self.record.checked_on:
            raise Http404
        lines = self.record.lines.exclude(faults=[], remarks=[]).defer("content")
        said = {
            line.number: Said(line.number, line.sheet_row, line.verdict, line.faults, line.remarks)
            for line in lines
        }
        # Closed by the response once it is sent.
        target = tempfile.TemporaryFile()  # noqa: SIM115
        with self.record.file.open("rb") as file:
            sheet, _mapping = opened(file, self.record.kind)
            with sheet:
                write_report(target, sheet, said)
        target.seek(0)
        name = _("Result of import %(number)d.xlsx") % {"number": self.record.pk}
        response = FileResponse(target, as_attachment=True, filename=name)
        response["Cache-Control"] = "no-store, private"
        return response


def tabs_of(batch, current):
    """Return (label, number of rows, query, whether open) for all rows and each verdict."""
    numbers = {
        Verdict.ERROR: batch.refused,
        Verdict.NEW: batch.new,
        Verdict.CHANGED: batch.changed,
        Verdict.SAME: batch.same,
    }
    tabs = [(_("All"), batch.rows, "?", not current)]
    return tabs + [
        (verdict.label, number, f"?verdict={verdict}", verdict == current)
        for verdict, number in numbers.items()
    ]


def entering_effects(batch, today):
    """What entering the file brings about."""
    said = [
        _("%(new)d new records are entered and %(changed)d are changed, all of them or none.")
        % {"new": batch.new, "changed": batch.changed}
    ]
    if batch.refused:
        said.append(_("%(refused)d refused rows are left out.") % {"refused": batch.refused})
    return [*said, _("The import can be undone as long as nobody has changed its records.")]


def undoing_effects(batch, today):
    """What undoing brings about."""
    return [
        _("%(new)d records that the import made are removed.") % {"new": batch.new},
        _("%(changed)d records say again what they said before.") % {"changed": batch.changed},
    ]


def release(pk, *, by, today, reason):
    # The edge of the request reads the clock.
    imports.release_import(pk, by=by, today=today, now=timezone.now())


class ImportDesk(DeskViewSet):
    name = "imports"
    icon = "upload"
    model = ImportBatch
    help = gettext_lazy("Rosters of organisations and mediators from .xlsx or CSV files.")
    related = ("division", "uploaded_by")
    filterset_class = ImportFilters
    tab_field = "state"
    list_columns = (
        "file_name", "kind", division_column, column(ImportBatch, "state", tones=TONES),
        "rows", "new", "changed", "refused", "created_at",
    )  # fmt: skip
    add_form_class = UploadForm
    add = staticmethod(imports.receive_import)
    acts = (
        step(
            IMPORT,
            "apply",
            imports.apply_import,
            consequences=entering_effects,
            sensitive=True,
        ),
        step(
            IMPORT,
            "undo",
            imports.undo_import,
            consequences=undoing_effects,
            sensitive=True,
            grave=True,
            icon="rotate",
        ),
        step(IMPORT, "abandon", imports.abandon_import, grave=True, icon="bin"),
        Act(
            name="release",
            label=gettext_lazy("Release"),
            take=release,
            permission="check",
            offered=lambda batch: batch.state in BUSY and progress.is_silent(batch, timezone.now()),
            icon="resubmit",
        ),
    )

    def get_urlpatterns(self):
        return [
            path("new/", self.page(UploadView), name="add"),
            path("<int:pk>/", self.page(ImportView), name="inspect"),
            path("<int:pk>/headings/", self.page(HeadingsView), name="headings"),
            path("<int:pk>/rows/", self.page(LinesView), name="lines"),
            path("<int:pk>/report/", self.page(ReportView), name="report"),
            *super().get_urlpatterns(),
        ]

    def tags(self, record):
        tone = TONES.get(record.state, "plain")
        return [(record.get_state_display(), tone), (record.get_kind_display(), "plain")]

    def sections(self, record, page):
        facts = [
            "file_name", "kind", division_column, "uploaded_by", "created_at", "checked_on", "rows",
            "new", "changed", "same", "refused", "repaired", "remarked", "digest",
        ]  # fmt: skip
        return [
            self.stage(record, page),
            Section(name="data", heading=_("Data"), facts=facts_of(record, *facts)),
        ]

    def stage(self, record, page):
        """Where the import stands and what comes next."""
        earlier = (
            ImportBatch.objects.within(page.request.user)
            .filter(digest=record.digest, pk__lt=record.pk)
            .exclude(state=I.ABANDONED)
            .first()
        )
        context = {
            "record": record,
            "faults": record.fault.split("\n") if record.fault else [],
            "is_busy": record.state in BUSY,
            "progress": progress.told(record.pk),
            "tabs": tabs_of(record, None)[1:] if record.checked_on else [],
            "lines_url": self.url("lines", record.pk),
            "headings_url": self.url("headings", record.pk)
            if record.state in IMPORT.steps["check"].sources and page.may("check")
            else "",
            "apply_url": self.url("act", record.pk, "apply")
            if record.state == I.CHECKED and record.new + record.changed and page.may("apply")
            else "",
            "report_url": self.url("report", record.pk)
            if record.file and record.refused + record.remarked
            else "",
            "earlier": earlier,
            "earlier_url": self.url("inspect", earlier.pk) if earlier else "",
        }
        return Section(
            name="stage",
            heading=_("State of the import"),
            icon=self.icon,
            template="registry/imports/stage.html",
            context=context,
        )
