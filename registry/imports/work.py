"""The long work on an import, done in the background: check it, enter it, take it back.

Every piece may be started twice or be killed at any moment: it does nothing unless the import is in
the state that asks for it, and entering or taking back is one transaction.
"""

import logging
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused, taking
from registry.flows import ImportState
from registry.imports import progress
from registry.imports.reading import CHUNK, JUDGES, chosen, headings_of, judged_chunks, opened
from registry.imports.storing import store
from registry.imports.undoing import UNDOS
from registry.models import (
    Appointment,
    ImportBatch,
    ImportKind,
    ImportRow,
    Mediator,
    Organization,
    Verdict,
)
from registry.search import upkeep

logger = logging.getLogger(__name__)
PERSONAL = ("id_number", "phone")
SHOWN_FAULTS = 20
COUNTED = {
    "new": Verdict.NEW,
    "changed": Verdict.CHANGED,
    "same": Verdict.SAME,
    "refused": Verdict.ERROR,
}
REFRESHES = {
    ImportKind.MEDIATORS: upkeep.refresh_mediators,
    ImportKind.ORGANIZATIONS: upkeep.refresh_organizations,
}


def check(pk, *, by, today):
    """Read the file, keep what each row would do, and show it."""
    with _working(pk, ImportState.CHECKING, "fail", by=by, today=today) as batch:
        if batch is None:
            return
        batch.lines.all().delete()
        counts = dict.fromkeys(("rows", "repaired", "remarked", *COUNTED), 0)
        for outcomes, headings in _outcomes(batch, today=today):
            lines = [_line(batch, outcome, headings) for outcome in outcomes]
            ImportRow.objects.bulk_create(lines)
            _count(counts, lines)
            progress.tell(pk, counts["rows"], batch.rows)
        with taking("present", ImportBatch.objects, pk, by=by, today=today) as row:
            for name, number in counts.items():
                setattr(row, name, number)
            row.checked_on, row.fault = today, ""


def apply(pk, *, by, today):
    """Enter what the check has shown: all of it, or nothing if the register has moved since."""
    with _working(pk, ImportState.APPLYING, "fail", by=by, today=today) as batch:
        if batch is None:
            return
        with transaction.atomic():
            _enter(batch, by=by, today=today)
            with taking("complete", ImportBatch.objects, pk, by=by, today=today):
                pass
        analyze()


def undo(pk, *, by, today):
    """Take back what the import did: all of it, or nothing if something was touched since."""
    with _working(pk, ImportState.UNDOING, "keep", by=by, today=today) as batch:
        if batch is None:
            return
        with transaction.atomic():
            _take_back(batch, by=by, today=today)
            with taking("restore", ImportBatch.objects, pk, by=by, today=today):
                pass
        analyze()


def give_up(batch, step, sentence, *, by, today):
    """Put an import whose work has stopped where an officer can start it again."""
    with taking(step, ImportBatch.objects, batch.pk, by=by, today=today, reason=sentence) as row:
        row.fault = sentence
    progress.forget(batch.pk)


def analyze():
    """Let the database count what the tables hold now: after an import it would guess wrongly."""
    with connection.cursor() as cursor:
        for model in (Mediator, Organization, Appointment):
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
    upkeep.analyze()


@contextmanager
def _working(pk, state, step, *, by, today):
    """Yield the import if it is in the state that asks for the work, else None; on a refusal
    put the sentence where the officer sees it."""
    batch = ImportBatch.objects.select_related("division").get(pk=pk)
    if batch.state != state:
        yield None
        return
    try:
        yield batch
    except ValidationError as refusal:
        give_up(batch, step, "\n".join(refusal.messages), by=by, today=today)
    except IntegrityError:
        logger.exception("import %s met a change of the register", pk)
        sentence = _("The register changed while the file was being entered. Check it again.")
        give_up(batch, step, sentence, by=by, today=today)
    except Exception:
        sentence = _("The work stopped because of a fault. Nothing was changed.")
        give_up(batch, step, sentence, by=by, today=today)
        raise
    finally:
        progress.forget(pk)


def _outcomes(batch, *, today, lock=False):
    """Yield the outcomes of the stored file in chunks, each with the headings for its reasons."""
    with batch.file.open("rb") as file:
        sheet, mapping = opened(file, batch.kind)
        with sheet:
            mapping = chosen(mapping, batch.choices)
            headings = headings_of(mapping)
            chunks = judged_chunks(
                sheet, mapping, batch.kind, batch.division, today=today, lock=lock
            )
            for outcomes in chunks:
                yield outcomes, headings


def _line(batch, outcome, headings):
    draft = outcome.draft
    return ImportRow(
        batch=batch,
        number=draft.number,
        sheet_row=draft.sheet_row,
        verdict=outcome.verdict,
        repaired=draft.repaired and outcome.verdict != Verdict.ERROR,
        faults=[(headings[name], sentence) for name, sentence in draft.faults],
        remarks=[(headings[name], sentence) for name, sentence in draft.remarks],
        target=outcome.target,
        content=outcome.content,
    )


def _count(counts, lines):
    counts["rows"] += len(lines)
    counts["repaired"] += sum(line.repaired for line in lines)
    counts["remarked"] += sum(bool(line.remarks) for line in lines)
    for name, verdict in COUNTED.items():
        counts[name] += sum(line.verdict == verdict for line in lines)


def _enter(batch, *, by, today):
    placed = {}
    for outcomes, _headings in _outcomes(batch, today=batch.checked_on, lock=True):
        numbers = [outcome.draft.number for outcome in outcomes]
        lines = batch.lines.filter(number__gte=numbers[0], number__lte=numbers[-1])
        _keep_to_what_was_shown(outcomes, {line.number: line for line in lines})
        placed |= store(batch.kind, outcomes)
        progress.tell(batch.pk, numbers[-1], batch.rows)
    REFRESHES[batch.kind]([pk for pk, _division in placed.values()], today=today)
    _tell(batch, placed, "import", by=by)


def _keep_to_what_was_shown(outcomes, lines):
    """Compare with the preview, and give new rows the public ids that were kept for them.

    :raises Refused: if a row would now do something else than was shown.
    """
    for outcome in outcomes:
        line = lines.get(outcome.draft.number)
        shown = line and (line.verdict, line.before, line.after)
        is_new = outcome.verdict == Verdict.NEW
        wanted = (
            (outcome.verdict, outcome.before, outcome.after)
            if outcome.verdict in {Verdict.NEW, Verdict.CHANGED}
            else (outcome.verdict, {}, {})
        )
        if shown != wanted or not (is_new or line.target == outcome.target):
            sentence = _(
                "The register has changed since the check (row %(row)d would now do something "
                "else). Check the file again."
            )
            raise Refused(sentence % {"row": outcome.draft.number})
        outcome.target = line.target


def _take_back(batch, *, by, today):
    faults, placed = [], {}
    for lines in _changing_lines(batch):
        undo_of_some = UNDOS[batch.kind](lines)
        faults += undo_of_some.faults
        if len(faults) > SHOWN_FAULTS:
            break
        if not faults:
            for line in lines:
                row = undo_of_some.rows[line.target]
                placed[line.number] = (row.pk, row.division_id)
            undo_of_some.take_back()
        progress.tell(batch.pk, lines[-1].number, batch.rows)
    if faults:
        more = [_("… and more.")] if len(faults) > SHOWN_FAULTS else []
        raise Refused([*faults[:SHOWN_FAULTS], *more])
    REFRESHES[batch.kind]([pk for pk, _division in placed.values()], today=today)
    _tell(batch, placed, "undo_import", by=by)


def _tell(batch, placed, act, *, by):
    """Append an entry for every record; last of all, since the ledger's head stays locked."""
    model = JUDGES[batch.kind].model
    name = f"{model._meta.label_lower}.{act}"
    reason = _("Import %(number)d: %(file)s") % {"number": batch.pk, "file": batch.file_name}
    for lines in _changing_lines(batch):
        entries = []
        for line in lines:
            pk, division = placed[line.number]
            before, after = _masked(line.before), _masked(line.after)
            if act == "undo_import":
                before, after = after, before
            row = model(pk=pk, division_id=division)
            entries.append(
                ledger.draft(name, row, by=by, reason=reason, before=before, after=after)
            )
        ledger.append_all(entries)


def _masked(values):
    """Return the values as the ledger tells them: personal data only as a mark that it is there."""
    return {name: bool(value) if name in PERSONAL else value for name, value in values.items()}


def _changing_lines(batch):
    """Yield lists of the rows that change the register, in the order of the file."""
    last = 0
    changing = batch.lines.filter(verdict__in=[Verdict.NEW, Verdict.CHANGED]).order_by("number")
    while lines := list(changing.filter(number__gt=last)[:CHUNK]):
        yield lines
        last = lines[-1].number
