"""Points of a review sheet, and figures put right: a new row each time, the old one kept."""

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext as _

from grading.actions.review_judging import plain, told_of_figure
from grading.evaluation.review_figures import is_share
from grading.flows.review import BEING_SCORED, SheetState
from grading.models import ReviewFigure, ReviewMark, ReviewSheet
from grading.models.review_parts import Actor, FigureState
from grading.rules.indicators import indicators_of
from grading.rules.scheme import SchemeFault
from office import ledger
from office.flow import Refused
from office.roles import Role
from office.scopes import grants_of

MARK = "grading.mark_reviewsheet"
LONGEST_NOTE = 500
S = SheetState
# In which state of the sheet whose points are given.
TURN = {Actor.ORGANIZATION: S.ORGANIZATION, Actor.OFFICE: S.OFFICE, Actor.BUREAU: S.BUREAU}
# An office stands in for an organisation without an account, a bureau for either.
GIVES = {
    Role.CLERK: {Actor.ORGANIZATION},
    Role.JUSTICE_OFFICE: {Actor.ORGANIZATION, Actor.OFFICE},
    Role.COUNTY_BUREAU: {Actor.ORGANIZATION, Actor.OFFICE, Actor.BUREAU},
    Role.CITY_BUREAU: {Actor.ORGANIZATION, Actor.OFFICE, Actor.BUREAU},
}


@dataclass
class Written:
    """What of points or figures was written, before and after, for the ledger."""

    before: dict = field(default_factory=dict)
    after: dict = field(default_factory=dict)


def locked_sheet(pk):
    """Lock a sheet and return it with what an act looks at."""
    rows = ReviewSheet.objects.select_for_update(of=("self",))
    return rows.select_related("cycle__version__parent", "cycle__notice", "mediator").get(pk=pk)


def refuse_own(sheet, by):
    """Nobody has a hand in the own review but by the self-review.

    :raises Refused: if it is the officer's own sheet.
    """
    if sheet.mediator.user_id is not None and sheet.mediator.user_id == by.pk:
        raise Refused(_("This is your own review sheet: a colleague does this."))


def gives(by, sheet):
    """Return for whom an officer may give points on a sheet, by the posts that reach it."""
    if by.is_superuser and by.is_active:
        return set(TURN)
    found = set()
    for grant in grants_of(by, MARK):
        if _reaches(grant, sheet):
            found |= GIVES.get(grant.role, set())
    return found


def _reaches(grant, sheet):
    if grant.organization is not None:
        return grant.organization == sheet.organization_id
    return grant.low is not None and grant.low <= sheet.division_id < grant.high


@transaction.atomic
def give_points(pk, *, by, today, reason, actor, points, notes=None):
    """Give the points the rule asks of an actor; what is not named stays as it is.

    :param points: ``{indicator: points}``; ``notes`` say on what they rest, ``{indicator: text}``.
    :raises Refused: out of turn, on the own sheet, from outside the officer's posts, or with
        points that the rule does not ask of this actor or that are out of range.
    """
    sheet = locked_sheet(pk)
    refuse_own(sheet, by)
    if actor not in gives(by, sheet):
        raise Refused(_("Your post does not give these points."))
    if sheet.state != TURN.get(actor) or sheet.corrects_id:
        raise Refused(_("These points are not given at this step of the sheet."))
    asked = {one.name: one for one in sheet.asked_of(actor)}
    exact = checked_points(asked, points)
    written = write_marks(sheet, actor, exact, notes or {}, by=by, today=today)
    if written.after:
        _save(sheet, "mark", written, by=by, reason=reason, actor=str(actor))
    return sheet


def checked_points(asked, points):
    """Return points as exact numbers, those of them that were given.

    :param asked: ``{indicator: Indicator}`` that the rule asks for.
    :raises Refused: naming each indicator that is not asked for, or whose points do not fit.
    """
    found, faults = {}, {}
    for name, typed in points.items():
        if name not in asked:
            faults[name] = _("The rule does not ask you for points here.")
            continue
        if typed is None or typed == "":
            continue
        try:
            found[name] = _exact(asked[name], typed)
        except SchemeFault as fault:
            faults[name] = fault.faults[0][1]
    if faults:
        raise Refused(faults)
    return found


def _exact(indicator, typed):
    try:
        exact = Decimal(str(typed).strip())
        fits = exact.is_finite() and exact == exact.quantize(Decimal("0.01"))
    except InvalidOperation:
        fits = False
    if not fits:
        sentence = _("Type a number with at most two decimals.")
        raise SchemeFault([(indicator.name, sentence)])
    indicator.points(Fraction(exact))
    return exact


def write_marks(sheet, actor, points, notes, *, by, today):
    """Write points that differ from those that stand; returns what was written."""
    written = Written()
    standing = {row.indicator: row for row in sheet.marks.standing().filter(actor=actor)}
    for name, exact in points.items():
        note = str(notes.get(name, "")).strip()[:LONGEST_NOTE]
        old = standing.get(name)
        if old is not None and (old.points, old.note) == (exact, note):
            continue
        if old is not None:
            written.before[name] = plain(old.points)
            old.replaced_on = today
            old.save(update_fields=["replaced_on"])
        given = {"indicator": name, "actor": actor, "points": exact, "note": note}
        mark = ReviewMark(sheet=sheet, by=by, on=today, **given)
        mark.full_clean()
        mark.save()
        written.after[name] = plain(exact)
    return written


@transaction.atomic
def correct_figure(pk, *, by, today, reason, indicator, part, whole):
    """Put a figure of the registers right, with the reason: a new row, the old one is kept.

    :raises Refused: without a reason, on the own sheet, once the result is proposed, or for an
        indicator that no register counts.
    """
    sheet = locked_sheet(pk)
    refuse_own(sheet, by)
    if sheet.state not in BEING_SCORED or sheet.corrects_id:
        raise Refused(_("Figures are corrected before the result is proposed."))
    written = write_figures(sheet, {indicator: (part, whole)}, by=by, today=today, reason=reason)
    _save(sheet, "correct_figure", written, by=by, reason=reason)
    return sheet


def write_figures(sheet, figures, *, by, today, reason):
    """Write figures that somebody put right; returns what was written.

    :param figures: ``{indicator: (numerator, denominator)}``.
    :raises Refused: without a reason, or for what is no figure of the registers.
    """
    if not reason.strip():
        raise Refused({"reason": _("Give the reason for the correction.")})
    if sheet.cycle.is_rolled_up:
        raise Refused(_("The year is made up of shorter reviews: put it right there."))
    written = Written()
    leaves = {one.name: one for one in indicators_of(sheet.cycle.rules) if not one.is_given}
    standing = {row.indicator: row for row in sheet.figures.standing()}
    for name, (part, whole) in figures.items():
        if name not in leaves:
            raise Refused({"indicator": _("No register counts this.")})
        if part is None or not whole:
            raise Refused({"whole": _("Type numerator and denominator; it is not nought.")})
        old = standing.get(name)
        row = _figure_put_right(sheet, leaves[name], old, Decimal(part), Decimal(whole))
        row.counted_on, row.by, row.reason = today, by, reason.strip()[:LONGEST_NOTE]
        if old is not None:
            written.before[name] = told_of_figure(old)
            old.replaced_on = today
            old.save(update_fields=["replaced_on"])
        row.full_clean()
        row.save()
        written.after[name] = told_of_figure(row)
    return written


def _figure_put_right(sheet, indicator, old, part, whole):
    metric = old.metric if old is not None else indicator.metric
    # A plain number rests on itself.
    rests_on = whole if is_share(sheet.cycle.rules, metric) else part / whole
    is_few = rests_on < (indicator.least_n or 0)
    return ReviewFigure(
        sheet=sheet,
        indicator=indicator.name,
        metric=metric,
        state=FigureState.TOO_FEW if is_few else FigureState.ASSESSED,
        part=part,
        whole=whole,
        mix=old.mix if old is not None else {},
    )


def _save(sheet, act, written, *, by, reason, **told):
    sheet.revision += 1
    sheet.save(update_fields=["revision", "changed_at"])
    before, after = {**told, **written.before}, {**told, **written.after}
    ledger.append(
        f"grading.reviewsheet.{act}", sheet, by=by, reason=reason, before=before, after=after
    )
