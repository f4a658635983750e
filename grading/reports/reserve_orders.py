"""Orders of equals in the reserve, held against the ledger, the award and who moved up."""

from collections import defaultdict

from grading.actions.rank_moves import RESERVE
from grading.flows.application import ApplicationState
from grading.models import RankMove
from grading.models.reserve import in_orders
from office.models import LedgerEntry

PROPOSED, CONFIRMED = f"grading.roundlevel.{RESERVE}", f"grading.roundlevel.confirm_{RESERVE}"
DROPPED = f"grading.roundlevel.drop_{RESERVE}"


def reserve_faults():
    """Yield a sentence for every order of equals that is not what two officers decided."""
    rows = RankMove.objects.filter(in_reserve=True).exclude(confirmed_on=None)
    kept = defaultdict(list)
    for row in rows.select_related("round_level", "application").order_by("pk"):
        kept[row.round_level_id].append(row)
    told = _told()
    for pk in sorted({*kept, *told}):
        at = f"level {pk}, equals in the reserve"
        if [_plain(row) for row in kept[pk]] != told.get(pk, []):
            yield f"{at}: the ledger tells another order"
        yield from (f"{at}: {sentence}" for sentence in _faults(kept[pk]))


def _plain(row):
    return [row.application_id, row.place, row.reason, row.by_id, row.second_id]


def _told():
    """Return by level what the ledger tells of orders that two officers made."""
    entries = LedgerEntry.objects.filter(act__in=[PROPOSED, CONFIRMED, DROPPED])
    fields = entries.values_list("act", "subject_id", "actor", "reason", "after")
    waiting, found = {}, defaultdict(list)
    for act, subject, actor, reason, after in fields.order_by("sequence"):
        if act == PROPOSED:
            waiting[subject] = reason.strip(), actor
        elif act == CONFIRMED:
            by = [*waiting.get(subject, ("", None)), actor]
            found[int(subject)] += [[*move, *by] for move in after["moves"]]
    return found


def _faults(rows):
    """Yield what is wrong with the orders of a level, those that a later one replaced left out."""
    seen = set()
    for order in reversed(in_orders(rows)):
        award = order[0].round_level.award
        ranks = {pk: rank for pk, rank, _computed in award.get("lines", ())}
        if len({ranks.get(row.application_id) for row in order}) != 1:
            yield "those who were ordered are no equals in the ranking"
        people = {row.application_id for row in order}
        # By a limit or the minimum of a place somebody may be passed over.
        is_strict = not award.get("limits") and not award.get("coverage")
        if is_strict and not people & seen and _is_passed_over(order):
            yield "somebody moved up past another who comes before"
        seen |= people


def _is_passed_over(order):
    """Whether somebody still waits who comes before one that moved up."""
    waits = False
    for row in order:
        application = row.application
        if application.notice_id is not None and waits:
            return True
        is_out = application.state == ApplicationState.NO_LEVEL
        waits = waits or (is_out and application.objection_id is None)
    return False
