"""A platform pushes cases: judged like the rows of a file, entered at once, told item by item."""

import hashlib

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from casework.imports.cells import Reader
from casework.imports.judging import Judge
from casework.imports.lines import Count, Digest, line_of
from casework.imports.pushed import cells_of
from casework.imports.reach import Reach
from casework.imports.storing import store
from casework.models import CaseImport, CaseImportRow
from casework.rules.row_reasons import sentence
from office import ledger
from office.flow import Refused
from registry.flows import ImportState
from registry.models import Verdict

ATTEMPTS = 3  # another push of the same numbers may win the race
RESULTS = {
    Verdict.NEW: "new",
    Verdict.CHANGED: "changed",
    Verdict.SAME: "same",
    Verdict.ERROR: "refused",
}


def push_cases(key, items, *, body, today):
    """Enter what a platform says of cases; returns the import and one answer for each item.

    An answer is ``{"number", "result", "reasons": [{"field", "code", "message"}]}``. Refused items
    do not hinder the others.

    :raises Refused: if other writers changed the same cases again and again meanwhile.
    """
    for attempt in range(ATTEMPTS):
        try:
            return _push(key, items, body=body, today=today)
        except (IntegrityError, Refused) as error:
            if attempt + 1 == ATTEMPTS:
                raise Refused(_("Others change these cases just now. Send them again.")) from error
    return None


@transaction.atomic
def _push(key, items, *, body, today):
    outcomes = _judged(key, items, today=today)
    batch = CaseImport(
        division=key.division,
        key=key,
        state=ImportState.APPLIED,
        file_name=_("Push of %(name)s") % {"name": key.name},
        digest=hashlib.sha256(body).hexdigest(),
        checked_on=today,
    )
    count, digest = Count(), Digest()
    count.add(outcomes)
    count.write(batch)
    batch.save()
    lines = [line_of(batch, one) for one in outcomes if one.verdict != Verdict.SAME]
    CaseImportRow.objects.bulk_create(lines)
    changing = [line for line in lines if line.verdict != Verdict.ERROR]
    store(batch, changing)
    digest.add(changing)
    batch.content_digest = str(digest)
    batch.save(update_fields=["content_digest"])
    # The system acts for the platform; the reason names the key.
    ledger.append(
        "casework.caseimport.push", batch, by=None, reason=str(key), after=ledger.snapshot(batch)
    )
    return batch, [_answer(outcome) for outcome in outcomes]


def _judged(key, items, *, today):
    reader, drafts = Reader(), []
    for number, item in enumerate(items, start=1):
        cells, faults = cells_of(item)
        draft = reader.draft(number, number, cells)
        draft.faults[:0] = faults
        drafts.append(draft)
    return Judge(Reach(key.division), today=today).judge(drafts)


def _answer(outcome):
    return {
        "number": outcome.number,
        "result": RESULTS[outcome.verdict],
        "reasons": [
            {"field": column, "code": code, "message": sentence(code, said)}
            for column, code, said in outcome.draft.faults
        ],
    }
