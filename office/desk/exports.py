"""Rows of a list as a file: only those in scope, as filtered, with labels instead of codes."""

import tempfile
from dataclasses import dataclass

from allauth.core.exceptions import ReauthenticationRequired
from django import forms
from django.http import FileResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office import ledger
from office.accounts.reauthentication import needs_reauthentication
from office.desk.forms import DeskForm, ReasonForm
from office.desk.lists import ListPage
from office.desk.pages import FormPage
from office.policies import permission_for
from office.scopes import grants_of
from office.sheets.writing import ExportColumn, write_csv, write_xlsx

FORMATS = [("xlsx", gettext_lazy("Excel workbook (.xlsx)")), ("csv", "CSV (.csv)")]
CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
CHUNK = 2_000
IN_MEMORY = 4 * 1024 * 1024


def workbook(name, title, columns, rows):
    """Return a workbook of the rows (lists of cells) as a download; ``name`` without its ending."""
    target = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 the response closes it
    write_xlsx(target, title, columns, rows)
    return downloaded(target, name, "xlsx")


def downloaded(target, name, file_format):
    """Return a written file as a download that nobody keeps."""
    target.seek(0)
    response = FileResponse(
        target,
        as_attachment=True,
        filename=f"{name}.{file_format}",
        content_type=CONTENT_TYPES[file_format],
    )
    response["Cache-Control"] = "no-store, private"
    return response


@dataclass(frozen=True)
class WholeList:
    """What the ledger tells of: a list of a kind of record, not one of them."""

    _meta: object
    area: int | None
    pk: str = ""


class ExportForm(DeskForm):
    """Asks for the format of the file."""

    format = forms.ChoiceField(label=gettext_lazy("Format"), choices=FORMATS, initial="xlsx")


class PersonalExportForm(ReasonForm):
    """Asks for the format, and why personal data leaves the house."""

    format = forms.ChoiceField(label=gettext_lazy("Format"), choices=FORMATS, initial="xlsx")


class ExportView(FormPage, ListPage):
    """Asks for format and reason, then hands out the file and leaves an entry in the ledger."""

    action = "export"
    template_name = "office/desk/export.html"

    def is_permitted(self):
        return bool(self.desk.export_columns) and super().is_permitted()

    def dispatch(self, request, *args, **kwargs):
        personal = self.desk.export_is_personal and self.is_permitted()
        if personal and needs_reauthentication(request):
            raise ReauthenticationRequired
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        if self.filters and not self.filters.is_valid():
            return redirect(self.desk.url("index") + self.query)
        return super().get(request, *args, **kwargs)

    def get_page_title(self):
        return _("Export")

    @property
    def submit_label(self):
        return _("Download")

    @cached_property
    def export_columns(self):
        return self.desk.columns_for(self.request.user, self.desk.export_columns, self.action)

    @property
    def query(self):
        return f"?{self.request.GET.urlencode()}"

    def make_form(self, data=None, files=None):
        form_class = PersonalExportForm if self.desk.export_is_personal else ExportForm
        return form_class(data, files, user=self.request.user)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            count=self.get_queryset().count(),
            export_columns=self.export_columns,
            back=self.desk.url("index") + self.query,
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        return self.download(form.cleaned_data["format"], form.cleaned_data.get("reason", ""))

    def download(self, file_format, reason):
        columns = [ExportColumn(str(column.label), column.width) for column in self.export_columns]
        target = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 the response closes it
        if file_format == "csv":
            write_csv(target, columns, self.lines())
        else:
            write_xlsx(target, self.desk.title, columns, self.lines())
        self.log(file_format, reason)
        name = f"{capfirst(self.desk.title)}-{self.today:%Y%m%d}"
        return downloaded(target, name, file_format)

    def lines(self):
        """Yield the cells of every row, and count them for the ledger."""
        self.written = 0
        for row in self.get_queryset().iterator(chunk_size=CHUNK):
            self.written += 1
            yield [column.value(row) for column in self.export_columns]

    def log(self, file_format, reason):
        told = {
            "rows": self.written,
            "format": file_format,
            "columns": [column.name for column in self.export_columns],
            "query": self.request.GET.urlencode()[:1000],
        }
        ledger.append(
            f"{self.model._meta.label_lower}.export",
            WholeList(self.model._meta, self.area),
            by=self.request.user,
            reason=reason,
            after=told,
        )

    @property
    def area(self):
        """The number of the division from which the officer exports, for the ledger."""
        grants = grants_of(self.request.user, permission_for("export", self.model))
        return next((grant.low for grant in grants if grant.low is not None), None)
