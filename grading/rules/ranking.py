"""The order of applications: by score, then by the tie-breaks of the rule; moves made by hand.

Ranks are shared as in a competition (1, 2, 2, 4). A move by hand is an event with a reason and two
people. Moves are replayed over the computed order and never overwrite it: every line keeps the rank
it was computed at.
"""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from grading.rules.rounding import exactly
from grading.rules.unknown import is_known

EMPLOYMENT = "employment"


@dataclass(frozen=True)
class Entry:
    """An application to be ranked; ``values`` are what tie-breaks look at, by their name.

    ``category`` is the employment; ``properties`` are the others by which places may be limited.
    """

    person: object
    score: Decimal
    values: dict = field(default_factory=dict, hash=False)
    category: str = ""
    district: str = ""
    properties: dict = field(default_factory=dict, hash=False)

    def property(self, name):
        """Return what is known of a person by the name of a property; "" if nothing is."""
        return self.category if name == EMPLOYMENT else self.properties.get(name, "")


@dataclass(frozen=True)
class TieBreak:
    """A value that decides between equal scores."""

    name: str
    highest_first: bool = True


@dataclass(frozen=True)
class Move:
    """Somebody was put at a place (1 is the first) by hand, by one officer and a second one."""

    person: object
    place: int
    reason: str
    by: object
    second: object


@dataclass(frozen=True)
class Line:
    """A line of the ranking: its rank, the rank it was computed at, and the moves made of it."""

    entry: Entry
    rank: int
    computed_rank: int
    moves: tuple = ()

    @property
    def person(self):
        """Whose line it is."""
        return self.entry.person


def ranked(entries, tie_breaks=()):
    """Return entries as lines, best first; who is equal in all shares a rank.

    A tie-break is passed over among entries of which one lacks the value: what is not known puts
    nobody first or last. Lines of a shared rank come in the order of their people, which means
    nothing.

    :raises ValueError: naming the people without a score, and people entered twice.
    """
    _check(entries)
    groups = [
        group
        for same in _split(list(entries), lambda entry: entry.score, highest_first=True)
        for group in separated(same, tie_breaks)
    ]
    lines, rank = [], 1
    for group in groups:
        lines += [
            Line(entry, rank, rank) for entry in sorted(group, key=lambda entry: entry.person)
        ]
        rank += len(group)
    return tuple(lines)


def separated(entries, tie_breaks):
    """Return equal entries as groups, best first, as far as tie-breaks tell them apart."""
    if not tie_breaks or len(entries) < 2:
        return [entries]
    first, *rest = tie_breaks
    if not all(is_known(entry.values.get(first.name)) for entry in entries):
        return separated(entries, rest)
    groups = _split(entries, lambda entry: entry.values[first.name], first.highest_first)
    return [group for same in groups for group in separated(same, rest)]


def by_rank(lines):
    """Return lines as lists of those that share a rank, in order."""
    groups = {}
    for line in lines:
        groups.setdefault(line.rank, []).append(line)
    return list(groups.values())


def move_faults(move, lines):
    """Return every reason why a move cannot be made; none means that it can."""
    found = []
    if move.person not in {line.person for line in lines}:
        found.append(_("%(person)s is not in the ranking.") % {"person": move.person})
    if not 1 <= move.place <= len(lines):
        found.append(_("The ranking has places 1 to %(number)d.") % {"number": len(lines)})
    if not move.reason.strip():
        found.append(_("Give the reason for the move."))
    if move.by is None or move.second is None:
        found.append(_("A move by hand is made by one officer and confirmed by a second."))
    elif move.by == move.second:
        found.append(_("The second officer must be another person than the first."))
    return found


def replayed(lines, moves):
    """Return the lines of a computed order with moves made in their order, and new ranks.

    Who was moved shares a rank with nobody. Others share one if they were computed equal and
    nobody was put between them.

    :raises ValueError: naming the faults of the first move that cannot be made.
    """
    order = list(lines)
    for move in moves:
        faults = move_faults(move, order)
        if faults:
            raise ValueError(" ".join(faults))
        at = next(place for place, line in enumerate(order) if line.person == move.person)
        line = order.pop(at)
        moved = Line(line.entry, line.rank, line.computed_rank, (*line.moves, move))
        order.insert(move.place - 1, moved)
    return tuple(_numbered(order))


def _numbered(order):
    before, rank = None, 0
    for place, line in enumerate(order, 1):
        if not _shares(before, line):
            rank = place
        yield Line(line.entry, rank, line.computed_rank, line.moves)
        before = line


def _shares(before, line):
    return (
        before is not None
        and not (before.moves or line.moves)
        and before.computed_rank == line.computed_rank
    )


def _check(entries):
    without = [entry.person for entry in entries if not is_known(entry.score)]
    if without:
        raise ValueError(f"Without a score: {', '.join(map(str, without))}.")
    people = [entry.person for entry in entries]
    twice = [person for person, times in Counter(people).items() if times > 1]
    if twice:
        raise ValueError(f"Entered twice: {', '.join(map(str, twice))}.")


def _split(entries, value, highest_first):
    groups = {}
    for entry in entries:
        groups.setdefault(_comparable(value(entry)), []).append(entry)
    return [groups[key] for key in sorted(groups, reverse=highest_first)]


def _comparable(value):
    """Numbers are compared exactly, days, words and yes or no as they are."""
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return exactly(value) if is_number else value
