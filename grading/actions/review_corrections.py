"""A decided sheet is corrected by a new row, by two officers; the old one is kept as it was.

Whatever rests on the old one is flagged: somebody looks at it again, nothing is undone by itself.
"""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from grading.actions.consequences import open_consequences
from grading.actions.review_judging import bases_of, digests_above, lower, work_out
from grading.actions.review_marks import (
    checked_points,
    locked_sheet,
    refuse_own,
    write_figures,
    write_marks,
)
from grading.actions.review_moving import locked_cycle
from grading.actions.review_placing import band_of_one
from grading.actions.review_years import bar_stale
from grading.flows.renewal import RenewalState
from grading.flows.review import SHEET, TOLD, ConsequenceState, SheetState
from grading.models import (
    Renewal,
    ReviewConsequence,
    ReviewCycle,
    ReviewFigure,
    ReviewMark,
    ReviewSheet,
)
from grading.models.review_parts import Actor
from office import ledger
from office.flow import Refused, taking

S = SheetState
# Results of a year that a correction of one of its parts concerns.
WITH_A_RESULT = [S.PROPOSED, *TOLD]
# What the new row takes over from the old one.
KEPT = [
    "cycle", "mediator", "organization", "division", "in_from", "in_until", "days_in",
    "statement", "handed_in_on", "is_late",
]  # fmt: skip


@transaction.atomic
def correct_sheet(pk, *, by, today, reason, figures=None, points=None):
    """Propose the correction of a decided sheet; returns the new row, which waits for a second.

    :param figures: ``{indicator: (numerator, denominator)}``.
    :param points: ``{indicator: points}``; they stand for those of all who gave some.
    :raises Refused: before the results are decided, without a reason, if nothing would change, or
        if a correction is under way.
    """
    locked_cycle(pk)
    old = locked_sheet(pk)
    refuse_own(old, by)
    if bars := SHEET.refusals(old, "replace", today):
        raise Refused(bars)
    if not reason.strip():
        raise Refused({"reason": _("Give the reason for the correction.")})
    if not figures and not points and not old.cycle.is_rolled_up:
        raise Refused(_("Put at least one figure right, or the points of an indicator."))
    new = _new_row(old, reason)
    if figures:
        write_figures(new, figures, by=by, today=today, reason=reason)
    decide_points(new, points or {}, by=by, today=today, reason=reason)
    work_out(new, bases_of([new])[new.pk], digests_above(new.cycle))
    parts = new.content.get("parts")
    if parts is not None and parts == old.content.get("parts", parts):
        raise Refused(_("Nothing of what the year is made up of has changed."))
    band = band_of_one(new)
    if band != new.band:
        lower(new, band)
    new.checked_by = by
    new.full_clean()
    new.save()
    after = ledger.filled(new)
    ledger.append("grading.reviewsheet.correct", new, by=by, reason=reason, after=after)
    return new


def _new_row(old, reason):
    last = ReviewSheet.objects.filter(cycle=old.cycle, mediator=old.mediator)
    new = ReviewSheet(
        **{name: getattr(old, name) for name in KEPT},
        number=last.aggregate(last=Max("number"))["last"] + 1,
        corrects=old,
        state=S.BUREAU,
        correction_reason=reason.strip(),
    )
    new.full_clean()
    new.save()
    for model, name in ((ReviewFigure, "figures"), (ReviewMark, "marks")):
        rows = getattr(old, name).standing().order_by("pk").values()
        own = {"id": None, "sheet_id": new.pk}
        model.objects.bulk_create([model(**{**row, **own}) for row in rows])
    return new


def decide_points(sheet, points, *, by, today, reason):
    """Write points that stand for those of all whom the rule asks for them.

    :raises Refused: for what nobody gives points for, and for points out of range.
    """
    asked = {actor: {one.name: one for one in sheet.asked_of(actor)} for actor in Actor.values}
    every = {name: one for by_name in asked.values() for name, one in by_name.items()}
    exact = checked_points(every, points)
    for actor, by_name in asked.items():
        own = {name: value for name, value in exact.items() if name in by_name}
        write_marks(sheet, actor, own, dict.fromkeys(own, reason), by=by, today=today)


@transaction.atomic
def confirm_correction(pk, *, by, today, reason):
    """Confirm a correction as the second officer: it takes the place of the old sheet at once.

    :raises Refused: if the same officer proposed it.
    """
    locked_cycle(pk)
    new = locked_sheet(pk)
    refuse_own(new, by)
    if bars := SHEET.refusals(new, "confirm", today):
        raise Refused(bars)
    if new.checked_by_id == by.pk:
        raise Refused(_("Whoever proposed the correction does not confirm it. Ask a colleague."))
    bar_stale([new])
    old = locked_sheet(new.corrects_id)
    resting = _lock_what_rests_on(old)
    _replace(old, by=by, reason=reason)
    with taking("confirm", _rows(), pk, by=by, today=today, reason=reason) as sheet:
        sheet.decided_by, sheet.decided_on = by, today
    _tell_digest(sheet, by=by, reason=reason)
    _flag(*resting, by=by, today=today, reason=reason)
    done = ReviewConsequence.objects.filter(
        sheet__cycle=sheet.cycle_id, sheet__mediator=sheet.mediator_id, state=ConsequenceState.DONE
    )
    carried_out = set(done.order_by().values_list("kind", flat=True))
    open_consequences([sheet], by=by, reason=reason, but=carried_out)
    return sheet


def drop_correction(pk, *, by, today, reason):
    """Leave a sheet as it was: the correction that was proposed is not made."""
    with transaction.atomic():
        refuse_own(locked_sheet(pk), by)
        with taking("drop", _rows(), pk, by=by, today=today, reason=reason) as sheet:
            pass
    return sheet


def _rows():
    return ReviewSheet.objects.select_related("cycle__version__parent", "mediator")


def _replace(old, *, by, reason):
    before = {"state": old.state}
    old.state = S.REPLACED
    old.revision += 1
    old.save(update_fields=["state", "revision", "changed_at"])
    act, after = "grading.reviewsheet.replace", {"state": str(old.state)}
    ledger.append(act, old, by=by, reason=reason, before=before, after=after)


def _tell_digest(sheet, *, by, reason):
    """Tell the ledger what was decided, as ``decide`` does of the sheets of a cycle."""
    names = ("state", "result", "score", "band", "digest")
    told = ledger.snapshot(sheet)
    after = {name: told[name] for name in names}
    ledger.append("grading.reviewsheet.decide", sheet, by=by, reason=reason, after=after)


def _lock_what_rests_on(old):
    """Lock, ahead of the ledger, the reappointments and consequences that rest on a sheet."""
    renewals = Renewal.objects.filter(appointment__mediator=old.mediator_id)
    renewals = renewals.exclude(state=RenewalState.VOID).select_related("appointment__organization")
    rows = renewals.select_for_update(of=("self",)).order_by("pk")
    resting = [row for row in rows if rests_on(row.pack, old.pk)]
    settled = ReviewConsequence.objects.filter(sheet=old.pk).exclude(state=ConsequenceState.OPEN)
    settled = settled.select_related("sheet").select_for_update(of=("self",)).order_by("pk")
    return [*resting, *_years_on(old)], list(settled)


def _years_on(part):
    """Lock the results of a year that are made up of a sheet."""
    year = part.cycle.part_of_id
    if year is None:
        return []
    ReviewCycle.objects.select_for_update().get(pk=year)
    rows = ReviewSheet.objects.filter(
        cycle=year, mediator=part.mediator_id, state__in=WITH_A_RESULT
    )
    rows = rows.select_related("cycle", "mediator").select_for_update(of=("self",)).order_by("pk")
    return [
        row for row in rows if any(one["sheet"] == part.pk for one in row.content.get("parts", ()))
    ]


def rests_on(pack, sheet):
    """Whether the evidence of a reappointment holds a sheet (its key)."""
    return any(one.get("sheet") == sheet for one in (pack or {}).get("reviews", ()))


def _flag(renewals, consequences, *, by, today, reason):
    entries = []
    for row in [*renewals, *consequences]:
        row.flagged_on = today
        row.revision += 1
        row.save(update_fields=["flagged_on", "revision", "changed_at"])
        act, after = f"{row._meta.label_lower}.flag", {"flagged_on": today.isoformat()}
        entries.append(ledger.draft(act, row, by=by, reason=reason, after=after))
    if entries:
        ledger.append_all(entries)
