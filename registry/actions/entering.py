"""How a row of the register that has no flow is entered and acted on: checked, stored, told."""

from contextlib import contextmanager

from django.db import transaction

from office import ledger


def entered(row, *, by, reason, act="add", also=None):
    """Check and store a new row and append the act to the ledger; returns the row.

    ``also`` is told beside the row's own fields.
    """
    row.full_clean()
    row.save()
    after = ledger.filled(row) | (also or {})
    ledger.append(f"{row._meta.label_lower}.{act}", row, by=by, reason=reason, after=after)
    return row


@contextmanager
def acting(act, rows, pk, *, by, reason):
    """Lock a row for an act that has a name of its own, hand it over, then save and log it."""
    with transaction.atomic():
        row = rows.select_for_update(of=("self",)).get(pk=pk)
        before = ledger.snapshot(row)
        yield row
        row.revision += 1
        row.full_clean()
        row.save()
        old, new = ledger.changes(before, ledger.snapshot(row))
        name = f"{row._meta.label_lower}.{act}"
        ledger.append(name, row, by=by, reason=reason, before=old, after=new)
