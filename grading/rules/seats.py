"""Who sits on a panel on a day, for one applicant: alternates step in seat by seat.

A panel (P21 of the grading rules) has typed seats. A seat is held by a person, or goes with a post:
then whoever is in the post on the day sits. Terms are half-open ``[from_on, until_on)``. A panel
that can go on goes on: nothing here refuses, what is missing is said in the ``Sitting``.
"""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import ceil, floor

from grading.rules.rounding import exactly
from grading.rules.unknown import is_known

PERSON, POST = "person", "post"
OF_ALL, OF_PRESENT = "all", "present"
DEPUTY, ALTERNATE = "deputy", "alternate"


@dataclass(frozen=True)
class Seat:
    """A kind of seat and how many places it has; ``bound`` says what its members are named by."""

    code: str
    count: int = 1
    is_chair: bool = False
    is_deputy: bool = False
    bound: str = PERSON


@dataclass(frozen=True)
class Member:
    """Somebody with a right to a seat: a person, or a post where the seat is bound to posts.

    ``alternate`` is 0 for who holds the seat, else the order in which alternates step in (1 first).
    """

    holder: object
    seat: str
    from_on: date
    until_on: date | None = None
    alternate: int = 0


@dataclass(frozen=True)
class Tenure:
    """Who is in a post, and when."""

    post: object
    person: object
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True)
class Quorum:
    """How many must be there: a number, a share, or both (then both must be reached).

    The share is of all places of the panel (``of="all"``), or of those filled in this matter, after
    recusals and alternates (``of="present"``). A share must be reached, or with ``above`` exceeded:
    half of six is three, above half of six is four.
    """

    number: int | None = None
    share: Fraction | None = None
    of: str = OF_ALL
    above: bool = False

    def needed(self, *, places, seated):
        """Return how many must be there; one at least."""
        wanted = [1, self.number or 0]
        if self.share is not None:
            part = exactly(self.share) * (places if self.of == OF_ALL else seated)
            wanted.append(floor(part) + 1 if self.above else ceil(part))
        return max(wanted)


@dataclass(frozen=True)
class Place:
    """A filled place: who sits, and for whom if the person has stepped in (None: it was open)."""

    seat: str
    person: object
    is_alternate: bool = False
    instead_of: object = None


@dataclass(frozen=True)
class Vacancy:
    """So many places of a seat that nobody fills; ``barred`` are the holders who are recused."""

    seat: str
    places: int
    barred: tuple = ()


@dataclass(frozen=True)
class Sitting:
    """Who sits in a matter.

    ``places`` is how many places the panel has, ``seated`` the filled ones in the order of the
    seats, ``present`` the people of them who are there, ``chair`` who presides (None: nobody can),
    ``surplus`` people named for a seat that has no place left for them. ``needed`` and ``quorate``
    are None as long as the quorum is unknown: unknown is not enough.
    """

    places: int
    seated: tuple
    vacant: tuple = ()
    present: frozenset = frozenset()
    chair: object = None
    chair_is_acting: bool = False
    surplus: tuple = ()
    needed: int | None = None

    @property
    def people(self):
        """Who sits, in the order of the seats."""
        return tuple(place.person for place in self.seated)

    @property
    def stepped_in(self):
        """The places that alternates have taken."""
        return tuple(place for place in self.seated if place.is_alternate)

    @property
    def quorate(self):
        """Whether enough are there; None if the rule does not say how many."""
        return None if self.needed is None else len(self.present) >= self.needed


def sitting(
    seats,
    members,
    day,
    *,
    recused=frozenset(),
    tenures=(),
    absent=frozenset(),
    quorum=None,
    chair_passes_to=(DEPUTY, ALTERNATE),
):
    """Return who sits on a day, given who is recused in the matter and who is absent.

    Recused and absent people are replaced alike; the first in the order of the alternates steps in.
    Who sits in one seat already does not take another. If the chair cannot sit, presiding passes to
    the first of ``chair_passes_to`` that is there.
    """
    bench = _Bench(seats, members, day, {*recused, *absent}, tenures)
    seated = tuple(place for seat in seats for place in bench.filled[seat.code])
    places = sum(seat.count for seat in seats)
    chair, is_acting = _chair(seats, bench.filled, chair_passes_to)
    return Sitting(
        places=places,
        seated=seated,
        vacant=tuple(bench.vacancies(set(recused))),
        present=frozenset(place.person for place in seated),
        chair=chair,
        chair_is_acting=is_acting,
        surplus=tuple(bench.surplus),
        needed=quorum.needed(places=places, seated=len(seated)) if is_known(quorum) else None,
    )


@dataclass
class _Bench:
    """The seats while they are being filled: holders first, everywhere, then alternates."""

    seats: tuple
    members: tuple
    day: date
    out: set
    tenures: tuple
    filled: dict = field(default_factory=dict)
    absentees: dict = field(default_factory=dict)
    surplus: list = field(default_factory=list)
    taken: set = field(default_factory=set)

    def __post_init__(self):
        for seat in self.seats:
            self._seat_holders(seat)
        for seat in self.seats:
            self._seat_alternates(seat)

    def _seat_holders(self, seat):
        holders = list(dict.fromkeys(self._people(seat, alternates=False)))
        self.surplus += holders[seat.count :]
        holders = holders[: seat.count]
        sit = [one for one in holders if one not in self.out and one not in self.taken]
        self.taken.update(sit)
        self.filled[seat.code] = [Place(seat.code, person) for person in sit]
        self.absentees[seat.code] = [one for one in holders if one not in sit]

    def _seat_alternates(self, seat):
        open_for = list(self.absentees[seat.code])
        filled = self.filled[seat.code]
        for person in self._people(seat, alternates=True):
            if len(filled) >= seat.count:
                return
            if person not in self.out and person not in self.taken:
                self.taken.add(person)
                instead_of = open_for.pop(0) if open_for else None
                filled.append(Place(seat.code, person, is_alternate=True, instead_of=instead_of))

    def _people(self, seat, *, alternates):
        """Return the people with a right to a seat on the day, in the order of their right."""
        entitled = sorted(
            (
                member
                for member in self.members
                if member.seat == seat.code
                and (member.alternate > 0) is alternates
                and _covers(member, self.day)
            ),
            key=lambda member: member.alternate,
        )
        return [person for member in entitled for person in self._in_person(seat, member)]

    def _in_person(self, seat, member):
        if seat.bound == PERSON:
            return [member.holder]
        return [
            tenure.person
            for tenure in self.tenures
            if tenure.post == member.holder and _covers(tenure, self.day)
        ]

    def vacancies(self, recused):
        """Yield the seats with places that nobody fills."""
        for seat in self.seats:
            missing = seat.count - len(self.filled[seat.code])
            if missing:
                barred = [one for one in self.absentees[seat.code] if one in recused]
                yield Vacancy(seat.code, missing, tuple(barred))


def _covers(spell, day):
    return spell.from_on <= day and (spell.until_on is None or day < spell.until_on)


def _chair(seats, filled, passes_to):
    """Return who presides and whether for another; (None, False) if nobody can."""
    in_chair = [place for seat in seats if seat.is_chair for place in filled[seat.code]]
    deputies = [place for seat in seats if seat.is_deputy for place in filled[seat.code]]
    for place in in_chair:
        if not place.is_alternate:
            return place.person, False
    next_ones = {DEPUTY: deputies, ALTERNATE: in_chair}
    for kind in passes_to:
        for place in next_ones[kind]:
            return place.person, True
    return None, False
