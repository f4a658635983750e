"""Pages of one review beside its own: the same yardstick everywhere, as figures and as a file."""

from django.http import HttpResponseNotAllowed
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from grading.reports.review_calibration import Calibration
from office import ledger
from office.desk.exports import workbook
from office.desk.pages import RecordPage
from office.sheets.writing import ExportColumn


class CalibrationView(RecordPage):
    """Mean, spread and share of each band, place by place."""

    action = "statistics"
    template_name = "grading/desk/review_calibration.html"

    def get_page_title(self):
        return _("Compare offices")

    @cached_property
    def calibration(self):
        return Calibration(self.record, self.request.user)

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs):
        found = self.calibration
        tables = [("division", _("By division"), found.by_place())]
        if found.has_offices():
            tables.append(("office", _("By justice office"), found.by_office()))
        return super().get_context_data(
            bands=found.bands,
            tables=tables,
            total=found.total(),
            export_url=self.desk.url("calibration_export", self.record.pk),
            **kwargs,
        )


class CalibrationExportView(CalibrationView):
    """The same by justice office as a workbook."""

    def get(self, request, *args, **kwargs):
        return HttpResponseNotAllowed(["POST"])

    def post(self, request, *args, **kwargs):
        heads = [_("Place"), _("Sheets"), _("With a score"), _("Mean"), _("Spread")]
        columns = [ExportColumn(str(head)) for head in [*heads, *self.calibration.bands]]
        rows = self.calibration.lines()
        told = {"rows": len(rows), "format": "xlsx"}
        ledger.append("grading.reviewcycle.export", self.record, by=request.user, after=told)
        title = self.get_page_title()
        return workbook(f"{self.record}-{title}-{self.today:%Y%m%d}", title, columns, rows)
