"""The way of a review sheet: from the mediator over organisation and office to the bureau."""

from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from grading.actions.review_judging import (
    WORKED_OUT,
    bases_of,
    digests_above,
    work_out,
    work_out_all,
)
from grading.actions.review_marks import checked_points, refuse_own
from grading.actions.review_moving import locked_cycle, locked_sheets, move_all
from grading.flows.review import SHEET, CycleState, SheetState, the_parts_are_decided
from grading.models import ReviewCycle, ReviewMark, ReviewSheet
from grading.models.review_parts import Actor
from office.flow import Refused, Stale, taking

LONGEST_STATEMENT = 3_000
MOST_NAMED = 20
EMPTY = {"result": "", "score": None, "band": "", "band_earned": "", "content": {}, "digest": "",
         "flagged_on": None}  # fmt: skip


def _rows():
    return ReviewSheet.objects.select_related("cycle__version__parent", "mediator")


@transaction.atomic
def save_own(pk, *, by, today, statement, points, revision=None):
    """Keep the self-review as it was typed, whole or not; returns the sheet as it is stored.

    It is a draft until it is handed in: the ledger tells nothing of it, and no old row is kept.

    :param points: ``{indicator: points}``; an empty one takes the points back.
    :param revision: the one the page was opened with.
    :raises Stale: if it was saved from another page since; nothing is written then.
    :raises Refused: if it is not open any more, or with points that do not fit.
    """
    sheet = _rows().select_for_update(of=("self",)).get(pk=pk, mediator__user=by)
    cycle = sheet.cycle
    is_open = sheet.state == SheetState.SELF and cycle.state == CycleState.SELF
    if not is_open or today > cycle.self_until:
        raise Refused(_("This self-review is not open any more."))
    if revision is not None and revision != sheet.revision:
        raise Stale
    asked = {one.name: one for one in sheet.asked_of(Actor.SELF)}
    exact = checked_points(asked, points)
    _keep_draft(sheet, exact, set(points) - set(exact), by=by, today=today)
    sheet.statement = statement[:LONGEST_STATEMENT]
    sheet.revision += 1
    sheet.save(update_fields=["statement", "revision", "changed_at"])
    return sheet


def _keep_draft(sheet, points, emptied, *, by, today):
    own = sheet.marks.standing().filter(actor=Actor.SELF)
    own.filter(indicator__in=emptied).delete()
    there = {row.indicator: row for row in own}
    for name, exact in points.items():
        row = there.get(name) or ReviewMark(sheet=sheet, indicator=name, actor=Actor.SELF)
        if row.pk and row.points == exact:
            continue
        row.points, row.by, row.on = exact, by, today
        row.full_clean()
        row.save()


def hand_in(pk, *, by, today):
    """Hand in the self-review as it was saved.

    :raises Refused: late, or naming the points that are missing.
    """
    rows = _rows().filter(mediator__user=by)
    with taking("hand_in", rows, pk, by=by, today=today) as sheet:
        sheet.handed_in_on = today
    return sheet


def take_up(pk, *, by, today, reason):
    """Take a sheet up after the days of the mediators, without the self-review."""
    with _taking("take_up", pk, by=by, today=today, reason=reason) as sheet:
        sheet.is_late = True
    return sheet


def score(pk, *, by, today, reason):
    """Hand a sheet on from the organisation to the justice office."""
    with _taking("score", pk, by=by, today=today, reason=reason) as sheet:
        pass
    return sheet


def send_back(pk, *, by, today, reason):
    """Return a sheet to the organisation once, with the reason."""
    with _taking("send_back", pk, by=by, today=today, reason=reason) as sheet:
        if not reason.strip():
            raise Refused({"reason": _("Give the reason of the return.")})
        sheet.returned_on, sheet.return_reason = today, reason.strip()
    return sheet


def pass_on(pk, *, by, today, reason):
    """Hand a sheet on from the justice office to the bureau."""
    with _taking("pass_on", pk, by=by, today=today, reason=reason) as sheet:
        pass
    return sheet


def _taking(name, pk, *, by, **note):
    refuse_own(ReviewSheet.objects.select_related("mediator").get(pk=pk), by)
    return taking(name, _rows(), pk, by=by, **note)


@transaction.atomic
def check(pk, *, by, today, reason):
    """Check a sheet at the bureau: its result is worked out by the rule and kept with its digest.

    :raises Refused: if points are missing or do not fit, or a veto cannot be answered.
    """
    locked_cycle(pk)
    with _taking("check", pk, by=by, today=today, reason=reason) as sheet:
        work_out(sheet, bases_of([sheet])[sheet.pk], digests_above(sheet.cycle))
        sheet.checked_by = by
    return sheet


@transaction.atomic
def check_all(cycle, *, by, today, reason, sheets=None):
    """Check all sheets of a cycle (its key) that lie at the bureau; returns how many.

    A fixed number of queries a batch. The officer's own sheet is left for a colleague.

    :param sheets: keys; of these only.
    :raises Refused: if one of them cannot be checked, naming it.
    """
    rows = _at_the_bureau(cycle).exclude(mediator__user_id=by.pk)
    if sheets is not None:
        rows = rows.filter(pk__in=sheets)
    first = rows.order_by("pk").first()
    if first is None:
        raise Refused(_("No sheet lies at the bureau."))
    locked_cycle(first.pk)
    taken = locked_sheets(rows)
    if not taken:
        raise Refused(_("No sheet lies at the bureau."))
    if faults := _bars(taken[0], rows, today):
        raise Refused(faults)
    work_out_all(taken)
    move_all("check", taken, by=by, reason=reason, told=WORKED_OUT, checked_by=by)
    return len(taken)


def check_ready(pk, *, by, today, reason):
    """Check all sheets of a cycle that ``sorted_for_check`` finds ready; returns how many.

    :raises Refused: if there is none but the officer's own, or what bars them all.
    """
    cycle = ReviewCycle.objects.select_related("version__parent").get(pk=pk)
    ready, _waiting = sorted_for_check(cycle)
    keys = list(ready.values_list("pk", flat=True))
    return check_all(pk, by=by, today=today, reason=reason, sheets=keys)


def sorted_for_check(cycle):
    """Return the sheets of a cycle at the bureau: the ready ones, and those without points."""
    rows = _at_the_bureau(cycle.pk)
    waiting = _without_points(rows, cycle.asked_of(Actor.BUREAU))
    return rows.exclude(pk__in=waiting.values("pk")), waiting


def _at_the_bureau(cycle):
    return ReviewSheet.objects.filter(cycle=cycle, state=SheetState.BUREAU, corrects=None)


def _bars(first, rows, today):
    """Return what bars the check: of the first sheet all of it, of all the rows the points."""
    if first.cycle.state != CycleState.BUREAU:
        return SHEET.refusals(first, "check", today)
    if late := the_parts_are_decided(first.cycle, today):
        return late
    bare = _without_points(rows, first.asked_of(Actor.BUREAU)).select_related("mediator")
    sentence = _("Points of the bureau are missing: %(mediator)s.")
    return [sentence % {"mediator": row.mediator} for row in bare.order_by("pk")[:MOST_NAMED]]


def _without_points(rows, asked):
    """Narrow sheets to those that lack a point of the bureau for what is asked of it."""
    given = ReviewMark.objects.standing().filter(sheet=OuterRef("pk"), actor=Actor.BUREAU)
    lacks = [~Exists(given.filter(indicator=one.name)) for one in asked]
    return rows.filter(reduce(or_, lacks)) if lacks else rows.none()


@transaction.atomic
def reopen(pk, *, by, today, reason):
    """Take a result back to check the sheet anew, before all results are proposed."""
    locked_cycle(pk)
    with _taking("reopen", pk, by=by, today=today, reason=reason) as sheet:
        for name, value in EMPTY.items():
            setattr(sheet, name, value)
        sheet.checked_by = None
    return sheet
