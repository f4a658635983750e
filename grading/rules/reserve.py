"""Who takes a place that has become free once the places of a level were given.

Nobody else loses a place by it, and no limit of the rule is exceeded: who would exceed one is
passed over. A district keeps the places that its minimum reserves for it, as long as somebody of it
waits.
"""

from collections import Counter

from grading.rules.cutting import LOT
from grading.rules.lots import drawn
from grading.rules.ranking import by_rank


def next_up(waiting, holding, places, terms, *, seed="", senior=()):
    """Return the people who may take a free place now; several are equals that nothing orders.

    Equals for all of whom there is room need no order: without one the first is returned.

    :param waiting: lines of those who got nothing for want of places, best first.
    :param holding: lines of those who hold a place.
    :param senior: the order that officers decided for equals, best first.
    """
    for group in by_rank(
        [line for line in waiting if _fits(line, waiting, holding, places, terms)]
    ):
        people = [line.person for line in group]
        if set(people) <= set(senior):
            return [person for person in senior if person in people][:1]
        if len(group) == 1 or _all_fit(group, waiting, holding, places, terms):
            return people[:1]
        return drawn(people, seed)[:1] if LOT in terms.policies and seed else people
    return []


def _fits(line, waiting, holding, places, terms):
    """Whether somebody may take a place beside those who hold one."""
    held, there = (Counter(one.entry.district for one in rows) for rows in (holding, waiting))
    need = {
        district: min(max(least - held[district], 0), there[district])
        for district, least in terms.coverage.items()
    }
    free = places - len(holding)
    # Shares are of the places of the rule, also where a tie left some of them empty.
    whole = places if terms.places is None else terms.places
    reserved = sum(need.values()) - need.get(line.entry.district, 0)
    if free <= 0 or (free <= reserved and not need.get(line.entry.district)):
        return False
    return all(
        sum(limit.holds(one.entry) for one in holding) < limit.most(whole)
        for limit in terms.limits
        if limit.is_hard and limit.holds(line.entry)
    )


def _all_fit(group, waiting, holding, places, terms):
    taken, left = list(holding), list(waiting)
    for line in group:
        if not _fits(line, left, taken, places, terms):
            return False
        taken.append(line)
        left.remove(line)
    return True
