"""The minimum of each place is left aside where the places do not do for it: by two officers."""

from django.db import transaction
from django.utils.translation import gettext as _

from grading.actions.rank_moves import locked_level
from grading.actions.ranking import ranking_of
from grading.rules.cutting import COVERAGE_ABOVE_QUOTA
from office import ledger
from office.flow import Refused

FIELDS = ("uncovered_reason", "uncovered_by", "uncovered_second", "uncovered_on")


@transaction.atomic
def leave_coverage(pk, *, by, today, reason):
    """Propose to give the places of a level by rank alone; returns the level.

    :raises Refused: if the places do for the minimum of each place, or it is proposed already.
    """
    level = locked_level(pk)
    if reasons := bars_to_leaving(level):
        raise Refused(reasons)
    if not reason.strip():
        raise Refused({"reason": _("Give the reason.")})
    level.uncovered_reason, level.uncovered_by = reason.strip(), by
    return _kept(level, "leave_coverage", by=by, reason=reason)


def bars_to_leaving(level):
    """Return the sentences by which the minimum of each place is not left aside."""
    if level.uncovered_by_id is not None:
        return [_("It is proposed already; a second officer confirms it.")]
    selection = ranking_of(level).selection
    if selection is None or selection.state != COVERAGE_ABOVE_QUOTA:
        return [_("The places do for the minimum of each place.")]
    return []


@transaction.atomic
def confirm_leaving(pk, *, by, today, reason=""):
    """Leave the minimum of each place aside as the second officer; returns the level."""
    level = locked_level(pk)
    if level.uncovered_by_id is None or level.uncovered_on is not None:
        raise Refused(_("It is confirmed or taken back already."))
    if level.uncovered_by_id == by.pk:
        raise Refused(_("Another officer than the one who proposed it confirms."))
    level.uncovered_second, level.uncovered_on = by, today
    return _kept(level, "confirm_leaving", by=by, reason=reason)


@transaction.atomic
def keep_coverage(pk, *, by, today, reason):
    """Let the minimum of each place count again, as long as no places are given."""
    level = locked_level(pk)
    if level.uncovered_by_id is None:
        raise Refused(_("It is confirmed or taken back already."))
    level.uncovered_reason, level.uncovered_by = "", None
    level.uncovered_second, level.uncovered_on = None, None
    return _kept(level, "keep_coverage", by=by, reason=reason)


def _kept(level, act, *, by, reason):
    level.validate_constraints()
    level.save(update_fields=FIELDS)
    told = {
        "uncovered_by_id": level.uncovered_by_id,
        "uncovered_second_id": level.uncovered_second_id,
    }
    after = {name: value for name, value in told.items() if value}
    ledger.append(f"grading.roundlevel.{act}", level, by=by, reason=reason, after=after)
    return level
