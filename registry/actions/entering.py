"""How a new row enters the register: checked, stored, told in the ledger."""

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
