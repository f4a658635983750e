"""The quotas of the bands of every review, counted anew over the sheets as they were proposed.

Who was right to object was placed alone, when others had their bands already: what the ledger tells
of the answer is gone through in its order, from the results that were proposed to those that stand.
"""

from copy import copy
from decimal import Decimal

from grading.actions.review_placing import band_among, placed_again
from grading.flows.review import CycleState
from grading.models import ReviewCycle, ReviewSheet, SheetObjection
from grading.rules.scheme import SchemeFault
from office.models import LedgerEntry

C = CycleState
WITH_A_PROPOSAL = [C.PROPOSED, C.NOTICE, C.DECIDED, C.APPLIED, C.ARCHIVED]
BROKEN = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
ANSWER = "grading.reviewsheet.answer"


def quota_faults():
    """Yield a sentence for every sheet whose band is not what the quota of the rule leaves."""
    answers = _answers()
    cycles = ReviewCycle.objects.filter(state__in=WITH_A_PROPOSAL)
    for cycle in cycles.select_related("version__parent__parent").order_by("pk"):
        for pk, sentence in _faults_of(cycle, answers):
            yield f"review sheet {pk}: {sentence}"


def _answers():
    """Return {sheet: answers to objections to it}, as the ledger tells them, in its order."""
    told = LedgerEntry.objects.filter(act=ANSWER, subject_type=ReviewSheet._meta.label_lower)
    found = {}
    for entry in told.order_by("sequence"):
        found.setdefault(int(entry.subject_id), []).append(entry)
    return found


def _faults_of(cycle, answers):
    # A correction is placed by itself and moves nobody: the first versions are what was proposed.
    rows = ReviewSheet.objects.filter(cycle=cycle, corrects=None).select_related("mediator")
    rows = list(rows.order_by("pk"))
    for row in rows:
        row.cycle = cycle
    try:
        yield from _untold(cycle, answers)
        yield from _placed_otherwise(cycle, rows, answers)
    except (*BROKEN, SchemeFault) as error:
        yield rows[0].pk, f"the quota of its review cannot be counted: {error!r}"


def _untold(cycle, answers):
    upheld = SheetObjection.objects.filter(sheet__cycle=cycle, is_upheld=True)
    for pk in upheld.order_by("sheet").values_list("sheet", flat=True).distinct():
        if pk not in answers:
            yield pk, "the ledger does not tell of the objection that was upheld"


def _placed_otherwise(cycle, rows, answers):
    proposed = {row.pk: _before(row, answers.get(row.pk, ())) for row in rows}
    bands = placed_again(cycle, list(proposed.values()))
    for pk, row in proposed.items():
        if pk in bands and bands[pk] != row.band:
            yield pk, f"by the quota its band is “{bands[pk]}”, not “{row.band}”"
    changes = sorted(
        (entry for pk in proposed for entry in answers.get(pk, ()) if "content" in entry.after),
        key=lambda entry: entry.sequence,
    )
    for entry in changes:
        yield from _answered_otherwise(proposed, entry)
    for row in rows:
        # Without an answer the row is what it was; with one, what the last answer left of it.
        if row.band != proposed[row.pk].band:
            said = f"the answer to the objection left it “{proposed[row.pk].band}”"
            yield row.pk, f"{said}, not “{row.band}”"


def _answered_otherwise(rows, entry):
    """Go on from the rows as they stood before an answer to what they are after it."""
    pk = int(entry.subject_id)
    row = rows[pk] = _with(rows[pk], entry.after)
    others = [one for key, one in rows.items() if key != pk]
    band = "" if row.score is None else band_among(row, others)
    if band != row.band:
        yield pk, f"by the quota the answer to the objection gives “{band}”, not “{row.band}”"


def _before(row, answers):
    """Return a sheet as it was proposed: before the first answer that changed it."""
    for entry in reversed(answers):
        row = _with(row, entry.before)
    return row


def _with(row, told):
    """Return a sheet with the result that the ledger tells, the row as it is if it tells none."""
    content = told.get("content")
    if not content:
        return row
    found = copy(row)
    found.content, score = content, content["score"]
    found.score = None if score is None else Decimal(score)
    found.band, found.band_earned = content["band"], content["band_earned"]
    return found
