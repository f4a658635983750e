"""Papers of a record on the officer's desk: shown, added, handed out."""

from pathlib import PurePath

from django import forms
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office import documents
from office.desk.acts import Act
from office.desk.columns import Section
from office.desk.forms import ReasonForm
from office.desk.pages import RecordPage

ACCEPTED = ".pdf,.docx,.xlsx,.jpg,.jpeg,.png,.webp"


class PaperField(forms.FileField):
    """A file to be kept as evidence, refused beside the field if it cannot be."""

    def __init__(self, **given):
        given.setdefault("label", gettext_lazy("File"))
        given.setdefault("help_text", gettext_lazy("PDF, Word, Excel or a picture; at most 20 MB."))
        given.setdefault("widget", forms.FileInput(attrs={"accept": ACCEPTED}))
        super().__init__(allow_empty_file=True, **given)

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        if upload:
            documents.vetted(upload)
        return upload


def attaching(model, kinds, permission="change"):
    """Return the act of adding a paper; ``kinds`` are (code, label) of what it can be."""

    class AttachForm(ReasonForm):
        kind = forms.ChoiceField(label=gettext_lazy("Kind of paper"), choices=kinds)
        upload = PaperField()

    def attach(pk, *, by, today, reason, **given):
        row = model._default_manager.get(pk=pk)
        return documents.attach(row, by=by, today=today, reason=reason, **given)

    return Act(
        name="attach",
        label=gettext_lazy("Add a document"),
        take=attach,
        permission=permission,
        form_class=AttachForm,
        icon="doc-full",
    )


def papers_section(desk, record, kinds):
    """Return the section that lists the papers of a record, each to be opened."""
    labels = dict(kinds)
    papers = [
        {
            "document": one,
            "kind": labels.get(one.kind, one.kind),
            "url": desk.url("document", record.pk, one.pk),
        }
        for one in documents.documents_of(record)
    ]
    return Section(
        name="documents",
        heading=_("Documents"),
        icon="doc-full",
        template="office/desk/includes/documents.html",
        context={"papers": papers},
    )


class DocumentView(RecordPage):
    """Hands out a paper of a record to those who may see the record."""

    def get(self, request, *args, **kwargs):
        papers = documents.documents_of(self.record)
        return handed_out(get_object_or_404(papers, pk=kwargs["document"]))


def handed_out(paper):
    """Return the response that hands out a paper, under its own name, for nobody to keep."""
    response = FileResponse(
        paper.file.open(),
        as_attachment=True,
        filename=f"{PurePath(paper.name).stem}{paper.suffix}",
        content_type=documents.CONTENT_TYPES[paper.suffix],
    )
    response["Cache-Control"] = "no-store, private"
    return response
