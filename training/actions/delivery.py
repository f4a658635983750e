"""An exam is sat: begun, answered, taken over by another device, handed in. No answer is lost.

A save is one conditional update of the attempt - it runs, this device holds it, time is left,
nobody saved in between - and one row of the log; both or neither. Whatever else changes an attempt
locks the same row, so what is acknowledged before it counts, and nothing is acknowledged after it.
"""

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from secrets import randbits

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from office import ledger
from office.clocks import Calendar, due
from office.flow import Refused, taking
from training.actions.durable import durably
from training.flows import AttemptState, ExamState
from training.models import (
    AnswerSave,
    Attempt,
    AttemptItem,
    Exam,
    ExamCandidate,
    HowItEnded,
    QuestionVersion,
)
from training.rules import answering, scoring
from training.rules.drawing import freeze

# Two saves of one attempt at one moment: the second looks again. More often is no accident.
TRIES = 20


class TooLate(Refused):
    """The time is over; the attempt is handed in as it was saved."""


class TakenOver(Refused):
    """Another device holds the attempt."""


class Misnumbered(Refused):
    """The browser sent another answer under this number; ``next_number`` is free."""

    def __init__(self, next_number):
        self.next_number = next_number
        super().__init__(_("This number was used for another answer."))


@dataclass(frozen=True)
class Acknowledged:
    """What the browser is told of a save: its number, when, and whether one made later stands."""

    sequence: int
    saved_at: object
    overtaken: bool = False


def start_attempt(pk, *, by, device, now, seed=None):
    """Begin the exam on a paper frozen now; returns the attempt. ``pk`` is a candidate's.

    If one is running it is returned as it is, and stays with its device.

    :raises Refused: if the exam cannot be begun, no attempt is left, or a resit is too early.
    """
    place = ExamCandidate.objects.get(pk=pk)
    open_if_due(place.exam_id, now=now)
    for expired in place.attempts.expired(now).values_list("pk", flat=True):
        settle(expired, now=now)
    with transaction.atomic():
        place = ExamCandidate.objects.select_for_update(of=("self",)).get(pk=pk)
        if running := place.attempts.running(now).first():
            return running
        exam = Exam.objects.select_related("paper").get(pk=place.exam_id)
        if reasons := refusals_to_start(exam, place, now):
            raise Refused(reasons)
        attempt = _begun(exam, place, device=device, now=now, seed=seed or randbits(62))
        ledger.append("training.attempt.start", attempt, by=by, after=_told(attempt))
    return attempt


def refusals_to_start(exam, place, now):
    """Return every reason why a candidate may not begin at the moment."""
    if not exam.takes_beginners(now):
        return [_("The exam cannot be begun now.")]
    taken = list(place.attempts.order_by("number"))
    if len(taken) >= exam.attempts_allowed:
        return [_("No attempt is left.")]
    if taken:
        last = timezone.localdate(taken[-1].submitted_at or taken[-1].deadline_at)
        deadline = due(Calendar.load(), last, exam.resit_policy.term)
        if not deadline.is_overdue(timezone.localdate(now)):
            return [_("A resit is possible only after the gap that is set.")]
    return []


def _begun(exam, place, *, device, now, seed):
    drawn, missing = exam.paper.draw(exam.day, seed)
    # What a fixed paper asks was looked at when the exam was scheduled; all get the same.
    if missing and exam.paper.is_drawn:
        raise Refused(missing)
    if exam.paper.shuffles_questions:
        Random(seed).shuffle(drawn)  # noqa: S311 - to be made again from the seed
    deadline = exam.deadline(now, place.extra_minutes)
    attempt = Attempt(
        exam=exam,
        candidate=place,
        number=place.attempts.count() + 1,
        seed=seed,
        started_at=now,
        deadline_at=deadline,
        accepts_until=deadline + timedelta(seconds=exam.grace_seconds),
        device=device,
        full_marks=sum(marks for _version, marks in drawn),
    )
    attempt.full_clean()
    attempt.save()
    _freeze(attempt, drawn, exam.paper)
    return attempt


def _freeze(attempt, drawn, paper):
    wanted = [version for version, _marks in drawn]
    versions = QuestionVersion.objects.select_related("question").in_bulk(wanted)
    AttemptItem.objects.bulk_create(
        AttemptItem(
            attempt=attempt,
            position=position,
            version=versions[pk],
            marks=marks,
            frozen=freeze(
                versions[pk].content,
                versions[pk].question.kind,
                f"{attempt.seed}:{position}",
                shuffled=paper.shuffles_options,
            ),
        )
        for position, (pk, marks) in enumerate(drawn, start=1)
    )


def open_if_due(pk, *, now):
    """Note that an exam is open once its time has come; the moment itself opened it."""
    exam = Exam.objects.get(pk=pk)
    if exam.state == ExamState.SCHEDULED and now >= exam.opens_at:
        try:
            with taking("open", Exam.objects, pk, by=None, today=now):
                pass
        except Refused:
            # Somebody else noted it at the same moment.
            return


def save_answer(pk, *, by, position, value, device, now, client="", number=None, base=0):
    """Save an answer and acknowledge it with its number; a blank value clears the answer.

    ``client`` and ``number`` name the browser and what it sends, so that the same thing sent again
    is acknowledged again and counts once; ``base`` is the last number it was told.

    :raises TooLate: after the deadline and its grace; the attempt is then handed in as saved.
    :raises TakenOver: if another device holds the attempt.
    :raises Misnumbered: if the browser used the number for something else.
    :raises Refused: if it is no answer to this question.
    """
    sent = {"client": client, "client_sequence": number}
    for _try in range(TRIES):
        item = _item(pk, by, position)
        try:
            kept = answering.tidy(item.version.question.kind, item.frozen, value)
        except (ValueError, TypeError, AttributeError):
            raise Refused(_("This is no answer to this question.")) from None
        if barred := _barred(item.attempt, device, now):
            if before := _sent_before(item, kept, sent):
                return before
            raise barred
        try:
            with durably():
                saved = _saved(item, kept, device=device, now=now, base=base, **sent)
            if saved:
                return saved
        except IntegrityError:
            if before := _sent_before(item, kept, sent):
                return before
    raise Refused(_("This could not be saved. It is sent again by itself."))


def _item(pk, by, position):
    rows = AttemptItem.objects.select_related("attempt", "version__question").defer(
        "version__content", "version__stem", "version__explanation"
    )
    return rows.get(attempt=pk, attempt__candidate__mediator__user=by, position=position)


def _sent_before(item, kept, sent):
    """Return the acknowledgement of the same thing, if it was taken already."""
    if not sent["client"]:
        return None
    rows = AnswerSave.objects.filter(attempt=item.attempt_id, client=sent["client"])
    before = rows.filter(client_sequence=sent["client_sequence"]).first()
    if before is None:
        return None
    if (before.item_id, before.value) != (item.pk, kept):
        raise Misnumbered(rows.order_by("-client_sequence")[0].client_sequence + 1)
    return Acknowledged(before.sequence, before.received_at, before.overtaken)


def _barred(attempt, device, now):
    if attempt.is_expired(now):
        settle(attempt.pk, now=now)
    if not attempt.is_running(now):
        return TooLate(_over(attempt))
    if attempt.device != device:
        return TakenOver(_("The exam goes on on another device. Nothing is saved from here."))
    return None


def _over(attempt):
    """Say why an attempt takes no more answers."""
    if attempt.state == AttemptState.VOIDED:
        return _("This attempt was voided.")
    if attempt.how_it_ended == HowItEnded.HANDED_IN:
        return _("The exam was handed in already.")
    return _("The time is over. What was saved before is handed in.")


@transaction.atomic
def _saved(item, kept, *, device, now, base, client, client_sequence):
    """Save if nothing has moved since the attempt was read, else return None."""
    read = item.attempt
    sequence = read.sequence + 1
    moved = Attempt.objects.filter(
        pk=read.pk,
        state=AttemptState.IN_PROGRESS,
        device=device,
        accepts_until__gte=now,
        sequence=read.sequence,
    ).update(sequence=sequence, saved_at=now)
    if not moved:
        return None
    overtaken = (
        bool(client) and read.sequence > base and _is_overtaken(item, client, client_sequence, base)
    )
    AnswerSave.objects.create(
        attempt_id=read.pk,
        item_id=item.pk,
        sequence=sequence,
        value=kept,
        client=client,
        client_sequence=client_sequence,
        overtaken=overtaken,
        received_at=now,
    )
    return Acknowledged(sequence, now, overtaken)


def _is_overtaken(item, client, client_sequence, base):
    newer = AnswerSave.objects.newer_than(
        item=item.pk, client=client, client_sequence=client_sequence, base=base
    )
    return newer.filter(overtaken=False).exists()


def put_off(pk, *, by, position, is_put_off, device, now):
    """Mark a question for later, or take the mark away.

    :raises TooLate: or TakenOver, as a save would.
    """
    item = _item(pk, by, position)
    if barred := _barred(item.attempt, device, now):
        raise barred
    AttemptItem.objects.filter(pk=item.pk).update(is_put_off=is_put_off)


def take_over(pk, *, by, device, now):
    """Go on with a running attempt on this device; the one before is told so when it saves.

    :raises TooLate: if the time is over.
    """
    with transaction.atomic():
        attempt = Attempt.objects.select_for_update(of=("self",)).get(
            pk=pk, candidate__mediator__user=by
        )
        is_running, is_new = attempt.is_running(now), attempt.device != device
        if is_running and is_new:
            attempt.device, attempt.switches = device, attempt.switches + 1
            attempt.save(update_fields=["device", "switches", "changed_at"])
            after = {"switches": attempt.switches}
            ledger.append("training.attempt.take_over", attempt, by=by, after=after)
    if not is_running:
        raise TooLate(_over(settle(pk, now=now)))
    return attempt


def submit_attempt(pk, *, by, device, now):
    """Hand in; whoever handed in already, or whose time ran out, finds it done.

    :raises TakenOver: if another device holds the attempt.
    """
    attempt = Attempt.objects.get(pk=pk, candidate__mediator__user=by)
    if attempt.is_expired(now):
        return settle(pk, now=now)
    with durably(), transaction.atomic():
        attempt = Attempt.objects.select_for_update(of=("self",)).get(pk=pk)
        if attempt.state != AttemptState.IN_PROGRESS:
            return attempt
        if attempt.device != device:
            raise TakenOver(_("The exam goes on on another device. Hand it in there."))
        return _handed_in(pk, by=by, now=now, at=now, how=HowItEnded.HANDED_IN)


@transaction.atomic
def settle(pk, *, now):
    """Note that the time of an attempt ran out: it is handed in as saved, at its deadline."""
    attempt = Attempt.objects.select_for_update(of=("self",)).get(pk=pk)
    if not attempt.is_expired(now):
        return attempt
    return _handed_in(pk, by=None, now=now, at=attempt.deadline_at, how=HowItEnded.TIME)


def _handed_in(pk, *, by, now, at, how):
    with taking("submit", Attempt.objects, pk, by=by, today=now) as attempt:
        attempt.submitted_at, attempt.how_it_ended = at, how
        score_items(attempt)
    if not attempt.items.filter(score=None).exists():
        with taking("mark", Attempt.objects, pk, by=None, today=now) as attempt:
            attempt.score = sum(attempt.items.values_list("score", flat=True))
    return attempt


def score_items(attempt):
    """Note on each question the answer that stands and what it is worth; essays wait."""
    answers = attempt.standing_answers()
    items = list(attempt.items.select_related("version__question", "attempt"))
    rule = attempt.exam.paper.rule
    for item in items:
        kind, content = item.version.question.kind, item.version.content
        item.answer = answering.in_the_bank(kind, item.frozen, answers.get(item.pk))
        item.score = scoring.score(kind, content, item.answer, marks=item.marks, rule=rule)
    AttemptItem.objects.bulk_update(items, ["answer", "score"], batch_size=200)


def _told(attempt):
    return {
        "number": attempt.number,
        "seed": attempt.seed,
        "deadline_at": attempt.deadline_at.isoformat(),
    }
