"""A candidate appeals against a result; somebody who did not mark it decides."""

from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from office.clocks import Calendar
from office.flow import Refused, taking
from training.actions.marking import close_to
from training.actions.remarking import left_out_of, marked_anew
from training.flows import AttemptState, ExamState
from training.models import Appeal, Attempt, AttemptItem, Exam, Marking, Remark, TrainingKey

RESULTS = {AttemptState.PASSED, AttemptState.FAILED}
K = TrainingKey


@transaction.atomic
def file_appeal(pk, *, by, today, text):
    """Appeal against the result of an own attempt; a second sending finds it filed. Returns it.

    :raises Refused: before results are out, after the days set for it, or without a result.
    """
    rows = Attempt.objects.select_for_update(of=("self",)).select_related("exam")
    attempt = rows.get(pk=pk, candidate__mediator__user=by)
    if filed := Appeal.objects.filter(attempt=attempt).first():
        return filed
    calendar = Calendar.load()
    if reasons := refusals_to_appeal(attempt, calendar, today):
        raise Refused(reasons)
    policy = attempt.exam.figure(K.APPEAL_DECISION)
    appeal = Appeal(attempt=attempt, text=text, filed_on=today, policy=policy)
    appeal.due_on = appeal.deadline(calendar).due_on
    appeal.full_clean()
    appeal.save()
    ledger.append("training.appeal.lodge", appeal, by=by, after=ledger.filled(appeal))
    return appeal


def refusals_to_appeal(attempt, calendar, today):
    """Return every reason why a candidate may not appeal today."""
    if attempt.exam.state != ExamState.RELEASED or attempt.state not in RESULTS:
        return [_("There is no result to appeal against.")]
    if attempt.exam.appeal_deadline(calendar).is_overdue(today):
        return [_("The days to appeal are over.")]
    return []


def bars_to_decide(appeal, user, today):
    """Return every reason why somebody does not decide an appeal."""
    attempt, reasons = appeal.attempt, []
    if Marking.objects.given().filter(item__attempt=attempt, marker=user).exists():
        reasons.append(_("Who marked the attempt does not decide the appeal."))
    months = attempt.exam.figure(K.RECUSAL_MONTHS).amount
    if close_to(user, months, today).filter(pk=attempt.candidate.mediator_id).exists():
        reasons.append(_("The candidate is too close to you for you to decide."))
    return reasons


@transaction.atomic
def uphold_appeal(pk, *, by, now, today, reason, marks):
    """Uphold an appeal: the marks of questions change, and with them perhaps the result.

    ``marks`` are {position: marks}; ``reason`` is what the candidate reads.

    :raises Refused: if one marked the attempt, nothing changes, or a question cannot get so much.
    """
    exam = Exam.objects.select_for_update(of=("self",)).get(attempts__appeal=pk)
    attempt = Attempt.objects.select_for_update(of=("self",)).get(appeal=pk)
    with _deciding("uphold", pk, by=by, today=today, reason=reason) as appeal:
        changed = _changed(exam, attempt, marks)
    marked_anew(
        exam, [attempt], {attempt.pk: changed}, by=by, now=now, reason=reason, appeal=appeal
    )
    return appeal


def reject_appeal(pk, *, by, today, reason):
    """Reject an appeal; the reason is what the candidate reads.

    :raises Refused: if one marked the attempt.
    """
    with _deciding("reject", pk, by=by, today=today, reason=reason) as appeal:
        return appeal


@contextmanager
def _deciding(step, pk, *, by, today, reason):
    """Take a step of an appeal as somebody who may decide it."""
    rows = Appeal.objects.select_related("attempt__exam", "attempt__candidate")
    with taking(step, rows, pk, by=by, today=today, reason=reason) as appeal:
        if reasons := bars_to_decide(appeal, by, today):
            raise Refused(reasons)
        appeal.decision, appeal.decided_by, appeal.decided_on = reason, by, today
        yield appeal


def _changed(exam, attempt, marks):
    """Write the marks of questions that differ; returns what changed."""
    items = attempt.items.filter(position__in=marks).exclude(version__in=left_out_of(exam))
    changed = []
    for item in items:
        given = marks[item.position]
        if not 0 <= given <= item.marks:
            raise Refused(_("A question gets no less than nothing and no more than it is worth."))
        if given != item.score:
            told = {"position": item.position, "before": str(item.score), "after": str(given)}
            changed.append(told)
            item.score = given
    if not changed:
        raise Refused(_("To uphold an appeal is to change marks; if none change, reject it."))
    AttemptItem.objects.bulk_update(items, ["score"])
    return changed


@transaction.atomic
def acknowledge_result(pk, *, by, now):
    """Note that a candidate read what changed and what was decided; returns the attempt."""
    rows = Attempt.objects.select_for_update(of=("self",))
    attempt = rows.get(pk=pk, candidate__mediator__user=by)
    Remark.objects.filter(attempt=attempt).to_tell().update(acknowledged_at=now)
    Appeal.objects.filter(attempt=attempt, read_at=None).exclude(state="open").update(read_at=now)
    return attempt
