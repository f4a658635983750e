"""The lives of a paper, an exam and an attempt: every state, guard and step in one place.

The guards of exams and attempts are asked about a moment, not a day: where the grammar says
``today`` these flows take ``now``.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.flow import Flow, Step, guard


class PaperState(models.TextChoices):
    DRAFT = "draft", _("draft")
    READY = "ready", _("ready")
    RETIRED = "retired", _("retired")


class ExamState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SCHEDULED = "scheduled", _("scheduled")
    OPEN = "open", _("being held")
    MARKING = "marking", _("in marking")
    ASKED = "asked", _("release asked for")
    RELEASED = "released", _("results released")
    ARCHIVED = "archived", _("archived")


class AttemptState(models.TextChoices):
    IN_PROGRESS = "in_progress", _("being sat")
    SUBMITTED = "submitted", _("handed in")
    MARKED = "marked", _("marked")
    PASSED = "passed", _("passed")
    FAILED = "failed", _("not passed")
    VOIDED = "voided", _("voided")


@guard(_("The paper asks nothing yet."))
def it_asks_something(paper, today):
    return paper.number_of_questions() > 0


def its_questions_are_there(paper, today):
    """Return a sentence for every line or question that the bank cannot serve on the day."""
    return paper.shortfalls(today)


@guard(_("An exam that is not over uses this paper."))
def no_exam_uses_it(paper, today):
    return not paper.exams.unreleased().exists()


@guard(_("The paper is not ready."))
def its_paper_is_ready(exam, now):
    return exam.paper.state == PaperState.READY


@guard(_("The exam would begin in the past."))
def it_begins_later(exam, now):
    return exam.opens_at > now


def its_paper_can_be_given(exam, now):
    """Return what the paper falls short of on the day of the exam."""
    return exam.paper.shortfalls(exam.day)


@guard(_("The exam has begun."))
def it_has_not_begun(exam, now):
    return now < exam.opens_at


@guard(_("The exam has not begun."))
def it_has_begun(exam, now):
    return now >= exam.opens_at


@guard(_("The time in which the exam can be begun is not over."))
def its_window_is_over(exam, now):
    return now > exam.closes_at


@guard(_("Somebody is still sitting the exam."))
def nobody_is_sitting(exam, now):
    return not exam.attempts.running(now).exists()


@guard(_("An attempt is not marked yet."))
def everything_is_marked(exam, now):
    return not exam.attempts.unmarked().exists()


@guard(_("A correction of a key waits for the second person."))
def no_rekey_is_pending(exam, now):
    return not exam.rekeys.pending().exists()


@guard(_("The resit would begin before the gap that is set is over."))
def it_keeps_the_gap(exam, now):
    return exam.keeps_the_gap()


@guard(_("An appeal is still open."))
def no_appeal_is_open(exam, now):
    return not exam.attempts.filter(appeal__state="open").exists()


@guard(_("An answer still has to be marked."))
def every_answer_is_marked(attempt, now):
    return not attempt.items.filter(score=None).exists()


@guard(_("Nobody has proposed to void this attempt."))
def voiding_is_proposed(attempt, now):
    return attempt.void_asked_by_id is not None


P, S, A = PaperState, ExamState, AttemptState
PAPER = Flow(
    Step(
        "make_ready",
        _("Declare ready"),
        P.DRAFT,
        P.READY,
        it_asks_something,
        its_questions_are_there,
    ),
    Step("reopen", _("Work on it again"), P.READY, P.DRAFT, no_exam_uses_it),
    Step("retire", _("Retire"), [P.DRAFT, P.READY], P.RETIRED, no_exam_uses_it),
    editable=[P.DRAFT],
)
EXAM = Flow(
    Step(
        "schedule",
        _("Schedule"),
        S.DRAFT,
        S.SCHEDULED,
        its_paper_is_ready,
        it_begins_later,
        it_keeps_the_gap,
        its_paper_can_be_given,
    ),
    Step("take_back", _("Take back"), S.SCHEDULED, S.DRAFT, it_has_not_begun),
    Step("open", _("Open"), S.SCHEDULED, S.OPEN, it_has_begun),
    Step(
        "collect",
        _("Collect the papers"),
        S.OPEN,
        S.MARKING,
        its_window_is_over,
        nobody_is_sitting,
    ),
    Step(
        "ask_release",
        _("Ask for the release"),
        S.MARKING,
        S.ASKED,
        everything_is_marked,
        no_rekey_is_pending,
    ),
    Step(
        "release",
        _("Release the results"),
        S.ASKED,
        S.RELEASED,
        everything_is_marked,
        no_rekey_is_pending,
    ),
    Step("keep_back", _("Do not release yet"), S.ASKED, S.MARKING),
    Step("archive", _("Archive"), S.RELEASED, S.ARCHIVED, no_appeal_is_open, no_rekey_is_pending),
    editable=[S.DRAFT],
)
ATTEMPT = Flow(
    Step("submit", _("Hand in"), A.IN_PROGRESS, A.SUBMITTED),
    Step("mark", _("Mark"), A.SUBMITTED, A.MARKED, every_answer_is_marked),
    Step("pass", _("Pass"), A.MARKED, A.PASSED),
    Step("fail", _("Fail"), A.MARKED, A.FAILED),
    Step("pass_after_all", _("Pass after marking anew"), A.FAILED, A.PASSED),
    Step("fail_after_all", _("Fail after marking anew"), A.PASSED, A.FAILED),
    Step(
        "void",
        _("Void"),
        [A.IN_PROGRESS, A.SUBMITTED, A.MARKED, A.PASSED, A.FAILED],
        A.VOIDED,
        voiding_is_proposed,
    ),
    editable=[],
)
