"""A marker's own desk: the next answer, marked point by point; whose it is stands nowhere."""

from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import step
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, contains
from office.desk.pages import DeskPage, RecordPage
from office.desk.records import WritingPage
from office.desk.viewset import DeskViewSet
from training import actions
from training.flows import MARKING, MarkingState
from training.forms.marking import MarkForm, NextForm
from training.models import Marking

TONES = {MarkingState.CLAIMED: "warn", MarkingState.MARKED: "ok"}


class MarkingFilters(Filters):
    title = contains("exam__title", gettext_lazy("Exam"))

    class Meta:
        model = Marking
        fields = []


class NextView(WritingPage, DeskPage):
    """Gives the marker the next answer of an exam."""

    action = "mark"

    def get_page_title(self):
        return _("Mark the next answer")

    def make_form(self, data=None, files=None):
        return NextForm(data, files, user=self.request.user)

    def carry_out(self, form):
        marking = actions.claim_answer(
            form.cleaned_data["exam"].pk,
            by=self.request.user,
            now=timezone.now(),
            today=self.today,
        )
        return self.desk.url("mark", marking.pk)


class MarkView(WritingPage, RecordPage):
    """Shows an answer beside the guide, and takes the marks for each point."""

    action = "mark"
    template_name = "training/desk/mark.html"
    submit_label = gettext_lazy("Give these marks")

    def is_permitted(self):
        return super().is_permitted() and self.record.state == MarkingState.CLAIMED

    def get_page_title(self):
        return _("Mark")

    def make_form(self, data=None, files=None):
        return MarkForm(data, files, user=self.request.user, record=self.record)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**answer_of(self.record), **kwargs)

    def carry_out(self, form):
        actions.mark_answer(
            self.record.pk,
            by=self.request.user,
            now=timezone.now(),
            today=self.today,
            **form.values(),
        )
        self.done_message = _("Marked. The next answer is given to you when you ask for it.")
        return self.desk.url("next")


def answer_of(marking):
    """What a marker sees of an answer: question, guide and text, nothing of a person."""
    item = marking.item
    return {
        "stem": item.version.stem,
        "guide": marking.guide,
        "answer": item.answer,
        "full_marks": item.marks,
    }


class MarkingDesk(DeskViewSet):
    name = "markings"
    icon = "edit"
    model = Marking
    help = gettext_lazy(
        "Answers you were given to mark. You see neither whose they are nor what others gave."
    )
    related = ("exam", "item__version__question")
    filterset_class = MarkingFilters
    tab_field = "state"
    index_template = "training/desk/markings.html"
    history = False
    list_columns = (
        "number",
        Column(
            name="exam",
            label=gettext_lazy("Exam"),
            value=lambda row: row.exam.title,
            sort="exam__title",
        ),
        column(Marking, "state", tones=TONES),
        "marks",
        "marked_at",
    )
    acts = (step(MARKING, "hand_back", actions.hand_back, icon="rotate"),)

    def rows(self, user, action="view"):
        """Everybody sees the own markings only."""
        return super().rows(user, action).filter(marker=user)

    @property
    def next_url(self):
        return self.url("next")

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("next/", self.page(NextView), name="next"),
            path("<int:pk>/mark/", self.page(MarkView), name="mark"),
        ]

    def tags(self, record):
        return [(record.get_state_display(), TONES.get(record.state, "plain"))]

    def sections(self, record, page):
        facts = facts_of(record, "exam", "number", "claimed_at", "marked_at", "marks", "comment")
        answer = Section(
            name="answer",
            heading=_("Question and answer"),
            icon="doc-full",
            template="training/desk/answer.html",
            context={
                **answer_of(record),
                "mark_url": self.url("mark", record.pk)
                if record.state == MarkingState.CLAIMED
                else "",
            },
        )
        return [Section(name="data", heading=_("Data"), facts=facts), answer]
