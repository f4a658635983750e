"""Candidates and attempts on the officer's desk."""

import django_filters
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import Act
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, contains
from office.desk.history import name_acts
from office.desk.viewset import DeskViewSet
from training import actions
from training.flows import ATTEMPT, AttemptState
from training.forms.exams import MoreMinutesForm
from training.models import Attempt, ExamCandidate
from training.viewsets.exams import RUNNING
from training.viewsets.moments import by_the_clock, exam_step
from training.viewsets.replay import REPLAY, ReplayView

name_acts(
    start=gettext_lazy("Begin"),
    take_over=gettext_lazy("Go on on another device"),
    ask_void=gettext_lazy("Propose to void"),
    drop_void=gettext_lazy("Let it stand"),
)
TONES = {
    AttemptState.IN_PROGRESS: "info",
    AttemptState.SUBMITTED: "warn",
    AttemptState.PASSED: "ok",
    AttemptState.FAILED: "error",
    AttemptState.VOIDED: "error",
}


class CandidateFilters(Filters):
    exam = django_filters.NumberFilter("exam", label=gettext_lazy("Exam, by its number"))
    title = contains("exam__title", gettext_lazy("Exam"))
    mediator = contains("mediator__name", gettext_lazy("Mediator"))

    class Meta:
        model = ExamCandidate
        fields = []


class AttemptFilters(Filters):
    exam = django_filters.NumberFilter("exam", label=gettext_lazy("Exam, by its number"))
    title = contains("exam__title", gettext_lazy("Exam"))
    mediator = contains("candidate__mediator__name", gettext_lazy("Mediator"))

    class Meta:
        model = Attempt
        fields = []


def give_minutes(pk, *, by, today, reason, minutes):
    """Give one candidate more time."""
    place = ExamCandidate.objects.get(pk=pk)
    return actions.extend_exam(
        place.exam_id, by=by, now=timezone.now(), reason=reason, minutes=minutes, candidate=place
    )


class CandidateDesk(DeskViewSet):
    name = "exam_candidates"
    icon = "group"
    model = ExamCandidate
    related = ("exam", "mediator", "room")
    filterset_class = CandidateFilters
    list_columns = (
        Column(
            name="mediator",
            label=gettext_lazy("Mediator"),
            value=lambda row: row.mediator.name,
            sort="mediator__name",
        ),
        Column(
            name="exam",
            label=gettext_lazy("Exam"),
            value=lambda row: row.exam.title,
            sort="exam__title",
        ),
        "must_sit",
        "may_sit",
        "room",
        "extra_minutes",
    )
    exported = list_columns
    acts = (
        Act(
            name="extend",
            label=gettext_lazy("Give more minutes"),
            take=give_minutes,
            permission="extend",
            form_class=MoreMinutesForm,
            offered=lambda row: row.exam.state in RUNNING,
            icon="history",
        ),
    )

    def sections(self, record, page):
        facts = facts_of(
            record, "exam", "mediator", "must_sit", "may_sit", "room", "extra_minutes",
            "extra_reason", "added_on",
        )  # fmt: skip
        return [Section(name="data", heading=_("Data"), facts=facts)]


class AttemptDesk(DeskViewSet):
    name = "exam_attempts"
    icon = "form"
    model = Attempt
    related = ("exam", "candidate__mediator", "candidate__exam")
    filterset_class = AttemptFilters
    tab_field = "state"
    list_columns = (
        Column(
            name="mediator",
            label=gettext_lazy("Mediator"),
            value=lambda row: row.candidate.mediator.name,
            sort="candidate__mediator__name",
        ),
        Column(
            name="exam",
            label=gettext_lazy("Exam"),
            value=lambda row: row.exam.title,
            sort="exam__title",
        ),
        "number",
        column(Attempt, "state", tones=TONES),
        "started_at",
        "submitted_at",
        "score",
    )
    exported = list_columns
    acts = (
        Act(
            name="ask_void",
            label=gettext_lazy("Propose to void"),
            take=actions.ask_void,
            permission="ask_void",
            offered=lambda row: row.state != AttemptState.VOIDED and not row.void_asked_by_id,
            grave=True,
            icon="warning",
        ),
        exam_step(
            ATTEMPT, "void", by_the_clock(actions.void_attempt), sensitive=True, grave=True,
            icon="cross",
        ),
        Act(
            name="drop_void",
            label=gettext_lazy("Let it stand"),
            take=actions.drop_void,
            permission="void",
            offered=lambda row: row.state != AttemptState.VOIDED and bool(row.void_asked_by_id),
            icon="check",
        ),
        REPLAY,
    )  # fmt: skip

    def tags(self, record):
        stage = record.stage(timezone.now())
        tags = [(stage.label, TONES.get(stage, "plain"))]
        if record.void_asked_by_id and record.state != AttemptState.VOIDED:
            tags.append((_("Voiding proposed"), "error"))
        return tags

    def sections(self, record, page):
        facts = facts_of(
            record, "exam", "number", "started_at", "deadline_at", "accepts_until", "saved_at",
            "switches", "submitted_at", "how_it_ended", "score", "full_marks",
        )  # fmt: skip
        if record.void_asked_by_id:
            facts += facts_of(record, "void_reason", "void_asked_by", "voided_by")
        return [Section(name="data", heading=_("Data"), facts=facts)]

    def get_urlpatterns(self):
        replay = path("<int:pk>/replay/", self.page(ReplayView), name="replay")
        return [*super().get_urlpatterns(), replay]
