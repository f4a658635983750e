"""Who sits on a grading committee, as far as the rule itself says it (P21)."""

import re
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from grading.rules import spelling
from grading.rules.seats import OF_ALL, OF_PRESENT, Quorum
from grading.rules.unknown import UNK, is_known

OK, EVEN, INCOMPLETE = "ok", "even_needs_tie_rule", "incomplete"
VALID, INVALID = "valid", "invalid"
# What may be said of a seat beside how many there are of it.
ABOUT_A_SEAT = (
    "chair", "role", "by_post", "post", "person", "alternates", "proposed_by", "approved_by",
    "term_years", "secret",
)  # fmt: skip
# In which words a rule says how many must have taken part, when it is no number and no share.
QUORUMS = {
    "majority": Quorum(share=Fraction(1, 2), above=True),
    "majority_all": Quorum(share=Fraction(1, 2), of=OF_ALL, above=True),
    "majority_present": Quorum(share=Fraction(1, 2), of=OF_PRESENT, above=True),
    "过半数": Quorum(share=Fraction(1, 2), above=True),
    "two_thirds": Quorum(share=Fraction(2, 3)),
    "三分之二以上": Quorum(share=Fraction(2, 3)),
    "all": Quorum(share=Fraction(1)),
    "全体": Quorum(share=Fraction(1)),
}
SPAN = re.compile(r"^([0-9]+)\s*[-~–—]\s*([0-9]+)$")


@dataclass(frozen=True)
class Count:
    """From so many to so many, both included; ``most`` may be None: without end."""

    least: int
    most: int | None
    odd: bool = False

    def __contains__(self, number):
        beyond = number < self.least or (self.most is not None and number > self.most)
        return not beyond and (number % 2 == 1 or not self.odd)

    @property
    def may_be_even(self):
        if self.odd:
            return False
        return self.most is None or self.most > self.least or self.least % 2 == 0


@dataclass(frozen=True)
class Seat:
    """A kind of seat: how many there are, and which share of all of them at least and at most."""

    name: str
    count: object
    min_share: Fraction = Fraction(0)
    max_share: Fraction = Fraction(1)


def committee(scheme):
    """Return whether a committee can be put together from what the rule says.

    ``even_needs_tie_rule`` if it may be even and nothing settles a tie, whatever else is open;
    ``incomplete`` if size, seats, quorum or vote are not said or do not fit; else ``ok``.
    """
    section = scheme.section("committee")
    seats, size = seats_of(scheme), size_of(scheme)
    if size is UNK:
        return INCOMPLETE
    if size.may_be_even and not is_known(_first(section, "tie", "tie_rule")):
        return EVEN
    known = all(is_known(section.get(name)) for name in ("quorum", "vote"))
    return OK if known and seats and _fit(seats, size) else INCOMPLETE


def seats_valid(scheme, seated):
    """Return whether people on these seats, ``{seat: how many}``, make a committee of the rule."""
    seats, size = seats_of(scheme), size_of(scheme)
    if not seats or size is UNK or any(seat.count is UNK for seat in seats):
        return INVALID
    counts = {str(name): spelling.whole(scheme, f"seated.{name}", n) for name, n in seated.items()}
    whole = sum(counts.values())
    if whole not in size or not counts.keys() <= {seat.name for seat in seats}:
        return INVALID
    return (
        VALID if all(_taken(seat, counts.get(seat.name, 0), whole) for seat in seats) else INVALID
    )


def quorum_of(scheme):
    """Return the ``Quorum`` of the rule; UNK if it does not say one.

    :raises SchemeFault: if what stands there is neither a number nor a share nor a known word.
    """
    written = scheme.value(scheme.section("committee").get("quorum"))
    if not is_known(written):
        return UNK
    if str(written) in QUORUMS:
        return QUORUMS[str(written)]
    at = "committee.quorum"
    if isinstance(written, int):
        return Quorum(number=spelling.whole(scheme, at, written))
    if isinstance(written, str) and written.isdecimal():
        return Quorum(number=int(written))
    return Quorum(share=spelling.share(scheme, at, written))


def seats_of(scheme):
    """Return the kinds of seats in the order of the rule; empty if it does not say them."""
    written = scheme.section("committee").get("seats")
    return [
        _seat(scheme, f"committee.seats.{name}", name, settings)
        for name, settings in spelling.named("committee.seats", written, "seat", "category")
    ]


def size_of(scheme):
    """Return how many sit on the committee, UNK if that is unknown.

    A rule that states no size but a fixed number for every seat has said it.
    """
    section = scheme.section("committee")
    if "size" in section:
        return _count(scheme, "committee.size", section["size"])
    counts = [seat.count for seat in seats_of(scheme)]
    if not counts or any(count is UNK or count.least != count.most for count in counts):
        return UNK
    total = sum(count.least for count in counts)
    return Count(total, total)


def _first(section, *names):
    return spelling.said("committee", section, *names)


def _fit(seats, size):
    if any(seat.count is UNK for seat in seats):
        return False
    least = sum(seat.count.least for seat in seats)
    most = None if any(s.count.most is None for s in seats) else sum(s.count.most for s in seats)
    return (most is None or most >= size.least) and (size.most is None or least <= size.most)


def _taken(seat, count, whole):
    return count in seat.count and seat.min_share * whole <= count <= seat.max_share * whole


def _seat(scheme, at, name, written):
    if not isinstance(written, dict):
        return Seat(name, _count(scheme, at, written))
    bounds = ("count", "number", "n", "seats", "size", "min", "max")
    shares = ("min_share", "max_share")
    spelling.only(at, written, *bounds, *shares, *ABOUT_A_SEAT)
    counted = {key: written[key] for key in bounds if key in written}
    fixed = spelling.said(at, counted, "count", "number", "n", "seats", "size")
    found = {key: spelling.share(scheme, at, written[key]) for key in shares if key in written}
    if UNK in found.values():
        return Seat(name, UNK)
    if not counted:
        # Shares without a number leave the number open; a bare row is one seat.
        return Seat(name, Count(0, None) if found else Count(1, 1), **found)
    return Seat(name, _count(scheme, at, counted if fixed is None else fixed), **found)


def _count(scheme, at, written):
    """Return a count: ``5``, ``5-9``, ``[5, 9]``, ``{min: 5, max: 9, odd: true}``."""
    if isinstance(written, str) and (found := SPAN.match(written)):
        written = [int(found[1]), int(found[2])]
    if isinstance(written, list):
        if len(written) != 2:
            raise spelling.fault(at, _("Two numbers are needed here: the least and the most."))
        written = {"min": written[0], "max": written[1]}
    if not isinstance(written, dict):
        number = spelling.whole(scheme, at, written)
        return UNK if number is UNK else Count(number, number)
    spelling.only(at, written, "min", "max", "odd")
    least = spelling.whole(scheme, at, written.get("min", 0))
    most = spelling.whole(scheme, at, written["max"]) if "max" in written else None
    if UNK in (least, most):
        return UNK
    if most is not None and most < least:
        raise spelling.fault(at, _("The most is below the least."))
    return Count(least, most, written.get("odd") is True)
