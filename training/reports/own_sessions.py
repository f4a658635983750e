"""What a mediator sees of sessions: those open to the person, the own ones, and what is to do."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from office.workbench import Place, Task
from registry.models import Mediator
from training.actions.enrolments import reasons_against
from training.flows import EnrolmentState
from training.flows.enrolment import LIVE
from training.models import Enrolment, TrainingSession
from training.notices.sessions import when

E = EnrolmentState
DAYS_TO_ANSWER = 30
TONES = {
    E.PENDING: "warn",
    E.ENROLLED: "ok",
    E.WAITLISTED: "warn",
    E.REJECTED: "error",
    E.COMPLETED: "ok",
    E.ABSENT: "error",
}


@dataclass(frozen=True)
class OwnSession:
    """A session as one person stands to it; ``turn`` is the place on the waiting list."""

    session: TrainingSession
    enrolment: Enrolment | None = None
    turn: int = 0
    tone: str = ""
    reasons: list = field(default_factory=list)

    @property
    def is_live(self):
        return self.enrolment is not None and self.enrolment.state in LIVE

    @property
    def may_enrol(self):
        return not self.is_live and not self.reasons

    @property
    def may_leave(self):
        return (
            self.is_live
            and self.session.state == "open"
            and self.enrolment.state in {E.PENDING, E.WAITLISTED, E.ENROLLED}
        )

    @property
    def may_answer(self):
        return (
            self.enrolment is not None
            and self.enrolment.state == E.COMPLETED
            and not self.enrolment.has_answered
        )


def own_session(session, mediator, today):
    """Return how a person stands to a session, with all that bars the person from it."""
    mine = session.enrolments.filter(mediator=mediator).with_turn().order_by("-pk")
    enrolment = mine.live().first() or mine.first()
    return OwnSession(
        session=session,
        enrolment=enrolment,
        turn=enrolment.turn if enrolment else 0,
        tone=TONES.get(enrolment.state, "") if enrolment else "",
        reasons=reasons_against(session, mediator, today),
    )


def sessions_of(mediator):
    """Return the own enrolments, newest session first, each as an ``OwnSession``."""
    rows = (
        mediator.enrolments.with_turn()
        .select_related("session__base")
        .order_by("-session__starts_on", "-pk")
    )
    return [_standing(row) for row in rows]


def _standing(row):
    tone = TONES.get(row.state, "")
    return OwnSession(session=row.session, enrolment=row, turn=row.turn, tone=tone)


def open_sessions(mediator, today):
    """Return the sessions in which the person may ask for a place and has none."""
    mine = mediator.enrolments.live().values("session")
    rows = TrainingSession.objects.open_to(mediator).enrolling(today).exclude(pk__in=mine)
    return rows.select_related("base", "division").order_by("starts_on", "pk")


def coming_sessions(mediator, today):
    """Return the other sessions to come: those one is nominated for, and those that are full up.

    Whether the last day to enrol is over is told of each by the session itself.
    """
    mine = mediator.enrolments.live().values("session")
    offered = TrainingSession.objects.open_to(mediator).enrolling(today).values("pk")
    rows = TrainingSession.objects.announced_to(mediator).filter(starts_on__gte=today)
    rows = rows.exclude(pk__in=mine).exclude(pk__in=offered)
    return rows.select_related("base", "division").order_by("starts_on", "pk")


def parts_of(session):
    """Return (when, part) of a session."""
    return [(when(part), part) for part in session.parts.all()]


def sessions_on_my_page(user, today):
    """Return what awaits a mediator of sessions, and the place where they are listed."""
    mediator = Mediator.objects.filter(user=user).first()
    if mediator is None:
        return []
    mine = mediator.enrolments.select_related("session").order_by("session__starts_on", "pk")
    attend = [
        Task(
            label=_("Training: %(title)s") % {"title": row.session.title},
            url=row.session.get_absolute_url(),
            note=_("begins on %(day)s")
            % {"day": date_format(row.session.starts_on, "DATE_FORMAT")},
            due_on=row.session.ends_on,
        )
        for row in mine.to_attend(today)
    ]
    answer = [
        Task(
            label=_("Say what you think of the session: %(title)s") % {"title": row.session.title},
            url=reverse("session_feedback", args=[row.session_id]),
        )
        for row in mine.to_answer(today, DAYS_TO_ANSWER)
    ]
    cancelled = [
        Task(
            label=_("Cancelled: %(title)s") % {"title": row.session.title},
            url=row.session.get_absolute_url(),
            note=row.note[:60],
            tone="error",
        )
        for row in mine.just_cancelled(today)
    ]
    place = Place(label=_("Training sessions"), url=reverse("my_sessions"))
    return [*cancelled, *attend, *answer, place]
