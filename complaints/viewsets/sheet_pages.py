"""Pages of task sheets that other records have not, and the sections they share."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints import vault
from complaints.actions.received_sheets import findings_of, papers_of
from complaints.flows import SheetState
from complaints.models import ComplaintGround, Finding, FindingsPaper
from complaints.reports.task_sheets import paper_of
from office import documents
from office.desk.columns import Column, Section, column
from office.desk.pages import RecordPage
from office.desk.records import InspectView
from office.papers import render

S = SheetState
TONES = {
    S.DRAFT: "plain", S.PROPOSED: "info", S.RETURNED: "warn", S.SENT: "info", S.OBJECTED: "error",
    S.REPORTED: "warn", S.SENT_BACK: "warn", S.DONE: "ok", S.DROPPED: "plain",
    S.RECALLED: "plain",
}  # fmt: skip
# What only the second person does, and what the second person leaves to the others.
SECONDS = {"approve", "return"}


class SheetView(InspectView):
    """A sheet's page: the second person decides, and whoever wrote it does not."""

    def may(self, action):
        is_second = self.record.second_id == self.request.user.pk
        fits = action == self.action or is_second == (action in SECONDS)
        return fits and super().may(action)


class SheetPaperView(RecordPage):
    """The sheet as an official paper, from its approval on."""

    def get(self, request, *args, **kwargs):
        paper = paper_of(self.record)
        if paper is None:
            raise Http404
        response = HttpResponse(render(paper), content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="{self.record}.pdf"'
        return response


class FindingsPaperView(RecordPage):
    """Hands out a file that came with findings, under a name that tells nothing."""

    def get(self, request, *args, **kwargs):
        papers = FindingsPaper.objects.filter(findings__sheet=self.record.pk)
        paper = get_object_or_404(papers.select_related("evidence"), pk=kwargs["paper"])
        suffix = paper.evidence.suffix
        response = HttpResponse(
            vault.content_of(paper.evidence), content_type=documents.CONTENT_TYPES[suffix]
        )
        name = f"{self.record}-{paper.pk}{suffix}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


def number_column():
    return Column(name="number", label=gettext_lazy("Number"), value=str)


def state_column(model):
    return column(model, "state", tones=TONES)


def limit_column(name, label):
    """A column of a last day; the tone repeats that it has passed."""

    def tone(row):
        day = getattr(row, name)
        return "error" if day and day < timezone.localdate() else ""

    return Column(
        name=name, label=label, value=lambda row: getattr(row, name), sort=name, tone=tone
    )


LIMITS = (
    limit_column("object_until_on", gettext_lazy("Objection until")),
    limit_column("findings_due_on", gettext_lazy("Findings due on")),
)


def limits_of(record):
    return [(item.label, item.value(record)) for item in LIMITS]


def words_section(said):
    """What was said about the sheet by either side."""
    return Section(
        name="words",
        heading=_("What was said about it"),
        icon="comment",
        template="complaints/desk/sheet_words.html",
        context={"said": said},
    )


def findings_section(desk, record):
    """The findings of a sheet, the last one first, with their papers."""
    labels, results = dict(ComplaintGround.choices), dict(Finding.choices)
    papers = {}
    for paper, name in papers_of(record):
        address = desk.url("findings_paper", record.pk, paper.pk)
        papers.setdefault(paper.findings_id, []).append((name, address))
    shown = [
        {
            "row": row,
            "told": told,
            "grounds": [
                (labels.get(key, key), results.get(one["finding"], ""), one["text"])
                for key, one in told["grounds"].items()
            ],
            "papers": papers.get(row.pk, []),
        }
        for row, told in reversed(findings_of(record))
    ]
    return Section(
        name="findings",
        heading=_("Findings"),
        icon="doc-full",
        template="complaints/desk/findings.html",
        context={"findings": shown},
    )


def plain_section(name, heading, text):
    """A text as it stands."""
    return Section(
        name=name,
        heading=heading,
        icon="doc-full-inverse",
        template="complaints/desk/sheet_text.html",
        context={"text": text},
    )
