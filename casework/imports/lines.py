"""The rows of an import as they are kept: what was found, and the proof of what was entered."""

import hashlib
import json
from collections import Counter

from casework.models import CaseImportRow
from registry.models import Verdict

CHUNK = 2_000


def line_of(batch, outcome):
    """Return the row to be kept of an outcome."""
    draft = outcome.draft
    is_refused = outcome.verdict == Verdict.ERROR
    parties = None
    if outcome.parties_after is not None:
        told = {"before": outcome.parties_before or [], "after": outcome.parties_after}
        parties = json.dumps(told, ensure_ascii=False)
    return CaseImportRow(
        batch=batch,
        number=draft.number,
        sheet_row=draft.sheet_row,
        case_number=outcome.number,
        verdict=outcome.verdict,
        faults=draft.faults,
        revision_before=outcome.revision,
        before=None if is_refused else outcome.before,
        after=None if is_refused else outcome.after,
        parties=None if is_refused else parties,
    )


class Count:
    """Counts rows by what they do, and refused rows by their reasons."""

    def __init__(self):
        self.rows, self.verdicts, self.reasons = 0, Counter(), Counter()
        self.first = {}

    def add(self, outcomes):
        self.rows += len(outcomes)
        for outcome in outcomes:
            self.verdicts[outcome.verdict] += 1
            for column, code, _said in outcome.draft.faults:
                self.reasons[column, code] += 1
                self.first.setdefault((column, code), outcome.draft.sheet_row)

    def write(self, batch):
        """Set the figures of an import."""
        batch.rows = self.rows
        batch.new, batch.changed = self.verdicts[Verdict.NEW], self.verdicts[Verdict.CHANGED]
        batch.same, batch.refused = self.verdicts[Verdict.SAME], self.verdicts[Verdict.ERROR]
        batch.reasons = [
            [column, code, number, self.first[column, code]]
            for (column, code), number in self.reasons.most_common()
        ]


def changing_chunks(batch):
    """Yield lists of the rows that make or change cases, in the order of the file."""
    last, changing = 0, batch.lines.changing().order_by("number")
    while lines := list(changing.filter(number__gt=last)[:CHUNK]):
        yield lines
        last = lines[-1].number


class Digest:
    """The hash over the rows that were entered, each with what the case said before and after."""

    def __init__(self):
        self._hash = hashlib.sha256()

    def add(self, lines):
        for line in lines:
            told = [line.number, line.case_number, line.verdict, line.before, line.after]
            text = json.dumps(told, ensure_ascii=False, sort_keys=True)
            self._hash.update(text.encode() + b"\n")

    def __str__(self):
        return self._hash.hexdigest()


def digest_of(batch):
    """Return the hash over what is kept now; it is that of the ledger if nothing was altered."""
    digest = Digest()
    for lines in changing_chunks(batch):
        digest.add(lines)
    return str(digest)
