"""Files of hotline tickets on the handler's desk: upload and check, preview, enter, result."""

import tempfile

from django.http import Http404
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints import actions
from complaints.flows import HOTLINE_IMPORT, HotlineState
from complaints.forms.hotline_imports import HotlineUploadForm
from complaints.imports.columns import COLUMNS, told
from complaints.models import Channel, EnteredComplaint, HotlineImport, HotlineVerdict
from complaints.models.hotline_import import KEPT_DAYS
from office.desk.acts import step
from office.desk.columns import Section, column, facts_of
from office.desk.exports import IN_MEMORY, downloaded, workbook
from office.desk.forms import DeskForm
from office.desk.pages import DeskPage, RecordPage
from office.desk.records import AddView
from office.desk.viewset import DeskViewSet
from office.policies import rows_for
from office.sheets.writing import ExportColumn, write_template
from registry.viewsets.terms import division_column

S, V = HotlineState, HotlineVerdict
TONES = {S.CHECKED: "warn", S.ENTERED: "ok"}
VERDICT_TONES = {V.NEW: "ok", V.KNOWN: "plain", V.REFUSED: "error"}


class HotlineUploadView(AddView):
    """Receives a file and checks it at once; nothing of it is kept in the clear."""

    def get_page_title(self):
        return _("Import hotline tickets")

    @property
    def submit_label(self):
        return _("Check the file")

    def carry_out(self, form):
        values = form.values()
        batch = actions.check_hotline_file(
            values["file"], division=values["division"], by=self.request.user, today=self.today
        )
        self.done_message = _("The file was checked. Nothing is entered yet.")
        return self.desk.url("inspect", batch.pk)


class TemplateView(DeskPage):
    """The empty form of a file."""

    action = "add"

    def get(self, request):
        target = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 the response closes it
        write_template(target, COLUMNS)
        return downloaded(target, _("Hotline tickets"), "xlsx")


class ResultView(RecordPage):
    """What became of each row, as a workbook: numbers and reasons, no word of a ticket."""

    def get(self, request, *args, **kwargs):
        if self.record.state == S.ABANDONED:
            raise Http404
        columns = [
            ExportColumn(_("Row of the sheet"), 12),
            ExportColumn(_("Ticket number"), 24),
            ExportColumn(_("Result"), 10),
            ExportColumn(_("Complaint number"), 26),
            ExportColumn(_("Why it was refused"), 60),
        ]
        rows = (
            [line.row, line.ticket, line.get_verdict_display(), number, "\n".join(reasons)]
            for line, number, reasons in told_lines(self.record, request.user)
        )
        name = _("Result of the hotline import %(number)d") % {"number": self.record.pk}
        return workbook(name, _("Result"), columns, rows)


def told_lines(batch, user):
    """Return (row, complaint number if the officer may see it, reasons) of every row."""
    lines = list(batch.lines.order_by("row"))
    seen = rows_for(user, "view", EnteredComplaint).filter(
        channel=Channel.HOTLINE, source_number__in={line.ticket for line in lines} - {""}
    )
    numbers = dict(seen.values_list("source_number", "number"))
    return [
        (
            line,
            "" if line.verdict == V.REFUSED else numbers.get(line.ticket, ""),
            [f"{label}：{sentence}" for label, sentence in told(line.faults)],
        )
        for line in lines
    ]


def entering_effects(batch, today):
    """What entering the file brings about."""
    said = [
        _("%(new)d complaints are entered, all of them or none.") % {"new": batch.new},
        _("Their limits run from today, the day on which the tickets reached the bureau."),
    ]
    left = batch.known + batch.refused
    if left:
        said.append(_("%(left)d known or refused rows are left out.") % {"left": left})
    return [*said, _("The sealed rows of the file are destroyed.")]


def abandoning_effects(batch, today):
    return [_("Nothing is entered. The sealed rows of the file are destroyed.")]


class HotlineImportDesk(DeskViewSet):
    name = "hotline_imports"
    icon = "upload"
    model = HotlineImport
    title = gettext_lazy("Hotline imports")
    help = gettext_lazy(
        "Tickets of the hotlines 12345 and 12348 out of .xlsx and CSV files. The limits run from"
        " the day of entry, on which the tickets reached the bureau, not from the call."
    )
    related = ("division", "uploaded_by")
    tab_field = "state"
    list_columns = (
        "checked_on", division_column, column(HotlineImport, "state", tones=TONES),
        "rows", "new", "known", "refused", "uploaded_by",
    )  # fmt: skip
    add_form_class = HotlineUploadForm
    add = staticmethod(actions.check_hotline_file)
    acts = (
        step(
            HOTLINE_IMPORT, "enter", actions.enter_hotline_import, form_class=DeskForm,
            consequences=entering_effects,
        ),
        step(
            HOTLINE_IMPORT, "abandon", actions.abandon_hotline_import, form_class=DeskForm,
            consequences=abandoning_effects, grave=True, icon="bin",
        ),
    )  # fmt: skip

    def get_urlpatterns(self):
        return [
            path("new/", self.page(HotlineUploadView), name="add"),
            path("form/", self.page(TemplateView), name="form"),
            path("<int:pk>/result/", self.page(ResultView), name="result"),
            *[one for one in super().get_urlpatterns() if one.name != "add"],
        ]

    def tags(self, record):
        return [(record.get_state_display(), TONES.get(record.state, "plain"))]

    def ways_on(self, record, page):
        if record.state != S.ABANDONED:
            yield _("Download the result"), self.url("result", record.pk), "download", False

    def sections(self, record, page):
        facts = [
            division_column, "uploaded_by", "checked_on", "ended_on", "rows", "new", "known",
            "refused",
        ]  # fmt: skip
        yield Section(name="data", heading=_("Import"), facts=facts_of(record, *facts))
        if record.state != S.ABANDONED:
            yield self.preview(record, page)

    def preview(self, record, page):
        """Every row with what becomes of it, the refused ones with their reasons."""
        lines = [
            (line, VERDICT_TONES[line.verdict], number, told(line.faults))
            for line, number, _reasons in told_lines(record, page.request.user)
        ]
        order = [V.REFUSED, V.KNOWN, V.NEW]
        return Section(
            name="rows",
            heading=_("Rows of the file"),
            icon="table",
            template="complaints/desk/hotline_rows.html",
            context={
                "lines": sorted(lines, key=lambda told: order.index(told[0].verdict)),
                "record": record,
                "is_waiting": record.state == S.CHECKED,
                "days": KEPT_DAYS,
            },
        )
