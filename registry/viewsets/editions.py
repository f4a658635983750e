"""Editions of the roster on the officer's desk: prepared by one, published by another."""

from django.http import FileResponse, Http404
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import step
from office.desk.columns import Column, Section, column, facts_of
from office.desk.exports import CONTENT_TYPES
from office.desk.filters import Filters, contains
from office.desk.history import name_acts
from office.desk.pages import RecordPage
from office.desk.viewset import DeskViewSet
from registry.actions import editions
from registry.flows import EDITION, EditionState
from registry.forms.editions import NewEditionForm
from registry.models import Edition
from registry.viewsets.terms import DivisionFilter

name_acts(prepare=gettext_lazy("Prepare the edition"), extract=gettext_lazy("Issue an extract"))
TONES = {
    EditionState.READY: "warn",
    EditionState.PUBLISHED: "ok",
    EditionState.WITHDRAWN: "error",
}
FORMATS = {"pdf": "application/pdf", "xlsx": CONTENT_TYPES["xlsx"]}
KINDS_FOUND = {
    "id_number": gettext_lazy("ID number"),
    "card": gettext_lazy("bank card number"),
    "phone": gettext_lazy("personal phone"),
}


class EditionFilters(Filters):
    title = contains("title", gettext_lazy("Title"))
    division = DivisionFilter()

    class Meta:
        model = Edition
        fields = []


class FileView(RecordPage):
    """Hands out a file of an edition to an officer, whatever its state."""

    def get(self, request, *args, **kwargs):
        file = getattr(self.record, kwargs["suffix"])
        if not file:
            raise Http404
        name = f"{self.record.title}.{kwargs['suffix']}"
        answer = FileResponse(file.open(), as_attachment=True, filename=name)
        answer["Content-Type"] = FORMATS[kwargs["suffix"]]
        answer["Cache-Control"] = "no-store, private"
        return answer


def publishing_effects(edition, today):
    return [
        _("“%(title)s” with %(people)d mediators becomes public, with its digests.")
        % {"title": edition, "people": edition.people},
        _("It names the head of the ledger, so that nobody can alter it later unnoticed."),
    ]


class EditionDesk(DeskViewSet):
    name = "editions"
    icon = "doc-full-inverse"
    model = Edition
    help = gettext_lazy("The roster of a day as a file, prepared by one and published by another.")
    related = ("division",)
    filterset_class = EditionFilters
    tab_field = "state"
    list_columns = (
        "title",
        Column(
            name="division",
            label=gettext_lazy("Division"),
            value=lambda row: row.division.name,
            sort="division",
        ),
        "on_date",
        "people",
        "organizations",
        column(Edition, "state", tones=TONES),
        "published_on",
    )
    add_form_class = NewEditionForm
    add = staticmethod(editions.prepare_edition)
    acts = (
        step(
            EDITION,
            "publish",
            editions.publish_edition,
            consequences=publishing_effects,
            sensitive=True,
            icon="upload",
        ),
        step(EDITION, "discard", editions.discard_edition, icon="bin"),
        step(EDITION, "withdraw", editions.withdraw_edition, grave=True, icon="cross"),
    )

    def get_urlpatterns(self):
        files = [
            path(f"<int:pk>/roster.{suffix}", self.page(FileView), {"suffix": suffix}, name=suffix)
            for suffix in FORMATS
        ]
        return [*super().get_urlpatterns(), *files]

    def initial(self, request):
        return {"on_date": timezone.localdate()}

    def tags(self, record):
        return [(record.get_state_display(), TONES.get(record.state, "plain"))]

    def sections(self, record, page):
        data = facts_of(
            record, "division", "kind", "on_date", "known_at", "people", "organizations",
            "prepared_by", "published_by", "published_on", "withdrawn_on", "digest", "pdf_sha256",
            "xlsx_sha256", "ledger_head",
        )  # fmt: skip
        findings = [{**one, "kind": KINDS_FOUND[one["kind"]]} for one in record.findings]
        links = {
            suffix: self.url(suffix, record.pk) for suffix in FORMATS if getattr(record, suffix)
        }
        return [
            Section(
                name="files",
                heading=_("Files"),
                icon="download",
                template="registry/desk/edition.html",
                context={"links": links, "findings": findings, "state": record.state},
            ),
            Section(name="data", heading=_("Data"), facts=data),
        ]
