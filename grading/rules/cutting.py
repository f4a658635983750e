"""Who gets a place: a ranking cut at a quota, and what is done when the cut falls inside a tie.

Places are given by rank. A district with a minimum has so many places reserved for its own best; a
category that has reached its hard limit is passed over. Where the places left do not do for all who
share a rank, the tie policies of the rule are applied, one after the other, to those concerned. If
they do not settle it, nobody is chosen and the result says whom it hangs on.

``include_all`` alone goes above the quota, and says by how many. ``exclude_all`` leaves the places
at the cut empty; nobody ranked lower takes them.
"""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import floor

from grading.rules.lots import drawn
from grading.rules.ranking import EMPLOYMENT, by_rank, separated
from grading.rules.rounding import exactly
from grading.rules.unknown import is_known

INCLUDE_ALL, EXCLUDE_ALL, TIE_BREAK = "include_all", "exclude_all", "tie_break"
LOT, SENIOR_BODY = "lot", "senior_body"
POLICIES = (INCLUDE_ALL, EXCLUDE_ALL, TIE_BREAK, LOT, SENIOR_BODY)

DECIDED, TIE_NEEDS_POLICY = "decided", "tie_needs_policy"
TIE_NEEDS_SEED, TIE_NEEDS_SENIOR_BODY = "tie_needs_seed", "tie_needs_senior_body"
COVERAGE_ABOVE_QUOTA = "coverage_above_quota"


@dataclass(frozen=True)
class Ties:
    """What is done with a tie at the cut: policies in the order in which they are applied.

    None, or an unknown, is a rule that is silent. ``keys`` are the tie-breaks of ``tie_break``,
    ``seed`` is the recorded seed of the lot, ``senior`` are the tied people in the order that the
    senior body has decided, best first.
    """

    policies: object = ()
    keys: tuple = ()
    seed: object = None
    senior: tuple = ()


@dataclass(frozen=True)
class ShareLimit:
    """A limit of a category: a number, or a share of the places, rounded down.

    ``by`` is the property of which the category is a value. An advisory limit changes nothing and
    is only reported; it may come without a number.
    """

    category: str
    number: int | None = None
    share: Fraction | Decimal | None = None
    is_hard: bool = True
    by: str = EMPLOYMENT

    def holds(self, entry):
        """Whether an entry of a ranking counts against the limit."""
        return entry.property(self.by) == self.category

    def most(self, places):
        """Return how many of the category the limit allows; None if it names no number."""
        if self.number is not None:
            return self.number
        return None if self.share is None else floor(exactly(self.share) * places)


@dataclass(frozen=True)
class LimitReport:
    """How many of a category were chosen, against its limit."""

    category: str
    chosen: int
    most: int | None
    is_hard: bool

    @property
    def is_above(self):
        """Whether there are more than the limit allows."""
        return self.most is not None and self.chosen > self.most


@dataclass(frozen=True)
class Selection:
    """Who gets a place.

    ``chosen`` and ``reserve`` are lines in the order of the ranking; both are empty unless
    ``state`` is ``decided``. ``tied`` are the lines that a tie at a cut concerned; settled by the
    ``policies`` applied, or still open: then ``certain`` are those ranked before the tie, who get a
    place however it is settled. ``uncovered`` is {district: people missing to its minimum}.
    """

    state: str
    places: int
    chosen: tuple = ()
    reserve: tuple = ()
    certain: tuple = ()
    tied: tuple = ()
    policies: tuple = ()
    seed: object = None
    uncovered: dict = field(default_factory=dict, hash=False)
    limits: tuple = ()

    @property
    def over(self):
        """By how many the quota is exceeded."""
        return max(0, len(self.chosen) - self.places)


def selected(lines, places, *, ties=Ties(), coverage=None, limits=(), reserve=0):
    """Return the ``Selection`` of a ranking for so many places.

    ``coverage`` is {district: smallest number}. It is met first: a district has its number of
    places reserved for those of it who rank highest, the others are given by rank alone. A district
    with fewer people than its minimum reserves no place for people it does not have. ``reserve`` is
    how many stand by, in order; all who share the last rank of them do.

    :raises ValueError: for fewer than no places, a policy that does not exist, or a hard limit that
        names no number.
    """
    policies = tuple(ties.policies) if is_known(ties.policies) else ()
    _check(places, policies, limits)
    cut = _Cut(lines, places, ties, coverage or {}, limits)
    if cut.free < 0:
        return Selection(COVERAGE_ABOVE_QUOTA, places)
    try:
        for group in by_rank(lines):
            cut.admit(group, policies)
    except _Unsettled as unsettled:
        return Selection(unsettled.state, places, certain=cut.chosen, tied=unsettled.lines)
    others = [line for line in lines if line.person not in cut.people]
    return Selection(
        DECIDED,
        places,
        chosen=cut.chosen,
        reserve=_standing_by(others, reserve),
        tied=tuple(line for line in lines if line.person in cut.tied),
        policies=tuple(dict.fromkeys(cut.applied)),
        seed=ties.seed if LOT in cut.applied else None,
        uncovered=cut.uncovered(),
        limits=tuple(_reports(cut.chosen, places, limits)),
    )


def _check(places, policies, limits):
    if places < 0:
        raise ValueError("There are no fewer than no places.")
    unknown = [policy for policy in policies if policy not in POLICIES]
    if unknown:
        raise ValueError(f"No policies for ties: {', '.join(map(str, unknown))}.")
    nameless = [one.category for one in limits if one.is_hard and one.most(places) is None]
    if nameless:
        raise ValueError(f"Hard limits without a number: {', '.join(map(str, nameless))}.")


def _standing_by(others, number):
    """Return the first so many lines, with all who share the last of their ranks."""
    if number <= 0 or not others:
        return ()
    last = others[min(number, len(others)) - 1].rank
    return tuple(line for line in others if line.rank <= last)


def _reports(chosen, places, limits):
    for limit in limits:
        number = sum(limit.holds(line.entry) for line in chosen)
        yield LimitReport(limit.category, number, limit.most(places), limit.is_hard)


def _key(limit):
    return limit.by, limit.category


def _without(lines, others):
    people = {line.person for line in others}
    return [line for line in lines if line.person not in people]


class _Unsettled(Exception):
    """The policies do not settle a tie between lines; ``state`` says what is missing."""

    def __init__(self, state, lines):
        self.state, self.lines = state, tuple(lines)
        super().__init__(state)


class _Cut:
    """The places while they are given away, rank by rank.

    ``free`` places are open to all, ``need`` holds those reserved to districts, ``room`` what each
    hard limit leaves, ``bound`` by which of the limits each line is bound.
    """

    def __init__(self, lines, places, ties, coverage, limits):
        self.lines, self.ties = lines, ties
        of_district = Counter(line.entry.district for line in lines)
        self.need = Counter(
            {one: min(max(number, 0), of_district[one]) for one, number in coverage.items()}
        )
        self.missing = Counter(coverage) - self.need
        self.free = places - self.need.total()
        hard = [limit for limit in limits if limit.is_hard]
        self.room = {}
        for limit in hard:
            most = self.room.get(_key(limit), places)
            self.room[_key(limit)] = min(most, limit.most(places))
        self.bound = {
            line.person: {_key(limit) for limit in hard if limit.holds(line.entry)}
            for line in lines
        }
        self.people, self.tied, self.applied = set(), set(), []

    @property
    def chosen(self):
        """The lines that have a place, in the order of the ranking."""
        return tuple(line for line in self.lines if line.person in self.people)

    def uncovered(self):
        """Return how many people the districts lack to their minimum."""
        return dict(self.missing + self.need)

    def admit(self, group, policies):
        """Give places to lines of one rank; where they do not do for all, by the policies."""
        group = [line for line in group if self._can_get_in(line)]
        beyond_limit, beyond_places = self._beyond_limits(group), self._beyond_places(group)
        concerned = group if beyond_limit and beyond_places else beyond_limit or beyond_places
        if not concerned:
            self._take(group)
        elif policies and policies[0] == INCLUDE_ALL:
            self._include(group, beyond_limit, policies)
        elif policies and policies[0] == EXCLUDE_ALL:
            self._exclude(group, beyond_limit or beyond_places, policies)
        else:
            self._take(_without(group, concerned))
            self._settle(concerned, policies)

    def _can_get_in(self, line):
        has_room = all(self.room[key] > 0 for key in self.bound[line.person])
        return has_room and (self.free > 0 or self.need[line.entry.district] > 0)

    def _beyond_limits(self, group):
        """Return the lines of the categories that have room for some of them, not for all."""
        full = self._too_full(group)
        return [line for line in group if full.keys() & self.bound[line.person]]

    def _too_full(self, group):
        """Return {limit: how many it binds} of the limits that do not leave room for all."""
        counts = Counter(key for line in group for key in self.bound[line.person])
        return {key: number for key, number in counts.items() if number > self.room[key]}

    def _beyond_places(self, group):
        """Return the lines of districts that need free places, if these may not do for all."""
        districts = Counter(line.entry.district for line in group)
        asked = sum((districts - self.need).values())
        if min(asked, self._admitted(group)) <= self.free:
            return []
        return [
            line
            for line in group
            if districts[line.entry.district] > self.need[line.entry.district]
        ]

    def _admitted(self, group):
        """Return how many of a group the limits let in at most."""
        beyond = Counter()
        for key, number in self._too_full(group).items():
            by, _category = key
            beyond[by] += number - self.room[key]
        return len(group) - max(beyond.values(), default=0)

    def _take(self, group):
        for line in group:
            district = line.entry.district
            if self.need[district] > 0:
                self.need[district] -= 1
            else:
                self.free = max(0, self.free - 1)
            for key in self.bound[line.person]:
                self.room[key] -= 1
            self.people.add(line.person)

    def _note(self, policy, concerned):
        self.applied.append(policy)
        self.tied.update(line.person for line in concerned)

    def _include(self, group, beyond_limit, policies):
        """Take all: first above the limits of categories, then above the places."""
        self._note(INCLUDE_ALL, beyond_limit or self._beyond_places(group))
        if not beyond_limit:
            self._take(group)
            return
        self.room |= self._too_full(group)
        self.admit(group, policies)

    def _exclude(self, group, concerned, policies):
        """Take none of those concerned, and close what they could not share."""
        self._note(EXCLUDE_ALL, concerned)
        full = self._too_full(group)
        if full:
            self.room |= dict.fromkeys(full, 0)
        else:
            self.free = 0
            for district in {line.entry.district for line in concerned}:
                self.missing[district] += self.need.pop(district, 0)
        self.admit(_without(group, concerned), policies)

    def _settle(self, concerned, policies):
        """Put the lines in an order, as far as the next policy does, and give places by it."""
        if not policies:
            raise _Unsettled(TIE_NEEDS_POLICY, concerned)
        policy, *rest = policies
        finer = self._finer(concerned, policy)
        self._note(policy, concerned)
        for group in finer:
            self.admit(group, rest)

    def _finer(self, lines, policy):
        of_person = {line.person: line for line in lines}
        if policy == TIE_BREAK:
            groups = separated([line.entry for line in lines], self.ties.keys)
            return [[of_person[entry.person] for entry in group] for group in groups]
        return [[of_person[person]] for person in self._order(of_person, policy, lines)]

    def _order(self, people, policy, lines):
        if policy == LOT:
            if not is_known(self.ties.seed):
                raise _Unsettled(TIE_NEEDS_SEED, lines)
            return drawn(people, self.ties.seed)
        if not people.keys() <= set(self.ties.senior):
            raise _Unsettled(TIE_NEEDS_SENIOR_BODY, lines)
        return [person for person in self.ties.senior if person in people]
