"""Equals who stand first in the reserve are ordered: by one officer with a reason, and a second."""

from django.db import transaction
from django.utils.translation import gettext as _

from grading.actions.rank_moves import RESERVE, keep_moves
from grading.flows import RoundState
from grading.models import Application, GradingRound, RankMove, RoundLevel
from grading.models.reserve import first_in_reserve
from office import ledger
from office.flow import Refused


def equals_of(level):
    """Return the keys of those who stand first in the reserve as equals; none if one does."""
    first = first_in_reserve(level)
    return first if len(first) > 1 else []


def bars_to_ordering(level):
    """Return why equals of the reserve are not ordered now, as sentences."""
    if orders(level).filter(confirmed_on=None).exists():
        return [_("An order waits for a second officer: confirm it or take it back first.")]
    return [] if equals_of(level) else [_("No equals stand first in the reserve of this level.")]


def orders(level):
    """Return the rows of the orders that stand, or wait for a second officer."""
    return RankMove.objects.filter(round_level=level, in_reserve=True, dropped_on=None)


@transaction.atomic
def propose_reserve_order(pk, *, by, today, reason, order):
    """Propose in which order equals of the reserve move up, best first; returns its rows.

    :param order: applications; all who stand first as equals, each once.
    :raises Refused: if nobody does, others are named, or the reason names one of them.
    """
    level = _locked(pk)
    if bars := bars_to_ordering(level):
        raise Refused(bars)
    equals, named = equals_of(level), [one.pk for one in order]
    if len(named) != len(set(named)) or set(named) != set(equals):
        raise Refused(_("Name everybody who stands first as an equal, each once."))
    if not reason.strip():
        raise Refused(_("Give the reason for the order."))
    _require_nobody_is_named(equals, reason)
    places = list(range(1, len(named) + 1))
    return keep_moves(level, named, places, RESERVE, by=by, today=today, reason=reason)


@transaction.atomic
def confirm_reserve_order(pk, *, by, today, reason=""):
    """Confirm the order that waits, as the second officer; returns the level.

    :param pk: of the level.
    :raises Refused: to the officer who proposed it, or if others stand first by now.
    """
    level = _locked(pk)
    rows = _waiting(level)
    if any(row.by_id == by.pk for row in rows):
        raise Refused(_("Another officer than the one who proposed it confirms."))
    if {row.application_id for row in rows} != set(equals_of(level)):
        raise Refused(_("Others stand first in the reserve by now: take the order back."))
    for row in rows:
        row.second, row.confirmed_on = by, today
        row.full_clean()
        row.save(update_fields=["second", "confirmed_on"])
    act, after = f"grading.roundlevel.confirm_{RESERVE}", _told(rows)
    ledger.append(act, level, by=by, reason=reason, after=after)
    return level


@transaction.atomic
def drop_reserve_order(pk, *, by, today, reason):
    """Take an order that waits back; it stays to be read. Returns the level.

    :raises Refused: if none waits; what two officers decided is not undone.
    """
    level = _locked(pk)
    rows = _waiting(level)
    for row in rows:
        row.dropped_on = today
        row.save(update_fields=["dropped_on"])
    act, before = f"grading.roundlevel.drop_{RESERVE}", _told(rows)
    ledger.append(act, level, by=by, reason=reason, before=before)
    return level


def _locked(pk):
    """Lock a level with its round, as whoever moves somebody up does; returns it."""
    of = GradingRound.objects.select_for_update(of=("self",)).get(levels=pk)
    if of.state != RoundState.NOTICE:
        raise Refused(_("The round is not on public notice."))
    rows = RoundLevel.objects.select_related("grading_round__version", "grading_round__division")
    return rows.select_for_update(of=("self",)).get(pk=pk)


def _waiting(level):
    rows = orders(level).filter(confirmed_on=None).select_for_update(of=("self",))
    found = list(rows.order_by("place", "pk"))
    if not found:
        raise Refused(_("It is confirmed or taken back already."))
    return found


def _require_nobody_is_named(equals, reason):
    """The reason stands in the statement of each of them."""
    rows = Application.objects.filter(pk__in=equals).select_related("mediator", "organization")
    if any(row.applicant_name in reason for row in rows):
        raise Refused(_("Each of the equals reads the reason: name nobody in it."))


def _told(rows):
    return {"moves": [[row.application_id, row.place] for row in rows]}
