"""Many review sheets take a step at once: a statement a batch, an entry in the ledger for each."""

from django.db.models import F
from django.utils.translation import gettext as _

from grading.flows.review import SHEET
from grading.models import ReviewCycle, ReviewSheet
from office import ledger
from office.flow import Refused

AT_A_TIME = 500
# What the ledger tells of a sheet at every step that concerns its result.
TOLD = ["state", "result", "score", "band", "digest"]


def locked_cycle(sheet):
    """Lock the cycle of a sheet (its key), so that it does not go on meanwhile; returns it.

    The cycle comes first, then objections, then sheets, and the ledger last.
    """
    rows = ReviewCycle.objects.select_related("version__parent", "notice")
    return rows.select_for_update(of=("self",)).get(sheets=sheet)


def locked_sheets(rows):
    """Lock sheets in one order and return them with what acts on many look at."""
    rows = rows.select_for_update(of=("self",)).order_by("pk")
    return list(rows.select_related("cycle__version__parent", "mediator", "organization"))


def move_all(name, rows, *, by, reason, told=(), **fields):
    """Take a step with locked sheets, whose guards the cycle has answered for all.

    :param told: names of further fields that the caller has changed on the rows.
    :raises Refused: if one is in another state.
    """
    taken = SHEET.steps[name]
    if any(row.state not in taken.sources for row in rows):
        raise Refused(_("A review sheet was changed meanwhile. Open the page again."))
    entries = []
    for row in rows:
        before = {"state": row.state}
        row.state = taken.target
        for field, value in fields.items():
            setattr(row, field, value)
        entries.append(_entry(name, row, by=by, reason=reason, before=before))
    written = ["state", *fields, *told]
    if told:
        write_all(rows, written)
    else:
        _update_all(rows, state=taken.target, **fields)
    if entries:
        ledger.append_all(entries)


def tell_all(name, rows, *, by, reason):
    """Write and log results that changed without a step."""
    entries = [_entry(name, row, by=by, reason=reason, before={}) for row in rows]
    write_all(rows, ["band", "content", "digest"])
    if entries:
        ledger.append_all(entries)


def _entry(name, row, *, before, **note):
    after = {field: value for field, value in ledger.snapshot(row).items() if field in TOLD}
    return ledger.draft(f"grading.reviewsheet.{name}", row, before=before, after=after, **note)


def write_all(rows, fields):
    """Store some fields of rows, each with values of its own."""
    for row in rows:
        row.revision += 1
    ReviewSheet.objects.bulk_update(rows, [*fields, "revision"], batch_size=AT_A_TIME)


def _update_all(rows, **fields):
    pks = [row.pk for row in rows]
    for row in rows:
        row.revision += 1
    for begin in range(0, len(pks), AT_A_TIME):
        some = ReviewSheet.objects.filter(pk__in=pks[begin : begin + AT_A_TIME])
        some.update(revision=F("revision") + 1, **fields)
