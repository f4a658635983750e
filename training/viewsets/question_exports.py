"""Questions as a file: XLSX and CSV as our own import reads them, GIFT for those who see keys."""

from io import BytesIO

from django import forms
from django.http import FileResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from office.desk.columns import Column
from office.desk.exports import CHUNK, FORMATS, ExportForm, ExportView
from training.formats.bank import item_of
from training.formats.gift_writing import write_gift
from training.formats.tables import COLUMNS, cells_of

GIFT = ("gift", _("GIFT text for Moodle (.gift)"))
KEYS = "training.see_keys_question"
# What tells no key; the sides of a matching question stand in the columns of options.
OPEN = {"type", "stem", "category", "law_basis", "difficulty", "source"}


def cell(name):
    """Return the value of a column for a question."""
    return lambda question: cells_of(item_of(question))[name]


EXPORTED = (
    Column(name="code", label=_("Number"), value=lambda question: question.code),
    *(
        Column(
            name=item.name,
            label=item.label,
            value=cell(item.name),
            permission="" if item.name in OPEN else KEYS,
        )
        for item in COLUMNS
        if item.name not in {"status", "licence"}
    ),
)


class GiftExportForm(ExportForm):
    """Offers GIFT as well."""

    format = forms.ChoiceField(label=_("Format"), choices=[*FORMATS, GIFT], initial="xlsx")


class QuestionExportView(ExportView):
    """Hands out the filtered list; GIFT, which is all keys, only to those who may see them."""

    def make_form(self, data=None, files=None):
        form_class = GiftExportForm if self.sees_keys else ExportForm
        return form_class(data, files, user=self.request.user)

    @property
    def sees_keys(self):
        return any(column.permission == KEYS for column in self.export_columns)

    def download(self, file_format, reason):
        if file_format != "gift":
            return super().download(file_format, reason)
        items = [item_of(row) for row in self.get_queryset().iterator(chunk_size=CHUNK)]
        self.written = len(items)
        self.log(file_format, reason)
        name = f"{capfirst(self.desk.title)}-{self.today:%Y%m%d}.gift"
        response = FileResponse(
            BytesIO(write_gift(items).encode()),
            as_attachment=True,
            filename=name,
            content_type="text/plain; charset=utf-8",
        )
        response["Cache-Control"] = "no-store, private"
        return response
