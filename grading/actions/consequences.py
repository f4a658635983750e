"""What follows from a result: opened by the rule, settled one by one by an officer.

Nothing follows by itself. Pay goes through a run of allowances, an award through the register.
"""

from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from casework.actions.allowances import add_performance
from grading.actions.review_runs import pasts_of, year_of
from grading.models import ReviewConsequence, ReviewSheet
from grading.models.review_parts import Kind
from grading.rules.review_consequences import (
    NO_RENEWAL,
    RENEWAL,
    consequences_for,
    run_of,
)
from grading.rules.reviews import DONE
from grading.rules.unknown import UNK, is_known
from office import ledger
from office.flow import Refused, taking
from registry.actions.awards import add_award

AT_A_TIME = 500
LONGEST_NOTE = 500


def open_consequences(sheets, *, by, reason, but=()):
    """Open what the rule has follow from the results of decided sheets of one cycle.

    :param but: kinds that were carried out before; nobody is to do them twice.
    """
    rows = [row for row in sheets if row.result == DONE]
    if not rows:
        return []
    scheme = rows[0].cycle.rules
    followed = {band: consequences_for(scheme, band) for band in {row.band for row in rows}}
    pasts = pasts_of(rows)
    made = []
    for row in rows:
        told = _merged(followed[row.band], _by_run(scheme, row, pasts))
        made += [_consequence(row, one) for one in told if one.kind not in but]
    made = ReviewConsequence.objects.bulk_create(made, batch_size=AT_A_TIME)
    act = "grading.reviewconsequence.open"
    entries = [
        ledger.draft(act, one, by=by, reason=reason, after=ledger.filled(one)) for one in made
    ]
    if entries:
        ledger.append_all(entries)
    return made


def _merged(by_band, by_run):
    """What follows from years running goes before what the band of one year has follow."""
    found = {} if by_band is UNK else {one.kind: one for one in by_band}
    if by_run is not UNK and any(one.kind == NO_RENEWAL for one in by_run):
        found.pop(RENEWAL, None)
    return list((found | {one.kind: one for one in (() if by_run is UNK else by_run)}).values())


def _consequence(sheet, told):
    amounts = {name: getattr(told, name) for name in ("amount", "factor")}
    return ReviewConsequence(
        sheet=sheet,
        kind=told.kind,
        clause=told.clause[:120],
        **{name: value if is_known(value) else None for name, value in amounts.items()},
    )


def _by_run(scheme, sheet, pasts):
    if pasts is None:
        return ()
    past = pasts[sheet.mediator_id]
    bands = {**past.bands, year_of(sheet.cycle): sheet.band}
    run = run_of(scheme, bands, excused=past.excused)
    if run is UNK:
        return UNK
    return () if run is None else run.consequences


def carry_out_consequence(pk, *, by, today, reason):
    """Note that what follows was done, and what it was."""
    with _settling("carry_out", pk, by=by, today=today, reason=reason) as found:
        pass
    return found


def drop_consequence(pk, *, by, today, reason):
    """Note that what follows is not done, and why."""
    with _settling("drop", pk, by=by, today=today, reason=reason) as found:
        pass
    return found


def pay_consequence(pk, *, by, today, reason, run, month, amount=None):
    """Enter performance pay in a run of allowances; there a second officer approves it.

    :raises Refused: if it is not about pay, says no amount, or the run does not take it.
    """
    note = {"by": by, "today": today, "reason": reason}
    with _settling("carry_out", pk, **note) as found:
        if found.kind != Kind.PAY:
            raise Refused(_("This is not about pay."))
        amount = found.amount if amount is None else amount
        if amount is None:
            raise Refused({"amount": _("Type the amount: the rule does not say it.")})
        given = {"month": month, "amount": amount, "label": found.sheet.cycle.title[:80]}
        add_performance(run.pk, mediator=found.sheet.mediator, **given, **note)
        found.amount = amount
    return found


def award_consequence(pk, *, by, today, reason, **award):
    """Enter the award that was given in the register.

    :param award: title, level, awarded_by, awarded_on, as ``registry.actions.awards`` takes them.
    :raises Refused: if it is not about an award.
    """
    note = {"by": by, "today": today, "reason": reason}
    with _settling("carry_out", pk, **note) as found:
        if found.kind != Kind.AWARD:
            raise Refused(_("This is not about an award."))
        add_award(mediator=found.sheet.mediator, **award, **note)
    return found


def look_again(pk, *, by, today, reason):
    """Note what an officer made of a settled consequence whose sheet was corrected after.

    :raises Refused: if nothing is flagged, or no reason is given.
    """
    with transaction.atomic():
        rows = ReviewConsequence.objects.select_related("sheet__mediator")
        found = rows.select_for_update(of=("self",)).get(pk=pk)
        _bar(found, by, reason)
        if found.flagged_on is None:
            raise Refused(_("No correction of the sheet waits here."))
        before = {"flagged_on": found.flagged_on.isoformat()}
        found.flagged_on = None
        found.revision += 1
        found.save(update_fields=["flagged_on", "revision", "changed_at"])
        act, after = "grading.reviewconsequence.look_again", {"flagged_on": None}
        ledger.append(act, found, by=by, reason=reason, before=before, after=after)
    return found


@contextmanager
def _settling(name, pk, *, by, today, reason):
    # The sheet first: a correction locks it before what follows from it.
    with transaction.atomic():
        ReviewSheet.objects.select_for_update(of=("self",)).get(consequences=pk)
        rows = ReviewConsequence.objects.select_related("sheet__cycle", "sheet__mediator")
        with taking(name, rows, pk, by=by, today=today, reason=reason) as found:
            _bar(found, by, reason)
            found.settled_by, found.settled_on = by, today
            found.note = reason.strip()[:LONGEST_NOTE]
            yield found


def _bar(found, by, reason):
    if found.sheet.mediator.user_id is not None and found.sheet.mediator.user_id == by.pk:
        raise Refused(_("This is about you: a colleague does this."))
    if not reason.strip():
        raise Refused({"reason": _("Say what was done, or why it was not.")})
