"""The long work on an import of cases, done in the background: check it, enter it, take it back.

Every piece may be started twice or be killed at any moment: it does nothing unless the import is in
the state that asks for it, and entering or taking back is one transaction.
"""

import logging
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from casework.imports import progress
from casework.imports.lines import Count, Digest, changing_chunks, line_of
from casework.imports.reading import chosen, judged_chunks, opened
from casework.imports.storing import store
from casework.imports.undoing import Undo
from casework.models import CaseImport, CaseImportRow, CaseParty, CaseRecord, CaseShare
from office.flow import Refused, taking
from registry.flows import ImportState
from registry.models import Verdict

logger = logging.getLogger(__name__)
SHOWN_FAULTS = 20


def check(pk, *, by, today):
    """Read the file, keep what each row would do, and show it."""
    with _working(pk, ImportState.CHECKING, "fail", by=by, today=today) as batch:
        if batch is None:
            return
        batch.lines.all().delete()
        count = Count()
        for outcomes in _outcomes(batch, today=today):
            keep(batch, outcomes)
            count.add(outcomes)
            progress.tell(pk, count.rows, batch.rows)
        with taking("present", CaseImport.objects, pk, by=by, today=today) as row:
            count.write(row)
            row.checked_on, row.fault = today, ""


def keep(batch, outcomes):
    """Keep the rows that change something or are refused; the others are counted only."""
    kept = [line_of(batch, one) for one in outcomes if one.verdict != Verdict.SAME]
    CaseImportRow.objects.bulk_create(kept)
    return kept


def apply(pk, *, by, today):
    """Enter what the check has shown: all of it, or nothing if the ledger has moved since."""
    with _working(pk, ImportState.APPLYING, "fail", by=by, today=today) as batch:
        if batch is None:
            return
        with transaction.atomic():
            digest = Digest()
            for lines in changing_chunks(batch):
                store(batch, lines)
                digest.add(lines)
                progress.tell(pk, lines[-1].number, batch.rows)
            with taking("complete", CaseImport.objects, pk, by=by, today=today) as row:
                row.content_digest = str(digest)
        analyze()


def undo(pk, *, by, today):
    """Take back what the import did: all of it, or nothing if something was touched since."""
    with _working(pk, ImportState.UNDOING, "keep", by=by, today=today) as batch:
        if batch is None:
            return
        with transaction.atomic():
            _take_back(batch, today=today)
            with taking("restore", CaseImport.objects, pk, by=by, today=today):
                pass
        analyze()


def give_up(batch, step, sentence, *, by, today):
    """Put an import whose work has stopped where an officer can start it again."""
    with taking(step, CaseImport.objects, batch.pk, by=by, today=today, reason=sentence) as row:
        row.fault = sentence
    progress.forget(batch.pk)


def analyze():
    """Let the database count what the tables hold now: after an import it would guess wrongly."""
    with connection.cursor() as cursor:
        for model in (CaseRecord, CaseShare, CaseParty, CaseImportRow):
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


@contextmanager
def _working(pk, state, step, *, by, today):
    """Yield the import if it is in the state that asks for the work, else None; on a refusal
    put the sentence where the officer sees it."""
    batch = CaseImport.objects.select_related("division", "organization").get(pk=pk)
    if batch.state != state:
        yield None
        return
    try:
        yield batch
    except ValidationError as refusal:
        give_up(batch, step, "\n".join(refusal.messages), by=by, today=today)
    except (IntegrityError, ProtectedError):
        logger.exception("import %s of cases met a change of the ledger", pk)
        sentence = _("The ledger changed while the file was being entered. Check it again.")
        give_up(batch, step, sentence, by=by, today=today)
    except Exception:
        sentence = _("The work stopped because of a fault. Nothing was changed.")
        give_up(batch, step, sentence, by=by, today=today)
        raise
    finally:
        progress.forget(pk)


def _outcomes(batch, *, today):
    """Yield the outcomes of the stored file in chunks."""
    with batch.file.open("rb") as file:
        sheet, mapping = opened(file)
        with sheet:
            yield from judged_chunks(sheet, chosen(mapping, batch.choices), batch, today=today)


def _take_back(batch, *, today):
    faults = []
    for lines in changing_chunks(batch):
        undoing = Undo(lines, today=today)
        faults += undoing.faults
        if len(faults) > SHOWN_FAULTS:
            break
        if not faults:
            undoing.take_back()
        progress.tell(batch.pk, lines[-1].number, batch.rows)
    if faults:
        more = [_("… and more.")] if len(faults) > SHOWN_FAULTS else []
        raise Refused([*faults[:SHOWN_FAULTS], *more])
