"""Exam papers on the officer's desk."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import Act, step
from office.desk.columns import Section, column, facts_of
from office.desk.filters import Filters, choice, contains
from office.desk.history import name_acts
from office.desk.viewset import DeskViewSet
from registry.viewsets.terms import DivisionFilter, division_column
from training import actions
from training.flows import PAPER, PaperState
from training.forms.exams import (
    AddQuestionsForm,
    DropLineForm,
    DropQuestionForm,
    LineForm,
    NewPaperForm,
    PaperForm,
)
from training.models import ExamPaper, PaperKind

name_acts(drop=gettext_lazy("Take off"))
TONES = {PaperState.DRAFT: "warn", PaperState.READY: "ok"}


class PaperFilters(Filters):
    name = contains("name", gettext_lazy("Name"))
    kind = choice("kind", gettext_lazy("Kind of paper"), PaperKind.choices)
    division = DivisionFilter()

    class Meta:
        model = ExamPaper
        fields = []


def _is_draft_of(kind):
    return lambda row: row.state == PaperState.DRAFT and row.kind == kind


class PaperDesk(DeskViewSet):
    name = "exam_papers"
    icon = "doc-full"
    model = ExamPaper
    help = gettext_lazy("What exams ask: lists of questions, and blueprints to draw by.")
    related = ("division",)
    filterset_class = PaperFilters
    tab_field = "state"
    list_columns = (
        "name",
        division_column,
        "kind",
        "rule",
        column(ExamPaper, "state", tones=TONES),
    )
    exported = ("name", "kind", "rule", "state")
    form_class = PaperForm
    add_form_class = NewPaperForm
    add = staticmethod(actions.add_paper)
    change = staticmethod(actions.change_paper)
    acts = (
        Act(
            name="add_line",
            label=gettext_lazy("Add a line"),
            take=actions.add_line,
            permission="change",
            form_class=LineForm,
            offered=_is_draft_of(PaperKind.DRAWN),
            icon="plus",
        ),
        Act(
            name="drop_line",
            label=gettext_lazy("Take a line off"),
            take=actions.drop_line,
            permission="change",
            form_class=DropLineForm,
            offered=_is_draft_of(PaperKind.DRAWN),
            icon="bin",
        ),
        Act(
            name="add_questions",
            label=gettext_lazy("Add questions"),
            take=actions.add_questions,
            permission="change",
            form_class=AddQuestionsForm,
            offered=_is_draft_of(PaperKind.FIXED),
            icon="plus",
        ),
        Act(
            name="drop_question",
            label=gettext_lazy("Take a question off"),
            take=actions.drop_question,
            permission="change",
            form_class=DropQuestionForm,
            offered=_is_draft_of(PaperKind.FIXED),
            icon="bin",
        ),
        step(PAPER, "make_ready", actions.make_paper_ready),
        step(PAPER, "reopen", actions.reopen_paper, icon="rotate"),
        step(PAPER, "retire", actions.retire_paper, icon="cross", grave=True),
    )

    def tags(self, record):
        return [(record.get_state_display(), TONES.get(record.state, "plain"))]

    def sections(self, record, page):
        data = facts_of(
            record, "division", "kind", "rule", "shuffles_questions", "shuffles_options"
        )
        data += [
            (_("Questions"), record.number_of_questions()),
            (_("Full marks"), record.full_marks()),
        ]
        return [
            Section(name="data", heading=_("Data"), facts=data),
            Section(
                name="asked", heading=_("What it asks"), icon="list-ul", facts=self.asked(record)
            ),
        ]

    def asked(self, record):
        """The lines of the blueprint or the questions of the list, each with its marks."""
        if record.is_drawn:
            lines = record.lines.select_related("topic")
            return [(str(line), line.marks) for line in lines]
        items = record.items.select_related("version__question")
        return [
            (f"{item.position}. {item.version.question.code}", item.version.stem[:80])
            for item in items
        ]
