"""The quota of a band, counted over all sheets of a cycle at once."""

from django.utils.translation import gettext as _

from grading.actions.review_judging import values_of
from grading.flows.review import SheetState
from grading.rules.cutting import DECIDED
from grading.rules.review_top import DIVISION, ORGANIZATION, Standing, placed, tops_of
from grading.rules.reviews import bands_of
from grading.rules.scheme import SchemeFault
from grading.rules.unknown import UNK
from office.flow import Refused

S = SheetState
COUNTED = [S.PROPOSED, S.NOTICE, S.OBJECTED, S.DECIDED, S.NOT_GRADED]


def places_of(cycle, rows, *, order=()):
    """Return {sheet: band} once the quotas of the rule are counted, for all that have a band.

    :param rows: all sheets that stand in the cycle; those not graded are people of it as well.
    :param order: keys of equals at the cut, best first, where an officer settles it.
    :raises Refused: if the rule leaves it open who comes first.
    """
    tops = tops_of(cycle.rules)
    graded = {row.pk: row.band_earned for row in rows if row.score is not None}
    if tops is not UNK and not tops:
        return graded
    placement = _placement(cycle, rows, tops, order)
    if placement.state != DECIDED:
        raise Refused(_open(placement, {row.pk: row for row in rows}))
    return {pk: placement.bands[pk] for pk in graded}


def _placement(cycle, rows, tops, order=()):
    scheme = cycle.rules
    needs_values = tops is not UNK and any(one.keys for one in tops)
    standings = [_standing(row, scheme if needs_values else None) for row in rows]
    try:
        return placed(scheme, standings, seed=seed_of(cycle), senior=tuple(order))
    except SchemeFault as fault:
        raise Refused([sentence for _path, sentence in fault.faults]) from fault


def seed_of(cycle):
    """Return the seed of a lot between equals: fixed with the rule before anybody has points."""
    return f"{cycle.version.digest}:{cycle.pk}"


def placed_again(cycle, rows):
    """Return {sheet: band} as the quotas leave them, with equals in the order they were put in."""
    names = [one.label for one in bands_of(cycle.rules)]
    graded = [row for row in rows if row.score is not None]
    best_first = sorted(graded, key=lambda row: (names.index(row.band), row.pk))
    return places_of(cycle, rows, order=[row.pk for row in best_first])


def groups_of(row):
    """Return the groups that a sheet is counted in, by what a limit may count by."""
    return {ORGANIZATION: str(row.organization_id), DIVISION: str(row.division_id)}


def _standing(row, scheme):
    group = groups_of(row)
    if row.score is None or row.state == SheetState.NOT_GRADED:
        return Standing(row.pk, group=group)
    values = {} if scheme is None else values_of(row.content, scheme)
    return Standing(row.pk, row.score, group, row.band_earned, values)


def _open(placement, rows):
    tied = [
        _("“%(band)s”: equals stand at the cut: %(people)s. Say in which order they come.")
        % {"band": cut.band, "people": ", ".join(str(rows[pk].mediator) for pk in cut.tied)}
        for cut in placement.cuts
        if cut.tied
    ]
    return tied or [_("The rule does not say how many may have the highest band.")]


def band_of_one(sheet):
    """Return the band of one sheet worked out anew, counted among those whose results stand.

    Nobody else's band changes by it; what a tie leaves open goes in favour of the person.
    """
    if sheet.score is None:
        return ""
    others = sheet.cycle.sheets.filter(state__in=COUNTED).exclude(mediator=sheet.mediator_id)
    return band_among(sheet, others.select_related("mediator").order_by("pk"))


def band_among(sheet, others):
    """Return the band of a sheet with a score, counted among others in the order of their keys.

    A tie of others leaves it open only where it concerns the sheet as well.
    """
    tops = tops_of(sheet.cycle.rules)
    if tops is not UNK and not tops:
        return sheet.band_earned
    try:
        placement = _placement(sheet.cycle, [*others, sheet], tops)
    except Refused:
        return sheet.band_earned
    return placement.bands[sheet.pk] or sheet.band_earned
