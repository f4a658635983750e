"""What happens in an exam room: time is given back after an incident, a cheat's attempt is voided.

Both leave a reason; voiding takes two persons.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused, taking
from training.flows import AttemptState, ExamState
from training.models import Attempt, Exam, ExamExtension

RUNNING = {ExamState.SCHEDULED, ExamState.OPEN}


@transaction.atomic
def extend_exam(pk, *, by, now, reason, minutes, room=None, candidate=None):
    """Give minutes after an incident to all, to a room or to one candidate; returns the extension.

    Whoever is sitting has a later deadline at once; whoever can still begin will have more time.

    :raises Refused: if that concerns nobody.
    """
    # Whoever begins holds the own place and looks at the exam: neither may wait for the other.
    exam = Exam.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    if exam.state not in RUNNING:
        raise Refused(_("Time is given only until the papers are collected."))
    places = exam.candidates.all()
    places = places.filter(room=room) if room else places
    places = places.filter(pk=candidate.pk) if candidate else places
    # Who is about to begin has begun by now, or begins after this.
    _lock(places)
    more = timedelta(minutes=minutes)
    sitting = exam.attempts.running(now).filter(candidate__in=places)
    sitting = sitting.update(
        deadline_at=F("deadline_at") + more, accepts_until=F("accepts_until") + more
    )
    to_begin = 0
    if now < exam.closes_at:
        to_begin = places.filter(attempts=None).update(
            extra_minutes=F("extra_minutes") + minutes, extra_reason=reason
        )
    if not sitting + to_begin:
        raise Refused(_("Nobody concerned is sitting or can still begin."))
    extension = ExamExtension(
        exam=exam, room=room, candidate=candidate, minutes=minutes, reason=reason, given_by=by,
        given_at=now, sitting=sitting, concerned=sitting + to_begin,
    )  # fmt: skip
    extension.full_clean()
    extension.save()
    ledger.append(
        "training.exam.extend", exam, by=by, reason=reason, after=ledger.filled(extension)
    )
    return extension


def _lock(places):
    rows = places.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True)
    for _row in rows.iterator():
        pass


@transaction.atomic
def ask_void(pk, *, by, today, reason):
    """Propose to void an attempt; somebody else decides.

    :raises Refused: if it is voided, or that is proposed already.
    """
    attempt = Attempt.objects.select_for_update(of=("self",)).get(pk=pk)
    if attempt.state == AttemptState.VOIDED or attempt.void_asked_by_id:
        raise Refused(_("To void this attempt is proposed already."))
    attempt.void_asked_by, attempt.void_reason = by, reason
    attempt.revision += 1
    attempt.full_clean()
    attempt.save()
    ledger.append("training.attempt.ask_void", attempt, by=by, reason=reason)
    return attempt


def void_attempt(pk, *, by, now, reason):
    """Void an attempt as the second person; it counts as taken and has no result.

    :raises Refused: if nobody else proposed it.
    """
    with taking("void", Attempt.objects, pk, by=by, today=now, reason=reason) as attempt:
        if attempt.void_asked_by_id == by.pk:
            raise Refused(_("Who proposed it does not decide it."))
        attempt.voided_by = by
    return attempt


@transaction.atomic
def drop_void(pk, *, by, today, reason):
    """Let the attempt stand: what was proposed is turned down.

    :raises Refused: if nothing is proposed.
    """
    attempt = Attempt.objects.select_for_update(of=("self",)).get(pk=pk)
    if attempt.state == AttemptState.VOIDED or not attempt.void_asked_by_id:
        raise Refused(_("Nobody has proposed to void this attempt."))
    attempt.void_asked_by, attempt.void_reason = None, ""
    attempt.revision += 1
    attempt.full_clean()
    attempt.save()
    ledger.append("training.attempt.drop_void", attempt, by=by, reason=reason)
    return attempt
