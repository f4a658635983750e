"""Who reads what: every application so many readers, the work spread as evenly as recusals allow.

Readers are found one at a time along augmenting paths, so the number of readings is the greatest
there can be, and no application gets its second reader while one that could have a first has none.
Then work is moved from members with more to members with less along exchange paths until there is
none left that helps. A flow at least convex cost has no other optimum, so the loads are the most
even ones of all assignments with as many readings: without recusals and caps they differ by one.

The same applications, members, recusals and seed give the same assignment, in whatever order they
come. Between members with equal work those come first who have less of the same organisation or
division; this decides only where the evenness of the whole does not.
"""

import random
from collections import Counter, deque
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.translation import gettext as _

TOO_FEW, CAP_REACHED = "too_few", "cap_reached"


@dataclass(frozen=True)
class Short:
    """An application with fewer readers than asked for, and why.

    ``too_few``: so many members (``unrecused``) may read it and no more. ``cap_reached``: all who
    may still read it have as much work as they may have, and nobody can take some off them.
    """

    application: object
    readers: int
    wanted: int
    unrecused: int
    why: str

    @property
    def sentence(self):
        """Say it to the officer who assigns."""
        said = {"application": self.application, "readers": self.readers, "wanted": self.wanted}
        if self.why == TOO_FEW:
            said["unrecused"] = self.unrecused
            return (
                _(
                    "Application %(application)s has %(readers)d of %(wanted)d readers: only "
                    "%(unrecused)d members are not recused."
                )
                % said
            )
        return (
            _(
                "Application %(application)s has %(readers)d of %(wanted)d readers: all other "
                "members who are not recused have reached their limit."
            )
            % said
        )


@dataclass(frozen=True)
class Assignment:
    """Who reads what.

    ``readers`` is {application: members in order}, ``loads`` is {member: readings} with what was
    fixed before. ``dropped`` are fixed pairs that did not stay: the member is recused or gone.
    """

    seed: object
    readers: dict
    loads: dict
    short: tuple = ()
    dropped: tuple = ()


def assigned(
    applications,
    members,
    *,
    reads,
    seed,
    recused=(),
    caps=None,
    fixed=(),
    groups=None,
):
    """Return an ``Assignment`` of so many ``reads`` (readers each) to the members.

    ``recused`` are pairs (member, application), or a mapping with such keys; they are never
    assigned. ``caps`` is {member: most readings}; who is not in it has no limit. ``fixed`` pairs
    (member, application) were assigned before and stay, also above a cap; those of applications not
    asked for count as work. So a third reader is one more read with the first two fixed.
    ``groups`` is {application: (organisation, division, ...)}.
    """
    desk = _Desk(
        sorted(applications), sorted(members), frozenset(recused), caps or {}, groups or {}
    )
    dropped = desk.keep(sorted(fixed))
    rng = random.Random(seed)  # noqa: S311 - the assignment must be made again in the same way
    order = _order(desk.applications, groups or {}, rng)
    for round_number in range(1, reads + 1):
        for application in order:
            if len(desk.readers[application]) < round_number:
                desk.give(application, {member: rng.random() for member in desk.members})
    desk.even_out()
    return Assignment(
        seed=seed,
        readers={one: tuple(sorted(desk.readers[one])) for one in desk.applications},
        loads=dict(desk.loads),
        short=tuple(desk.short(reads)),
        dropped=tuple(dropped),
    )


def _order(applications, groups, rng):
    """Return applications of a group one after another, the groups and within them by lot.

    Neighbours go to different members, because one of them has just got work. So a group spreads.
    """
    lots = {application: rng.random() for application in applications}
    first_of = {}
    for application in applications:
        key = groups.get(application)
        first_of[key] = min(first_of.get(key, 1), lots[application])
    return sorted(applications, key=lambda one: (first_of[groups.get(one)], lots[one], one))


@dataclass
class _Desk:
    """The assignment while it is made.

    ``movable[one][other]`` holds the applications that the other member could take off the first.
    """

    applications: list
    members: list
    recused: frozenset
    caps: dict
    groups: dict
    readers: dict = field(init=False)
    loads: Counter = field(init=False)
    of_group: Counter = field(default_factory=Counter)
    stays: set = field(default_factory=set)

    def __post_init__(self):
        self.readers = {application: set() for application in self.applications}
        self.loads = Counter(dict.fromkeys(self.members, 0))
        self.allowed = {
            application: [one for one in self.members if (one, application) not in self.recused]
            for application in self.applications
        }
        self.movable = {one: {other: {} for other in self.members} for one in self.members}

    def keep(self, fixed):
        """Take over what was assigned before; return the pairs that may not stay."""
        dropped = []
        for member, application in fixed:
            if (member, application) in self.recused or member not in self.loads:
                dropped.append((member, application))
            elif application in self.readers:
                self.stays.add((member, application))
                self._take(member, application)
            else:
                self.loads[member] += 1
        return dropped

    def give(self, application, lots):
        """Find a reader for an application; if all who may are full, somebody moves work on."""
        may = self._may_read(application)
        free = [member for member in may if self._has_room(member)]
        if free:
            self._take(
                min(free, key=lambda one: self._eagerness(one, application, lots)), application
            )
            return
        path = self._path(may, self._has_room)
        if path:
            self._move_along(path)
            self._take(path[0], application)

    def even_out(self):
        """Move work from who has more to who has less, until no path makes it more even."""
        moved = True
        while moved:
            moved = False
            for member in sorted(self.members, key=self.loads.get, reverse=True):
                load = self.loads[member]
                path = self._path([member], lambda one, load=load: self._is_lighter(one, load))
                if path:
                    self._move_along(path)
                    moved = True
                    break

    def short(self, reads):
        """Yield the applications with too few readers."""
        for application in self.applications:
            readers, unrecused = len(self.readers[application]), len(self.allowed[application])
            if readers < reads:
                why = TOO_FEW if readers == unrecused else CAP_REACHED
                yield Short(application, readers, reads, unrecused, why)

    def _may_read(self, application):
        readers = self.readers[application]
        return [member for member in self.allowed[application] if member not in readers]

    def _has_room(self, member):
        return member not in self.caps or self.loads[member] < self.caps[member]

    def _is_lighter(self, member, load):
        return self.loads[member] <= load - 2 and self._has_room(member)

    def _eagerness(self, member, application, lots):
        of_group = sum(self.of_group[member, one] for one in self.groups.get(application, ()))
        return self.loads[member], of_group, lots[member]

    def _path(self, starts, is_end):
        """Return the shortest chain of members along which work can move on to an end, or None."""
        came_from = dict.fromkeys(starts)
        queue = deque(starts)
        while queue:
            member = queue.popleft()
            for other in self.members:
                if other in came_from or not self.movable[member][other]:
                    continue
                came_from[other] = member
                if is_end(other):
                    return _back(other, came_from)
                queue.append(other)
        return None

    def _move_along(self, path):
        moves = [
            (one, other, next(iter(self.movable[one][other]))) for one, other in pairwise(path)
        ]
        for one, other, application in moves:
            self._give_up(one, application)
            self._take(other, application)

    def _take(self, member, application):
        """Note a reader: others can no longer move this application to him, but off him."""
        self.readers[application].add(member)
        self._count(member, application, 1)
        for reader in self.readers[application]:
            self.movable[reader][member].pop(application, None)
        if (member, application) not in self.stays:
            for other in self._may_read(application):
                self.movable[member][other][application] = None

    def _give_up(self, member, application):
        self.readers[application].discard(member)
        self._count(member, application, -1)
        for other in self.members:
            self.movable[member][other].pop(application, None)
        for reader in self.readers[application]:
            if (reader, application) not in self.stays:
                self.movable[reader][member][application] = None

    def _count(self, member, application, by):
        self.loads[member] += by
        for one in self.groups.get(application, ()):
            self.of_group[member, one] += by


def _back(end, came_from):
    path = [end]
    while came_from[path[-1]] is not None:
        path.append(came_from[path[-1]])
    return path[::-1]
