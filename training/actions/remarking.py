"""Attempts are counted anew: what changes is written in sets, with a record for each attempt."""

from collections import defaultdict
from decimal import Decimal

from office import ledger
from training.flows import AttemptState
from training.models import Attempt, AttemptItem, Rekey, RekeyKind, Remark

A = AttemptState
BATCH = 500
WAITING = {A.SUBMITTED, A.MARKED}


def left_out_of(exam):
    """The versions of questions that do not count in an exam."""
    ruling = Rekey.objects.ruling(exam)
    return {version for version, one in ruling.items() if one.kind == RekeyKind.LEFT_OUT}


def recounted(exam, attempts):
    """Return {attempt: (marks in all, full marks)}; without a mark while an answer waits for one.

    Questions that were left out count in neither.
    """
    # Added up here: SQLite would add binary fractions.
    items = AttemptItem.objects.filter(attempt__in=attempts).exclude(version__in=left_out_of(exam))
    scores, fulls = defaultdict(list), defaultdict(Decimal)
    for attempt, score, marks in items.values_list("attempt", "score", "marks"):
        scores[attempt].append(score)
        fulls[attempt] += marks
    return {
        pk: (None if None in scores[pk] else sum(scores[pk], Decimal(0)), fulls[pk])
        for pk in (attempt.pk for attempt in attempts)
    }


def marked_anew(exam, attempts, changed, *, by, now, reason, **cause):
    """Write the marks and results of locked attempts; returns the records of those that changed.

    ``changed`` are {attempt: [{"position", "before", "after"}]} of questions already written.
    ``cause`` is the correction or the appeal. Whose results were out is to be told.
    """
    counted, remarks, entries, moved = recounted(exam, attempts), [], [], []
    for attempt in attempts:
        before = (attempt.score, attempt.full_marks, attempt.state)
        attempt.score, attempt.full_marks = _settled(attempt, *counted[attempt.pk])
        attempt.state = result(exam, attempt)
        after = (attempt.score, attempt.full_marks, attempt.state)
        if before == after and not changed.get(attempt.pk):
            continue
        attempt.revision += 1
        moved.append(attempt)
        note = {"by": by, "now": now, "reason": reason, "to_tell": exam.is_released}
        remarks.append(_record(attempt, before, changed.get(attempt.pk, []), note, cause))
        entries.append(_entry(attempt, before, by=by, reason=reason))
    Attempt.objects.bulk_update(
        moved, ["score", "full_marks", "state", "revision"], batch_size=BATCH
    )
    Remark.objects.bulk_create(remarks, batch_size=BATCH)
    ledger.append_all(entries)
    return remarks


def _settled(attempt, score, full):
    """An attempt has its marks once it is marked, not before."""
    return (score, full) if score is not None else (attempt.score, full)


def result(exam, attempt):
    """Return the state an attempt is in with its marks: whether it passed, if results are out."""
    if attempt.score is None:
        return attempt.state
    if attempt.state in WAITING:
        return A.MARKED
    enough = attempt.score * 100 >= attempt.full_marks * exam.pass_share
    return A.PASSED if enough else A.FAILED


def _record(attempt, before, items, note, cause):
    score, full, state = before
    return Remark(
        attempt=attempt,
        items=items,
        before=score,
        after=attempt.score,
        full_before=full,
        full_after=attempt.full_marks,
        result_before=state,
        result_after=attempt.state,
        reason=note["reason"],
        made_by=note["by"],
        made_at=note["now"],
        to_tell=note["to_tell"],
        **cause,
    )


def _entry(attempt, before, **note):
    names = ("score", "full_marks", "state")
    old = dict(zip(names, map(str, before), strict=True))
    new = {name: str(getattr(attempt, name)) for name in names}
    steps = {A.PASSED: "pass_after_all", A.FAILED: "fail_after_all", A.MARKED: "mark"}
    step = steps.get(attempt.state) if before[2] != attempt.state else "remark"
    old, new = ledger.changes(old, new)
    return ledger.draft(f"training.attempt.{step}", attempt, before=old, after=new, **note)
