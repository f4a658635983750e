"""Several entries of one dispute are joined, so that it counts and is paid once; or parted."""

from django.db import transaction
from django.utils.translation import gettext as _

from casework.actions.case_writing import ask_leave
from casework.flows import CLOSED, CaseState
from casework.models import CaseRecord
from office import ledger
from office.flow import Refused

JOINED = [CaseState.ACCEPTED, *CLOSED]


@transaction.atomic
def join_disputes(pk, *, other, by, today, reason):
    """Join the dispute of a case with that of ``other`` (a case): the earliest entry stands for it.

    Returns the case as it now is.

    :raises Refused: if they are joined already, one is no case, or something was claimed or paid
        for an entry that would come to stand for nothing.
    """
    rows = _locked_together([CaseRecord.objects.get(pk=pk), CaseRecord.objects.get(pk=other.pk)])
    case, other = rows[pk], rows[other.pk]
    if case.dispute_id == other.dispute_id:
        raise Refused(_("These two are entries of one dispute already."))
    if any(row.state not in JOINED for row in (case, other)):
        raise Refused(_("A draft, or a case that was struck out, is no entry of a dispute."))
    first, *later = sorted(rows.values(), key=_by_day)
    _stand_for(first, later, act="join_disputes", by=by, today=today, reason=reason)
    return case


@transaction.atomic
def part_disputes(pk, *, by, today, reason):
    """Take a case out of the dispute it was joined with; it stands for itself again.

    :raises Refused: if it is joined with none, or something was claimed or paid for an entry
        that would come to stand for another dispute.
    """
    rows = _locked_together([CaseRecord.objects.get(pk=pk)])
    case = rows.pop(pk)
    if not rows:
        raise Refused(_("This case is joined with no other."))
    note = {"act": "part_disputes", "by": by, "today": today, "reason": reason}
    first, *later = sorted(rows.values(), key=_by_day)
    _stand_for(case, [], **note)
    _stand_for(first, later, **note)
    return case


def _by_day(case):
    return case.accepted_on, case.pk


def _locked_together(cases):
    """Return all entries of the disputes, locked in the order of their keys, by key."""
    firsts = {case.dispute_id for case in cases}
    entries = CaseRecord.objects.of_disputes(firsts).order_by("pk")
    found = {row.pk: row for row in entries.select_for_update(of=("self",))}
    # Somebody else may have joined or parted one of them before the lock.
    if {found[case.pk].dispute_id for case in cases if case.pk in found} != firsts or set(
        entries.values_list("pk", flat=True)
    ) != set(found):
        raise Refused(_("Somebody else joined or parted these entries just now. Look again."))
    return found


def _stand_for(first, later, *, act, by, today, reason):
    """Let ``first`` stand for itself and the later entries; those that change are asked about."""
    for case, same_as in [(first, None), *[(row, first) for row in later]]:
        if case.same_as_id == (same_as and same_as.pk):
            continue
        before = case.same_as_id
        if case.dispute_id != (same_as or case).pk:
            ask_leave(case, today)
        case.same_as = same_as
        case.revision += 1
        case.full_clean()
        case.save()
        told = {"before": {"same_as_id": before}, "after": {"same_as_id": case.same_as_id}}
        ledger.append(f"casework.caserecord.{act}", case, by=by, reason=reason, **told)
