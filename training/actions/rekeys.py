"""A key found wrong in an exam is corrected by two persons, and all attempts are marked anew."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused, taking
from training.actions.exams import keep_back_exam
from training.actions.remarking import left_out_of, marked_anew
from training.flows import ExamState
from training.models import (
    AttemptItem,
    Exam,
    Question,
    QuestionKind,
    QuestionVersion,
    Rekey,
    RekeyKind,
    Remark,
)
from training.models.attempt import DONE
from training.rules import rekeying, scoring

BATCH = 500
MARKED_ANEW = {ExamState.MARKING, ExamState.ASKED, ExamState.RELEASED}


@transaction.atomic
def propose_rekey(pk, *, by, today, reason, version, kind, right=()):
    """Propose to correct a question in an exam; somebody else puts it in force. Returns it.

    ``right`` are the ids of the right options, or the accepted answers, one in a line.

    :raises Refused: if that is no key for this question, or it cannot be cancelled.
    """
    exam = Exam.objects.select_for_update(of=("self",)).get(pk=pk)
    if exam.state not in MARKED_ANEW:
        raise Refused(_("Keys are corrected between the collection of the papers and the archive."))
    if not AttemptItem.objects.filter(attempt__exam=exam, version=version).exists():
        raise Refused(_("This exam did not ask this question."))
    if kind == RekeyKind.LEFT_OUT and _would_ask_nothing(exam, version):
        raise Refused(_("Somebody would have no question left."))
    content = _content(exam, version, right) if kind == RekeyKind.KEY else {}
    rekey = Rekey(
        exam=exam, version=version, kind=kind, content=content, reason=reason, proposed_by=by
    )
    rekey.full_clean()
    rekey.save()
    ledger.append(
        "training.rekey.propose_rekey", rekey, by=by, reason=reason, after=ledger.filled(rekey)
    )
    return rekey


def version_ruling(exam, version):
    """Return the version by whose key a question is scored in an exam."""
    ruling = Rekey.objects.ruling(exam).get(version.pk)
    return (ruling and ruling.key_version) or version


def _content(exam, version, right):
    kind, content = version.question.kind, version_ruling(exam, version).content
    try:
        if kind in rekeying.CHOSEN:
            return rekeying.choosing(kind, content, right)
        if kind in rekeying.TYPED:
            return rekeying.accepting(kind, content, right)
    except ValueError as wrong:
        raise Refused(str(wrong)) from None
    raise Refused(_("A question of this kind can only be cancelled."))


def _would_ask_nothing(exam, version):
    gone = left_out_of(exam) | {version.pk}
    asked = AttemptItem.objects.filter(attempt__exam=exam, attempt__state__in=DONE)
    left = asked.exclude(version__in=gone).values("attempt")
    return asked.exclude(attempt__in=left).exists()


@transaction.atomic
def confirm_rekey(pk, *, by, now, today, reason):
    """Put a correction in force as the second person and mark all attempts anew; returns it.

    A release that was asked for has to be asked for again.

    :raises Refused: if nobody else proposed it, or the exam cannot be marked anew any more.
    """
    exam = Exam.objects.select_for_update(of=("self",)).get(rekeys=pk)
    attempts = exam.attempts.filter(state__in=DONE).order_by("pk")
    attempts = list(attempts.select_for_update(of=("self",)))
    rows = Rekey.objects.select_related("exam", "version__question")
    with taking("confirm", rows, pk, by=by, today=today, reason=reason) as rekey:
        if rekey.proposed_by_id == by.pk:
            raise Refused(_("Who proposed it does not decide it."))
        rekey.decided_by, rekey.decided_at = by, now
        if rekey.kind == RekeyKind.KEY:
            rekey.key_version = _versioned(rekey, by=by, today=today)
    changed = _scored_anew(exam, rekey)
    concerned = _concerned(attempts, rekey)
    marked_anew(exam, concerned, changed, by=by, now=now, reason=rekey.reason, rekey=rekey)
    if exam.state == ExamState.ASKED:
        # The marks are not those the release was asked for with.
        keep_back_exam(exam.pk, by=by, now=now, reason=rekey.reason)
    return rekey


def _versioned(rekey, *, by, today):
    """Write the corrected key as a new version; the bank goes on with it if it had the wrong one.

    Two persons have seen it: a question in use stays in use.
    """
    question = Question.objects.select_for_update(of=("self",)).get(pk=rekey.version.question_id)
    wrong = version_ruling(rekey.exam, rekey.version)
    version = QuestionVersion(
        question=question,
        number=question.versions.aggregate(last=Max("number"))["last"] + 1,
        content=rekey.content,
        written_by=by,
        written_on=today,
        **{name: getattr(rekey.version, name) for name in COPIED},
    )
    version.full_clean()
    version.save()
    if question.current_id == wrong.pk:
        question.current = version
        question.revision += 1
        question.save(update_fields=["current", "revision", "changed_at"])
        ledger.append(
            "training.question.rekey", question, by=by, reason=rekey.reason,
            before={"current_id": wrong.pk}, after={"current_id": version.pk},
        )  # fmt: skip
    return version


COPIED = ("stem", "explanation", "law_basis", "valid_from_on", "valid_until_on")


def _concerned(attempts, rekey):
    asked = AttemptItem.objects.filter(attempt__in=attempts, version=rekey.version)
    asked = set(asked.values_list("attempt", flat=True))
    return [attempt for attempt in attempts if attempt.pk in asked]


def _scored_anew(exam, rekey):
    """Write what the question is worth now in every attempt; returns what changed in each."""
    items = AttemptItem.objects.filter(
        attempt__exam=exam, attempt__state__in=DONE, version=rekey.version
    )
    decided, changed, moved = _decided_on_appeal(exam), {}, []
    for item in items.select_related("version__question"):
        score = _score(item, rekey, exam.paper.rule)
        if (item.attempt_id, item.position) in decided and rekey.kind != RekeyKind.LEFT_OUT:
            # What an appeal gave is not taken away.
            score = max(score, item.score)
        if score == item.score:
            continue
        before = None if item.score is None else str(item.score)
        told = {"position": item.position, "before": before, "after": str(score)}
        changed[item.attempt_id] = [told]
        item.score = score
        moved.append(item)
    AttemptItem.objects.bulk_update(moved, ["score"], batch_size=BATCH)
    return changed


def _score(item, rekey, rule):
    if rekey.kind == RekeyKind.FULL_MARKS:
        return item.marks
    if rekey.kind == RekeyKind.LEFT_OUT:
        return scoring.NOTHING
    kind = item.version.question.kind
    return scoring.score(kind, rekey.content, item.answer, marks=item.marks, rule=rule)


def _decided_on_appeal(exam):
    rows = Remark.objects.filter(attempt__exam=exam, appeal__isnull=False)
    return {
        (attempt, one["position"])
        for attempt, items in rows.values_list("attempt", "items")
        for one in items
    }


def drop_rekey(pk, *, by, now, today, reason):
    """Turn a proposed correction down; who proposed it may take it back."""
    with taking("drop", Rekey.objects, pk, by=by, today=today, reason=reason) as rekey:
        rekey.decided_by, rekey.decided_at = by, now
    return rekey


def can_be_keyed(kind):
    """Whether a question of this kind has a key that can be corrected."""
    return kind in {*rekeying.CHOSEN, *rekeying.TYPED} and kind != QuestionKind.ESSAY
