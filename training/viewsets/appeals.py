"""Appeals against results on the desk, the most urgent first."""

from django.urls import path
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.clocks import Calendar, Shade
from office.desk.acts import step
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, contains, day
from office.desk.lists import IndexView
from office.desk.viewset import DeskViewSet
from office.templatetags.clocks import due_text
from training import actions
from training.actions.appeals import bars_to_decide
from training.flows import APPEAL, AppealState
from training.forms.marking import DecisionForm, UpholdForm
from training.models import Appeal
from training.rules.wording import answer_in_words, key_in_words

TONES = {AppealState.OPEN: "warn", AppealState.UPHELD: "ok", AppealState.REJECTED: "plain"}
SHADES = {Shade.CALM: "info", Shade.AMBER: "warn", Shade.OVERDUE: "error"}


class AppealFilters(Filters):
    title = contains("attempt__exam__title", gettext_lazy("Exam"))
    mediator = contains("attempt__candidate__mediator__name", gettext_lazy("Mediator"))
    due_until = day("due_on", gettext_lazy("Due until"), "lte")

    class Meta:
        model = Appeal
        fields = []


class AppealList(IndexView):
    """The list of appeals, each with its clock; the calendar is loaded once."""

    @cached_property
    def calendar(self):
        return Calendar.load()

    def line(self, row):
        row.clock = row.deadline(self.calendar) if row.is_open else None
        row.seen_on = self.today
        return super().line(row)


def clock_text(appeal):
    return due_text(appeal.clock, appeal.seen_on) if appeal.clock else appeal.decided_on


def clock_tone(appeal):
    return SHADES[appeal.clock.shade(appeal.seen_on)] if appeal.clock else ""


def uphold(pk, *, by, today, reason, marks):
    return actions.uphold_appeal(
        pk, by=by, now=timezone.now(), today=today, reason=reason, marks=marks
    )


class AppealDesk(DeskViewSet):
    name = "appeals"
    icon = "comment"
    model = Appeal
    help = gettext_lazy("An appeal is decided by somebody who did not mark the attempt.")
    related = ("attempt__exam", "attempt__candidate__mediator", "policy", "decided_by")
    filterset_class = AppealFilters
    tab_field = "state"
    list_columns = (
        Column(
            name="mediator",
            label=gettext_lazy("Mediator"),
            value=lambda row: row.attempt.candidate.mediator.name,
            sort="attempt__candidate__mediator__name",
        ),
        Column(
            name="exam",
            label=gettext_lazy("Exam"),
            value=lambda row: row.attempt.exam.title,
            sort="attempt__exam__title",
        ),
        column(Appeal, "state", tones=TONES),
        "filed_on",
        Column(
            name="clock",
            label=gettext_lazy("Due or decided on"),
            value=clock_text,
            tone=clock_tone,
            sort="due_on",
        ),
    )
    exported = (*list_columns[:4], "due_on", "decided_on")
    acts = (
        step(
            APPEAL,
            "uphold",
            uphold,
            form_class=UpholdForm,
            consequences=lambda row, today: [
                _("The marks change as you write them, with a record; the result may change."),
                _("The candidate is told on the own page."),
            ],
            grave=True,
        ),
        step(APPEAL, "reject", actions.reject_appeal, form_class=DecisionForm, icon="cross"),
    )

    def get_urlpatterns(self):
        return [path("", self.page(AppealList), name="index"), *super().get_urlpatterns()]

    def tags(self, record):
        return [(record.get_state_display(), TONES[record.state])]

    def sections(self, record, page):
        attempt = record.attempt
        facts = [
            (_("Mediator"), attempt.candidate.mediator),
            (_("Exam"), attempt.exam),
            (_("Marks"), f"{attempt.score} / {attempt.full_marks}"),
            (_("Result"), attempt.get_state_display()),
            *facts_of(record, "text", "filed_on", "due_on", "decision", "decided_by", "decided_on"),
        ]
        sections = [Section(name="data", heading=_("Data"), facts=facts)]
        if record.is_open and not bars_to_decide(record, page.request.user, page.today):
            items = attempt.items.select_related("version__question")
            sections.append(
                Section(
                    name="answers",
                    heading=_("Answers given"),
                    icon="list-ul",
                    template="training/desk/appealed.html",
                    context={"rows": [told(item) for item in items]},
                )
            )
        return sections


def told(item):
    """An answer as whoever decides an appeal reads it."""
    kind, content = item.version.question.kind, item.version.content
    return {
        "item": item,
        "answer": answer_in_words(kind, content, item.answer),
        "key": key_in_words(kind, content),
        "comments": [one.comment for one in item.markings.given() if one.comment],
    }
