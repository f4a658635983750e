"""Imports of questions on the desk: upload and check, look at the report, enter or put aside."""

from django.core.paginator import Paginator
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import step
from office.desk.columns import Section, column, facts_of
from office.desk.filters import Filters, contains
from office.desk.history import name_acts
from office.desk.pages import RecordPage
from office.desk.records import AddView
from office.desk.viewset import DESKS, DeskViewSet
from registry.viewsets.terms import DivisionFilter, division_column
from training import actions
from training.flows import QUESTION_IMPORT, QuestionImportState
from training.forms.question_imports import QuestionUploadForm
from training.models import QuestionImport, QuestionVerdict
from training.rules.remarks import sentences

S, V = QuestionImportState, QuestionVerdict
TONES = {S.CHECKED: "warn", S.ENTERED: "ok"}
VERDICT_TONES = {V.READY: "ok", V.FLAGGED: "warn", V.SAME: "plain", V.REFUSED: "error"}
LINES_A_PAGE = 50
LONGEST_STEM = 80

name_acts(receive=gettext_lazy("Upload a file"))


class QuestionImportFilters(Filters):
    file_name = contains("file_name", gettext_lazy("File name"))
    division = DivisionFilter()

    class Meta:
        model = QuestionImport
        fields = []


class QuestionUploadView(AddView):
    """Receives a file and checks it; what it is refused for stands above the form."""

    def get_page_title(self):
        return _("Import questions")

    @property
    def submit_label(self):
        return _("Upload and check")

    def carry_out(self, form):
        values = form.values()
        file = values.pop("file")
        batch = actions.check_questions(
            file.read(), name=file.name, by=self.request.user, today=self.today, **values
        )
        self.done_message = _("The file was checked. Nothing has entered the bank yet.")
        return self.desk.url("inspect", batch.pk)


class QuestionLinesView(RecordPage):
    """The questions of the file, one by one, with what was found."""

    template_name = "training/desk/import_lines.html"

    def get(self, request, *args, **kwargs):
        chosen = request.GET.get("verdict", "")
        verdict = chosen if chosen in V.values else ""
        lines = self.record.lines.select_related("question__current").order_by("number")
        if verdict:
            lines = lines.filter(verdict=verdict)
        page = Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("p"))
        context = self.get_context_data(
            tabs=tabs_of(self.record, verdict), page_obj=page, lines=[_shown(one) for one in page]
        )
        return self.render_to_response(context)

    def get_page_title(self):
        return _("Questions of the file")


def _shown(line):
    """Return (line, tone, beginning of the question, its number and address, sentences)."""
    stem = line.item["stem"] if line.item else ""
    question = line.question
    if question and not stem:
        stem = question.current.stem
    address = DESKS["training.question"].url("inspect", question.pk) if question else ""
    return (
        line,
        VERDICT_TONES[line.verdict],
        stem if len(stem) <= LONGEST_STEM else f"{stem[:LONGEST_STEM]}…",
        question.code if question else "",
        address,
        sentences(line.remarks),
    )


def tabs_of(batch, current):
    """Return (label, number, query, whether open) for all questions and each result."""
    tabs = [(_("All"), batch.total, "?", not current)]
    return tabs + [
        (verdict.label, getattr(batch, verdict), f"?verdict={verdict}", verdict == current)
        for verdict in V
    ]


def entering_effects(batch, today):
    """What entering brings about."""
    said = [
        _("%(ready)d questions enter the bank as drafts.") % {"ready": batch.ready},
        _("%(flagged)d more enter with findings that must be settled or corrected first.")
        % {"flagged": batch.flagged},
    ]
    if batch.same + batch.refused:
        said.append(
            _("%(same)d are there already and %(refused)d are refused; these are left out.")
            % {"same": batch.same, "refused": batch.refused}
        )
    return said


class QuestionImportDesk(DeskViewSet):
    name = "question_imports"
    icon = "upload"
    model = QuestionImport
    help = gettext_lazy("Questions from GIFT, Aiken, Moodle XML, .xlsx and CSV files.")
    related = ("division", "uploaded_by", "topic")
    filterset_class = QuestionImportFilters
    tab_field = "state"
    list_columns = (
        "file_name", division_column, column(QuestionImport, "state", tones=TONES),
        "ready", "flagged", "same", "refused", "created_at",
    )  # fmt: skip
    add_form_class = QuestionUploadForm
    add = staticmethod(actions.check_questions)
    acts = (
        step(QUESTION_IMPORT, "enter", actions.enter_questions, consequences=entering_effects),
        step(QUESTION_IMPORT, "drop", actions.drop_questions, grave=True, icon="bin"),
    )

    def initial(self, request):
        return {"valid_from_on": timezone.localdate()}

    def get_urlpatterns(self):
        return [
            path("new/", self.page(QuestionUploadView), name="add"),
            path("<int:pk>/lines/", self.page(QuestionLinesView), name="lines"),
            *super().get_urlpatterns(),
        ]

    def tags(self, record):
        return [(record.get_state_display(), TONES.get(record.state, "plain"))]

    def sections(self, record, page):
        facts = [
            "file_name", division_column, "topic", "valid_from_on", "uploaded_by", "created_at",
            "digest",
        ]  # fmt: skip
        context = {"tabs": tabs_of(record, None)[1:], "lines_url": self.url("lines", record.pk)}
        stage = Section(
            name="stage",
            heading=_("Result of the check"),
            icon=self.icon,
            template="training/desk/import_stage.html",
            context=context,
        )
        return [stage, Section(name="data", heading=_("Data"), facts=facts_of(record, *facts))]
