"""The question bank on the desk."""

import django_filters
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import Act, step
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, choice, contains
from office.desk.history import name_acts, name_facts
from office.desk.records import AddView, EditView
from office.desk.viewset import DeskViewSet
from registry.viewsets.terms import DivisionFilter, division_column
from training import actions
from training.flows import QUESTION, QuestionState
from training.forms.questions import DIFFICULTIES, NewQuestionForm, QuestionForm, SettleForm
from training.models import Question, QuestionKind, Topic
from training.reports.questions import answers_of, edits_of
from training.rules.content import faults
from training.rules.remarks import sentence, sentences
from training.viewsets.question_exports import EXPORTED, QuestionExportView

S = QuestionState
TONES = {S.SUBMITTED: "warn", S.REVIEWED: "info", S.IN_USE: "ok", S.RETIRED: "plain"}
LONGEST_STEM = 60

name_acts(
    load=gettext_lazy("Enter from the product's bank"),
    recheck=gettext_lazy("Hold against the law of the day"),
)
name_facts(version=(gettext_lazy("Version"), ()))


class QuestionFilters(Filters):
    stem = contains("current__stem", gettext_lazy("Question text"))
    topic = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Topic"), queryset=Topic.objects.all(), empty_label=gettext_lazy("All")
    )
    kind = choice("kind", gettext_lazy("Kind of question"), QuestionKind.choices)
    difficulty = choice("difficulty", gettext_lazy("Difficulty"), DIFFICULTIES)
    law = contains("current__laws", gettext_lazy("Law it rests on"))
    flagged = django_filters.BooleanFilter(
        label=gettext_lazy("With open findings"), method="with_findings"
    )
    division = DivisionFilter()

    class Meta:
        model = Question
        fields = []

    def with_findings(self, rows, name, value):
        return rows.exclude(findings=[]) if value else rows.filter(findings=[])


def beginning(question):
    """Return the first words of a question."""
    stem = question.current.stem
    return stem if len(stem) <= LONGEST_STEM else f"{stem[:LONGEST_STEM]}…"


def findings_tone(question):
    return "warn" if question.findings else "plain"


class QuestionAddView(AddView):
    """Asks for the kind of question first, for each is typed in its own way."""

    template_name = "training/desk/question_form.html"

    def get(self, request, *args, **kwargs):
        if request.GET.get("kind") in QuestionKind.values:
            return super().get(request, *args, **kwargs)
        self.template_name = "training/desk/question_kinds.html"
        return self.render_to_response(self.get_context_data(kinds=QuestionKind.choices))


class QuestionEditView(EditView):
    template_name = "training/desk/question_form.html"


def settling():
    """The act of saying why findings bar nothing."""
    return Act(
        name="settle",
        label=gettext_lazy("Settle findings"),
        take=actions.settle_findings,
        permission="settle",
        form_class=SettleForm,
        offered=lambda question: bool(question.findings) and question.state in QUESTION.editable,
    )


def using_effects(question, today):
    return [_("Exams can draw it from now on.")]


class QuestionDesk(DeskViewSet):
    name = "questions"
    icon = "help"
    model = Question
    help = gettext_lazy(
        "Questions with their law. Every edit is a new version, and a second person approves it."
    )
    related = ("current", "topic", "division", "author", "reviewed_by")
    filterset_class = QuestionFilters
    tab_field = "state"
    list_columns = (
        "code",
        Column(name="stem", label=gettext_lazy("Question text"), value=beginning),
        "kind",
        "topic",
        column(Question, "difficulty", label=gettext_lazy("Difficulty")),
        column(Question, "state", tones=TONES),
        Column(
            name="findings",
            label=gettext_lazy("Open findings"),
            value=lambda question: len(question.findings) or "",
            tone=findings_tone,
        ),
    )
    exported = EXPORTED
    form_class = QuestionForm
    add_form_class = NewQuestionForm
    add = staticmethod(actions.add_question)
    change = staticmethod(actions.edit_question)
    acts = (
        step(QUESTION, "submit", actions.submit_question),
        step(QUESTION, "review", actions.review_question),
        step(QUESTION, "send_back", actions.send_back_question, icon="rotate"),
        step(QUESTION, "put_in_use", actions.put_question_in_use, consequences=using_effects),
        settling(),
        step(QUESTION, "retire", actions.retire_question, grave=True, icon="bin"),
    )
    bulk = ("submit", "review", "put_in_use")

    def initial(self, request):
        return {"kind": request.GET.get("kind", ""), "valid_from_on": timezone.localdate()}

    def get_urlpatterns(self):
        return [
            path("new/", self.page(QuestionAddView), name="add"),
            path("<int:pk>/edit/", self.page(QuestionEditView), name="edit"),
            path("export/", self.page(QuestionExportView), name="export"),
            *super().get_urlpatterns(),
        ]

    def tags(self, record):
        tags = [
            (record.get_state_display(), TONES.get(record.state, "plain")),
            (record.get_kind_display(), "plain"),
        ]
        if record.findings:
            tags.append((_("With open findings"), "warn"))
        return tags

    def sections(self, record, page):
        with_keys = page.may("see_keys")
        facts = [
            "code", "kind", "topic", column(Question, "difficulty"), division_column, "source",
            "author", "reviewed_by",
        ]  # fmt: skip
        return [
            self.words(record, with_keys=with_keys),
            *self.doubts(record),
            Section(name="data", heading=_("Data"), facts=facts_of(record, *facts)),
            self.versions(record, with_keys=with_keys),
        ]

    def words(self, record, *, with_keys):
        """The question as it stands now."""
        version = record.current
        context = {
            "version": version,
            "answers": answers_of(record.kind, version.content, with_keys=with_keys),
            "laws": version.laws.split("\n") if version.laws else [],
            "with_keys": with_keys,
        }
        return Section(
            name="question",
            heading=_("Question"),
            icon=self.icon,
            template="training/desk/question.html",
            context=context,
        )

    def doubts(self, record):
        """What must be corrected, what must be settled, and what was."""
        version = record.current
        context = {
            "faults": sentences(faults(record.kind, version.stem, version.content)),
            "findings": sentences(record.findings),
            "settled": [
                (sentence(entry["finding"]), entry["reason"], entry["on"])
                for entry in record.settled
            ],
        }
        if not any(context.values()):
            return []
        return [
            Section(
                name="findings",
                heading=_("Findings"),
                icon="warning",
                template="training/desk/findings.html",
                context=context,
            )
        ]

    def versions(self, record, *, with_keys):
        """Every version with what it changed."""
        versions = list(record.versions.select_related("written_by").order_by("-number"))
        return Section(
            name="versions",
            heading=_("Versions"),
            icon="history",
            template="training/desk/versions.html",
            context={"edits": edits_of(record.kind, versions, with_keys=with_keys)},
        )
