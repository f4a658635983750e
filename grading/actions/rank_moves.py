"""Places given by hand: proposed by one officer with a reason, confirmed by a second."""

from django.db import transaction
from django.utils.translation import gettext as _

from grading.actions.ranking import ranking_of
from grading.models import GradingRound, RankMove, RoundLevel
from grading.rules.ranking import Move, move_faults
from office import ledger
from office.flow import Refused

RESERVE = "order_reserve"


def locked_level(pk):
    """Lock a level whose ranking may still change; returns it.

    :raises Refused: if its round is not being ranked, or its places are given.
    """
    level = level_being_ranked(pk)
    if level.awarded_on is not None:
        raise Refused(_("The places of this level are given."))
    return level


def level_being_ranked(pk):
    """Lock a level with its round, so that the round does not go on meanwhile; returns it.

    :raises Refused: if its round is not being ranked.
    """
    # The round first: whoever puts the results on notice takes the locks in this order.
    GradingRound.objects.select_for_update(of=("self",)).get(levels=pk)
    rows = RoundLevel.objects.select_related("grading_round__version", "grading_round__division")
    level = rows.select_for_update(of=("self",)).get(pk=pk)
    if level.grading_round.state != "ranking":
        raise Refused(_("The round is not being ranked."))
    return level


@transaction.atomic
def propose_move(pk, *, by, today, reason, application, place):
    """Propose to put an application at a place of a level's ranking; returns the move.

    :raises Refused: if it is not in the ranking, there is no such place, or no reason is given.
    """
    level = locked_level(pk)
    _require_nothing_waits(level)
    ranking = ranking_of(level)
    # The second officer is asked for later: any other stands for it here.
    faults = move_faults(Move(application.pk, place, reason, by.pk, "second"), ranking.lines)
    if faults:
        raise Refused(faults)
    return keep_moves(level, [application.pk], [place], "move", by=by, today=today, reason=reason)[
        0
    ]


@transaction.atomic
def propose_order(pk, *, by, today, reason, order):
    """Propose in which order equals at the cut come, best first; returns its moves.

    :param order: applications; all whom the tie concerns, each once.
    :raises Refused: if there is no tie at the cut, or others are named.
    """
    level = locked_level(pk)
    require_no_order(level)
    ranking = ranking_of(level)
    tied, named = ranking.tied, [one.pk for one in order]
    if not tied:
        raise Refused(_("No tie at the cut is to be decided."))
    if ranking.terms.by_vote and level.panel_id:
        raise Refused(_("By the rule the panel votes on equals: record its vote."))
    if len(named) != len(set(named)) or set(named) != set(tied):
        raise Refused(_("Name everybody whom the tie concerns, each once."))
    if not reason.strip():
        raise Refused(_("Give the reason for the order."))
    places = list(range(1, len(named) + 1))
    return keep_moves(level, named, places, "order", by=by, today=today, reason=reason)


def require_no_order(level):
    """:raises Refused: if equals are in an order already, or a move waits for a second officer."""
    if RankMove.objects.filter(round_level=level, decides_tie=True, dropped_on=None).exists():
        raise Refused(_("An order of equals is there already: take it back first."))
    _require_nothing_waits(level)


def _require_nothing_waits(level):
    """One after the other, so that moves are made in the order in which they were proposed."""
    if RankMove.objects.filter(round_level=level, confirmed_on=None, dropped_on=None).exists():
        raise Refused(_("A move waits for a second officer: confirm it or take it back first."))


def keep_moves(level, applications, places, act, *, by, today, reason, vote=None):
    """Keep moves that wait for a second officer, and tell the ledger; returns them."""
    rows = [
        RankMove(
            round_level=level, application_id=application, place=place, reason=reason.strip(),
            by=by, on=today, decides_tie=act != "move", in_reserve=act == RESERVE,
            vote=vote or {},
        )
        for application, place in zip(applications, places, strict=True)
    ]  # fmt: skip
    for row in rows:
        row.full_clean()
        row.save()
    after = {"moves": [[row.application_id, row.place] for row in rows]}
    after |= {"vote": vote} if vote else {}
    ledger.append(f"grading.roundlevel.{act}", level, by=by, reason=reason, after=after)
    return rows


@transaction.atomic
def confirm_move(pk, *, by, today, reason="", move):
    """Confirm a move, or the whole order of equals it belongs to, as the second officer.

    :param pk: of the level.
    :raises Refused: to the officer who proposed it, or if it cannot be made any more.
    """
    level = locked_level(pk)
    rows = _together(level, move)
    if any(row.by_id == by.pk for row in rows):
        raise Refused(_("Another officer than the one who proposed it confirms."))
    if not move.decides_tie:
        lines = ranking_of(level).lines
        proposed = rows[0]
        made = Move(proposed.application_id, proposed.place, proposed.reason, proposed.by_id, by.pk)
        if faults := move_faults(made, lines):
            raise Refused(faults)
    for row in rows:
        row.second, row.confirmed_on = by, today
        row.full_clean()
        row.save(update_fields=["second", "confirmed_on"])
    after = {"moves": [[row.application_id, row.place] for row in rows]}
    ledger.append("grading.roundlevel.confirm_move", level, by=by, reason=reason, after=after)
    return level


@transaction.atomic
def drop_move(pk, *, by, today, reason, move):
    """Take a move back, or the whole order of equals it belongs to; it stays to be read.

    :param pk: of the level.
    :raises Refused: of a move that two officers made, as long as it can be made.
    """
    level = locked_level(pk)
    rows = _together(level, move, confirmed=True)
    _require_no_second_officer(level, rows[0])
    for row in rows:
        row.dropped_on = today
        row.save(update_fields=["dropped_on"])
    before = {"moves": [[row.application_id, row.place] for row in rows]}
    ledger.append("grading.roundlevel.drop_move", level, by=by, reason=reason, before=before)
    return level


def _require_no_second_officer(level, row):
    """One officer does not undo alone what two decided: a further move does, by two again.

    An order of equals may be taken back: without one there is no award, and a new one takes two.
    """
    if row.decides_tie or row.confirmed_on is None:
        return
    made = Move(row.application_id, row.place, row.reason, row.by_id, row.second_id)
    if not move_faults(made, ranking_of(level).lines):
        raise Refused(_("Two officers made this move: propose a further one, which takes two too."))


def _together(level, move, *, confirmed=False):
    """Lock the rows of a move that stands: one, or all of the order of equals."""
    rows = RankMove.objects.select_for_update(of=("self",)).filter(
        round_level=level, dropped_on=None, in_reserve=False, decides_tie=move.decides_tie
    )
    if not move.decides_tie:
        rows = rows.filter(pk=move.pk)
    if not confirmed:
        rows = rows.filter(confirmed_on=None)
    found = list(rows.order_by("place", "pk"))
    if not found:
        raise Refused(_("It is confirmed or taken back already."))
    return found
