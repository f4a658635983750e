"""The case library on the desk: write-ups edited, adopted and published."""

import json

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.actions import case_studies
from casework.flows import CASE_STUDY, StudyState
from casework.flows.case_study import ADOPTED, REDACTING
from casework.forms.case_studies import AdoptForm, ConfirmForm, StudyForm
from casework.models import CaseStudy, LibraryLevel
from casework.notices.mark_words import MARK_LABELS
from casework.rules.personal_marks import pieces
from office.desk.acts import Act, step
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, choice, contains
from office.desk.history import name_acts
from office.desk.viewset import DESKS, DeskViewSet
from registry.viewsets.terms import DivisionFilter, division_column

name_acts(
    begin=gettext_lazy("Begin a write-up"),
    unsign=gettext_lazy("Take the name off"),
    confirm=gettext_lazy("Confirm that parts identify nobody"),
)
name_acts(**{"raise": gettext_lazy("Record a higher level")})
S = StudyState
TONES = {
    S.SUBMITTED: "info", S.EDITING: "info", S.RETURNED: "warn", S.DECLINED: "plain",
    S.ADOPTED: "ok", S.PROPOSED: "warn", S.PUBLISHED: "ok", S.WITHDRAWN: "plain",
}  # fmt: skip


class CaseStudyFilters(Filters):
    title = contains("title", gettext_lazy("Title"))
    author = contains("author__name", gettext_lazy("Author"))
    division = DivisionFilter()
    level = choice("level", gettext_lazy("Level of the library"), LibraryLevel.choices)

    class Meta:
        model = CaseStudy
        fields = ["dispute_type"]


def author_column():
    return Column(
        name="author",
        label=gettext_lazy("Author"),
        value=lambda row: row.author.name,
        sort="author__name",
    )


class CaseStudyDesk(DeskViewSet):
    name = "case_studies"
    icon = "doc-full-inverse"
    model = CaseStudy
    help = gettext_lazy(
        "What tells who somebody is bars publication; what may tell it is changed or confirmed."
        " One officer proposes the publication, another publishes."
    )
    related = ("author", "organization", "division", "dispute_type")
    filterset_class = CaseStudyFilters
    tab_field = "state"
    tab_choices = [one for one in S.choices if one[0] != S.DRAFT]
    list_columns = (
        "title",
        author_column(),
        Column(
            name="organization",
            label=gettext_lazy("Organisation"),
            value=lambda row: row.organization.name,
            sort="organization__name",
        ),
        division_column,
        "dispute_type",
        column(CaseStudy, "level"),
        column(CaseStudy, "state", tones=TONES),
        "submitted_on",
        "published_on",
    )
    exported = (*list_columns, "keywords", "words")
    form_class = StudyForm
    change = staticmethod(case_studies.redact_study)
    document_kinds = (
        ("adoption", gettext_lazy("document of the adoption")),
        ("other", gettext_lazy("other paper")),
    )
    acts = (
        step(CASE_STUDY, "edit", case_studies.edit_study, icon="edit"),
        step(CASE_STUDY, "adopt", case_studies.adopt_study, form_class=AdoptForm),
        Act(
            name="confirm",
            label=gettext_lazy("Confirm that parts identify nobody"),
            take=case_studies.confirm_marks,
            permission="confirm",
            form_class=ConfirmForm,
            offered=lambda row: row.state in REDACTING and bool(row.unconfirmed_marks()),
            icon="view",
        ),
        step(
            CASE_STUDY,
            "propose",
            case_studies.propose_study,
            consequences=lambda row, today: [_("Another officer publishes it.")],
        ),
        step(
            CASE_STUDY,
            "publish",
            case_studies.publish_study,
            consequences=lambda row, today: publishing_effects(row),
        ),
        Act(
            name="raise",
            label=gettext_lazy("Record a higher level"),
            take=case_studies.raise_study,
            permission="raise",
            form_class=AdoptForm,
            offered=lambda row: row.state in ADOPTED and row.level != LibraryLevel.MINISTRY,
            icon="arrow-up",
        ),
        step(CASE_STUDY, "hold", case_studies.hold_study, icon="rotate"),
        step(
            CASE_STUDY,
            "return",
            case_studies.return_study,
            consequences=lambda row, today: [_("The author reads your reason.")],
            icon="rotate",
        ),
        step(
            CASE_STUDY,
            "decline",
            case_studies.decline_study,
            consequences=lambda row, today: [_("The author reads your reason.")],
            grave=True,
            icon="cross",
        ),
        step(
            CASE_STUDY,
            "withdraw",
            case_studies.withdraw_study,
            consequences=lambda row, today: [_("The public no longer reads it from now on.")],
            grave=True,
            icon="cross",
        ),
    )

    def rows(self, user, action="view"):
        """A draft is its author's own."""
        return super().rows(user, action).handed_in()

    def is_editable(self, record):
        return record.state in REDACTING

    def tags(self, record):
        level = [(record.get_level_display(), "info")] if record.level else []
        return [(record.get_state_display(), TONES.get(record.state, "plain")), *level]

    def sections(self, record, page):
        return [
            self.data(record, page),
            Section(
                name="text",
                heading=_("Text"),
                icon="doc-full",
                template="casework/desk/study_text.html",
                context={"sections": marked_sections(record)},
            ),
            Section(
                name="adoptions",
                heading=_("Adoptions"),
                icon="success",
                template="casework/desk/adoptions.html",
                context={"adoptions": record.adoptions.order_by("pk")},
            ),
            Section(
                name="versions",
                heading=_("What the text said before"),
                icon="history",
                template="casework/desk/study_versions.html",
                context={"versions": versions_of(record)},
            ),
        ]

    def data(self, record, page):
        co_authors = [one.name for one in record.co_authors.order_by("pk")]
        facts = [
            *facts_of(record, author_column()),
            *([(_("Co-authors"), "、".join(co_authors))] if co_authors else []),
            (_("Organisation"), record.organization),
            *facts_of(
                record, "division", "dispute_type", "words", "is_signed", "submitted_on",
                "reasons", "proposed_by", "published_by", "published_on",
            ),
        ]  # fmt: skip
        links = case_link(record, page)
        if record.state == S.PUBLISHED:
            public = record.get_absolute_url()
            links.append((_("Public page"), _("As the public sees it"), public))
        return Section(
            name="data",
            heading=_("Write-up of a case"),
            icon="doc-full-inverse",
            template="registry/desk/appointment.html",
            context={"links": links, "facts": facts},
        )


def publishing_effects(study):
    signed = _("with the name and the organisation of its author")
    unsigned = _("without the name of its author")
    return [
        _("Everybody may read and find it from now on, %(how)s.")
        % {"how": signed if study.is_signed else unsigned}
    ]


def case_link(study, page):
    """Return the link to the case of the ledger, if there is one and the user may see it."""
    desk = DESKS.get("casework.caserecord")
    if study.case_id is None or desk is None or not desk.permits(page.request.user, "view"):
        return []
    seen = desk.rows(page.request.user).filter(pk=study.case_id).exists()
    return [(_("Case"), study.case, desk.url("inspect", study.case_id))] if seen else []


def marked_sections(study):
    """Return (label, pieces of the text with their marks, marks with their words)."""
    return [
        (
            capfirst(label),
            [*pieces(text, marks)],
            [(mark, MARK_LABELS[mark.kind]) for mark in marks],
        )
        for label, text, marks in study.marked()
    ]


def versions_of(study):
    """Return (version, its sections) of all that was written, the newest first."""
    names = {field.name: capfirst(field.verbose_name) for field in CaseStudy._meta.fields}
    rows = study.versions.select_related("written_by").order_by("-number")
    return [
        (row, [(names[name], text) for name, text in json.loads(row.texts).items() if text])
        for row in rows
    ]
