"""Essays are marked by two who do not know whose they are, and by a third if these lie apart."""

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused, taking
from registry.models import Appointment, Mediator
from training.actions.remarking import recounted
from training.flows import ExamState
from training.models import (
    Attempt,
    AttemptItem,
    Exam,
    Marker,
    Marking,
    Pairing,
    TrainingKey,
)
from training.queries.marking import in_an_order_of_no_meaning, to_mark
from training.rules.marking import MARKERS, settled, worth

NAMING = {ExamState.SCHEDULED, ExamState.OPEN, ExamState.MARKING}
ROUNDS = (1, 2, 3)
K = TrainingKey


@transaction.atomic
def name_markers(pk, *, by, today, reason, users):
    """Name those who mark the essays of an exam; returns it.

    Who is left out marks no more: answers in hand go back, marks that were given stay.

    :raises Refused: if there are fewer than two, or the exam takes no markers any more.
    """
    exam = Exam.objects.select_for_update(of=("self",)).get(pk=pk)
    if exam.state not in NAMING:
        raise Refused(_("Markers are named until the results are released."))
    wanted = {user.pk for user in users}
    if len(wanted) < MARKERS:
        raise Refused(_("Two mark each answer: name two markers at least."))
    before = set(exam.markers.values_list("user_id", flat=True))
    # All are locked before the first is written: the ledger's lock comes last.
    in_hand = exam.markings.waiting().filter(marker__in=before - wanted).order_by("pk")
    for marking in list(in_hand.select_for_update(of=("self",))):
        hand_back(marking.pk, by=by, today=today, reason=reason, marker=marking.marker)
    exam.markers.exclude(user__in=wanted).delete()
    Marker.objects.bulk_create(
        Marker(exam=exam, user_id=user, named_on=today) for user in sorted(wanted - before)
    )
    told = {"before": {"markers": sorted(before)}, "after": {"markers": sorted(wanted)}}
    ledger.append("training.exam.name_markers", exam, by=by, reason=reason, **told)
    return exam


@transaction.atomic
def claim_answer(pk, *, by, now, today):
    """Give a marker the next answer of an exam; whoever has one in hand keeps that one.

    Two who ask at once get answers, or rounds, of their own: the exam is locked meanwhile.

    :raises Refused: if the exam is not in marking, one is no marker of it, or nothing waits.
    """
    exam = Exam.objects.select_for_update(of=("self",)).get(pk=pk)
    if not exam.markers.of(by).exists():
        raise Refused(_("You are not a marker of this exam."))
    if exam.state != ExamState.MARKING:
        raise Refused(_("The exam is not in marking."))
    if in_hand := exam.markings.waiting().filter(marker=by).first():
        return in_hand
    item = in_an_order_of_no_meaning(answers_for(exam, by, today)).first()
    if item is None:
        raise Refused(_("No answer waits for you."))
    taken = set(item.markings.standing().values_list("round", flat=True))
    last = exam.markings.aggregate(last=Max("number"))["last"] or 0
    marking = Marking(
        item=item,
        exam=exam,
        marker=by,
        round=next(number for number in ROUNDS if number not in taken),
        number=last + 1,
        claimed_at=now,
    )
    marking.full_clean()
    marking.save()
    ledger.append("training.marking.claim", marking, by=by, after=ledger.filled(marking))
    return marking


def answers_for(exam, user, today):
    """The answers of an exam that somebody may mark next."""
    months = exam.figure(K.RECUSAL_MONTHS).amount
    mine = Marking.objects.filter(marker=user).values("item")
    waiting = to_mark(AttemptItem.objects.filter(attempt__exam=exam)).exclude(pk__in=mine)
    return waiting.exclude(attempt__candidate__mediator__in=close_to(user, months, today))


def close_to(user, months, today):
    """The people whose answers somebody does not judge, where the account is a mediator's.

    Oneself, one's master or apprentice until ``months`` after, and whoever serves, or is to serve,
    in an organisation of one's own.
    """
    own = Mediator.objects.filter(user=user).first()
    if own is None:
        return Mediator.objects.none()
    pairings = Pairing.objects.of(own).recusing(today, months)
    posts = Appointment.objects.exclude(state="rejected").filter(
        Q(until_on=None) | Q(until_on__gt=today)
    )
    bodies = posts.filter(mediator=own).values("organization")
    colleagues = posts.filter(organization__in=bodies)
    return Mediator.objects.filter(
        Q(pk=own.pk)
        | Q(pk__in=pairings.values("mentor"))
        | Q(pk__in=pairings.values("apprentice"))
        | Q(pk__in=colleagues.values("mediator"))
    )


@transaction.atomic
def mark_answer(pk, *, by, now, today, points, comment=""):
    """Give marks for an answer point by point; returns the marking.

    When the answer has its mark, and with it the attempt the last it lacked, the attempt is marked.

    :raises Refused: if it is not in this marker's hand, or a point gets more than it may.
    """
    attempt = Attempt.objects.select_for_update(of=("self",)).get(items__markings=pk)
    rows = Marking.objects.filter(marker=by).select_related("item__attempt__exam")
    with taking("mark", rows, pk, by=by, today=today) as marking:
        marking.marks = _given(marking, points)
        marking.points = [str(point) for point in points]
        marking.comment, marking.marked_at = comment, now
    item, exam = marking.item, marking.item.attempt.exam
    item.score = settled(
        list(item.markings.given().values_list("marks", flat=True)),
        full=item.marks,
        most_apart=exam.figure(K.MARKERS_APART).amount,
        counting=exam.figure(K.MARKS_COUNTING).amount,
    )
    if item.score is not None:
        item.save(update_fields=["score"])
        finish(attempt, now=now)
    return marking


def _given(marking, points):
    guide = [most for _point, most in marking.guide]
    if len(points) != len(guide):
        raise Refused(_("Give marks for every point."))
    if any(not 0 <= point <= most for point, most in zip(points, guide, strict=True)):
        raise Refused(_("A point gets no less than nothing and no more than it is worth."))
    return worth(points, guide, marking.item.marks)


def finish(attempt, *, now):
    """Note that an attempt is marked once nothing of it waits for a marker."""
    if attempt.items.filter(score=None).exists():
        return
    with taking("mark", Attempt.objects, attempt.pk, by=None, today=now) as marked:
        marked.score, marked.full_marks = recounted(marked.exam, [marked])[marked.pk]


def hand_back(pk, *, by, today, reason, marker=None):
    """Hand an answer back unmarked, as one knows whose it is or cannot go on; others get it.

    ``marker`` is who has it in hand, if it is another who takes it back.

    :raises Refused: if it is marked.
    """
    rows = Marking.objects.filter(marker=marker or by)
    with taking("hand_back", rows, pk, by=by, today=today, reason=reason) as marking:
        return marking
