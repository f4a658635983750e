"""Exams on the officer's desk, and the view of the room while they run."""

from dataclasses import replace

from django.db.models import Count, Q
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import Act
from office.desk.columns import Column, Section, facts_of
from office.desk.filters import Filters, choice, contains, day
from office.desk.history import name_acts, name_facts
from office.desk.pages import RecordPage
from office.desk.viewset import DESKS, DeskViewSet
from registry.viewsets.terms import DivisionFilter, division_column
from training import actions
from training.flows import EXAM, ExamState
from training.forms.exams import AddCandidateForm, ExamForm, ExtendForm, NewExamForm, RoomsForm
from training.models import Exam, ExamPurpose
from training.viewsets.moments import by_the_clock, exam_step
from training.viewsets.rekeys import MARKING_ACTS, marking_section, statistics_urls
from training.viewsets.releases import RELEASE_ACTS, release_facts, runs_of

name_acts(
    fill=gettext_lazy("Name the candidates"),
    seat=gettext_lazy("Seat the candidates"),
    extend=gettext_lazy("Give time after an incident"),
)
name_facts(
    candidates=(gettext_lazy("Candidates"), ()),
    rooms=(gettext_lazy("Rooms"), ()),
)
TONES = {
    ExamState.DRAFT: "plain",
    ExamState.SCHEDULED: "info",
    ExamState.OPEN: "warn",
    ExamState.MARKING: "warn",
    ExamState.ASKED: "warn",
    ExamState.RELEASED: "ok",
}
SECONDS_TO_REFRESH = "15"
RUNNING = {ExamState.SCHEDULED, ExamState.OPEN}


def schedule(pk, *, by, today, reason):
    return actions.schedule_exam(pk, by=by, now=timezone.now(), today=today, reason=reason)


def effects_of_scheduling(exam, today):
    return [
        _("The figures of the day of the exam are set and stay as they are."),
        _("Everybody in post in %(place)s whose age wants it becomes a candidate and is told.")
        % {"place": exam.division},
    ]


def _is_running(exam):
    return exam.state in RUNNING


class ExamFilters(Filters):
    title = contains("title", gettext_lazy("Title"))
    purpose = choice("purpose", gettext_lazy("Purpose"), ExamPurpose.choices)
    division = DivisionFilter()
    opens_from = day("opens_at", gettext_lazy("Begins from"), "date__gte")

    class Meta:
        model = Exam
        fields = []


def stage(exam):
    return exam.stage(timezone.now())


class RoomView(RecordPage):
    """Who sits an exam now: begun, last saved, answered, time left. It renews itself."""

    template_name = "training/desk/exam_room.html"

    def get(self, request, *args, **kwargs):
        response = self.render_to_response(self.get_context_data())
        response["Refresh"] = SECONDS_TO_REFRESH
        return response

    def get_page_title(self):
        return _("Exam room")

    def get_context_data(self, **kwargs):
        now, exam = timezone.now(), self.record
        attempts = exam.attempts.with_progress().select_related(
            "candidate__mediator", "candidate__room"
        )
        waiting = exam.candidates.filter(attempts=None).select_related("mediator", "room")
        wanted = self.request.GET.get("room", "")
        if wanted.isascii() and wanted.isdigit() and len(wanted) < 19:
            attempts = attempts.filter(candidate__room=int(wanted))
            waiting = waiting.filter(room=int(wanted))
        rows = [
            {
                "attempt": attempt,
                "url": DESKS["training.attempt"].url("inspect", attempt.pk),
                "stage": attempt.stage(now).label,
                "minutes_left": attempt.seconds_left(now) // 60
                if attempt.is_running(now)
                else None,
            }
            for attempt in attempts.order_by("candidate__room__name", "candidate__mediator__name")
        ]
        return super().get_context_data(
            rows=rows, waiting=waiting, rooms=exam.rooms.all(), wanted=wanted, now=now, **kwargs
        )


class ExamDesk(DeskViewSet):
    name = "exams"
    icon = "edit"
    model = Exam
    help = gettext_lazy("Exams are planned, scheduled, sat, collected, marked and released.")
    related = ("division", "paper")
    filterset_class = ExamFilters
    tab_field = "state"
    list_columns = (
        "title",
        division_column,
        "purpose",
        "opens_at",
        "closes_at",
        Column(
            name="state",
            label=gettext_lazy("State"),
            value=lambda row: stage(row).label,
            tone=lambda row: TONES.get(stage(row), "plain"),
            sort="state",
        ),
    )
    exported = ("title", "purpose", "opens_at", "closes_at", "minutes", "pass_share", "state")
    form_class = ExamForm
    add_form_class = NewExamForm
    add = staticmethod(actions.add_exam)
    change = staticmethod(actions.change_exam)
    acts = (
        exam_step(
            EXAM, "schedule", schedule, consequences=effects_of_scheduling, icon="calendar-check"
        ),
        exam_step(EXAM, "take_back", by_the_clock(actions.take_back_exam), icon="rotate"),
        Act(
            name="fill",
            label=gettext_lazy("Name the candidates anew"),
            take=actions.fill_candidates,
            permission="schedule",
            offered=_is_running,
            icon="group",
        ),
        Act(
            name="add_candidate",
            label=gettext_lazy("Name one more candidate"),
            take=actions.add_candidate,
            permission="schedule",
            form_class=AddCandidateForm,
            offered=_is_running,
            icon="user",
        ),
        Act(
            name="set_rooms",
            label=gettext_lazy("Seat the candidates"),
            take=actions.set_rooms,
            permission="schedule",
            form_class=RoomsForm,
            offered=_is_running,
            icon="table",
        ),
        Act(
            name="extend",
            label=gettext_lazy("Give time after an incident"),
            take=by_the_clock(actions.extend_exam),
            permission="extend",
            form_class=ExtendForm,
            offered=_is_running,
            icon="history",
        ),
        replace(
            exam_step(EXAM, "collect", by_the_clock(actions.collect_exam), icon="download"),
            # Nothing has to run to open an exam, so one may be collected that nobody opened.
            offered=_is_running,
            refusals=lambda row, today: collecting(row, timezone.now()),
        ),
        *RELEASE_ACTS,
        exam_step(EXAM, "archive", by_the_clock(actions.archive_exam), icon="folder"),
        *MARKING_ACTS,
    )

    def get_urlpatterns(self):
        room = path("<int:pk>/room/", self.page(RoomView), name="room")
        return [*super().get_urlpatterns(), room, *statistics_urls(self)]

    def tags(self, record):
        now = stage(record)
        return [(now.label, TONES.get(now, "plain"))]

    def ways_on(self, record, page):
        return runs_of(record, page.request.user)

    def sections(self, record, page):
        data = facts_of(record, "purpose", "division", "paper", "opens_at", "closes_at")
        figures = facts_of(
            record, "minutes", "grace_seconds", "attempts_allowed", "pass_share", "must_sit_age",
            "may_sit_age", "resit_policy",
        ) + release_facts(record)  # fmt: skip
        return [
            Section(name="data", heading=_("Data"), facts=data),
            Section(name="figures", heading=_("Figures"), icon="cog", facts=figures),
            Section(
                name="sitting",
                heading=_("Candidates"),
                icon="group",
                template="training/desk/exam.html",
                context=self.counted(record),
            ),
            marking_section(record, page.request.user),
            *self.incidents(record),
        ]

    def counted(self, record):
        """How many are to sit, and how far they are; where to look at them."""
        places = record.candidates.aggregate(
            all=Count("pk"), must=Count("pk", filter=Q(must_sit=True, may_sit=False))
        )
        attempts = record.attempts.aggregate(
            begun=Count("candidate", distinct=True),
            unmarked=Count("pk", filter=Q(state="submitted")),
        )
        return {
            "facts": [
                (_("Candidates"), places["all"]),
                (_("Of these must sit"), places["must"]),
                (_("Have begun"), attempts["begun"]),
                (_("Wait for a marker"), attempts["unmarked"]),
            ],
            "room": self.url("room", record.pk),
            "candidates": f"{DESKS['training.examcandidate'].url('index')}?exam={record.pk}",
            "attempts": f"{DESKS['training.attempt'].url('index')}?exam={record.pk}",
        }

    def incidents(self, record):
        """What time was given after incidents."""
        given = record.extensions.select_related("room", "candidate__mediator", "given_by")
        facts = [
            (
                timezone.localtime(one.given_at).strftime("%Y-%m-%d %H:%M"),
                f"{one.room or (one.candidate and one.candidate.mediator) or _('All')}"
                f" +{one.minutes}, {one.reason} ({one.given_by})",
            )
            for one in given
        ]
        heading = _("Time given after incidents")
        return [Section(name="incidents", heading=heading, facts=facts)] if facts else []


def collecting(exam, now):
    """Return what bars the collection, as if the exam had been opened when its time came."""
    if exam.state == ExamState.SCHEDULED and now >= exam.opens_at:
        exam.state = ExamState.OPEN
        reasons = EXAM.refusals(exam, "collect", now)
        exam.state = ExamState.SCHEDULED
        return reasons
    return EXAM.refusals(exam, "collect", now)
