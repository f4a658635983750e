"""Drawing a paper from the bank: a blueprint filled from a pool, or the lines it falls short of.

Pure and repeatable: the same lines, pool and seed draw the same questions. Questions used least
often come first, of those the ones not used for longest, of those as the seed decides.
"""

import random
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Line:
    """A line of a blueprint: so many questions of one sort; None stands for any."""

    number: int
    marks: Decimal
    topic: int | None = None
    kind: str | None = None
    difficulty: int | None = None

    def takes(self, entry):
        """Whether a question of the pool fits the line."""
        return all(
            wanted is None or wanted == found
            for wanted, found in [
                (self.topic, entry.topic),
                (self.kind, entry.kind),
                (self.difficulty, entry.difficulty),
            ]
        )


@dataclass(frozen=True)
class Entry:
    """A question that may be drawn. ``used`` counts the papers it was in, ``last`` is the last."""

    question: int
    version: int
    topic: int
    kind: str
    difficulty: int
    used: int = 0
    last: int = 0


@dataclass(frozen=True)
class Draw:
    """What was drawn: (line number, entry) in the order of the lines, and {line: missing}."""

    taken: list
    short: dict


def draw(lines, pool, seed):
    """Fill the lines from the pool, no question twice.

    If any filling exists one is found, even where several lines could take the same questions.
    """
    rng = random.Random(seed)  # noqa: S311 - an exam must be drawn again in the same way
    order = {entry: (entry.used, entry.last, rng.random()) for entry in pool}
    fitting = [
        sorted((entry for entry in pool if line.takes(entry)), key=order.get) for line in lines
    ]
    seats = [number for number, line in enumerate(lines) for _seat in range(line.number)]
    # The line with the fewest to choose from chooses first.
    seats.sort(key=lambda number: (len(fitting[number]), number))
    seating = Seating(seats, fitting)
    short = Counter(seats[seat] for seat in range(len(seats)) if not seating.seat(seat, set()))
    held = sorted(
        ((seats[seat], seat, entry) for entry, seat in seating.holder.items()),
        key=lambda one: one[:2],
    )
    return Draw([(number, entry) for number, _seat, entry in held], dict(short))


class Seating:
    """Who sits where: ``holder`` maps a drawn question to its seat."""

    def __init__(self, seats, fitting):
        self.seats, self.fitting, self.holder = seats, fitting, {}

    def seat(self, seat, asked):
        """Give a seat a free question, or one whose holder can move on to another."""
        fitting = self.fitting[self.seats[seat]]
        for entry in fitting:
            if entry not in self.holder:
                self.holder[entry] = seat
                return True
        for entry in fitting:
            other = self.holder[entry]
            # Seats of one line are alike: moving one of them gains nothing.
            if entry not in asked and self.seats[other] != self.seats[seat]:
                asked.add(entry)
                if self.seat(other, asked):
                    self.holder[entry] = seat
                    return True
        return False


def freeze(content, kind, seed, *, shuffled):
    """Return what a candidate is shown of a question's choices: [[shown id, id in the bank], ...].

    The shown ids say nothing and are others in every attempt. For matching there are two lists,
    ``left`` and ``right``. The right sides are always mixed.
    """
    rng = random.Random(seed)  # noqa: S311 - as above
    if kind == "matching":
        pairs = content["pairs"]
        left = [pair["id"] for pair in pairs if pair.get("left")]
        first_of = {}
        for pair in pairs:
            first_of.setdefault(pair["right"], pair["id"])
        return {
            "left": _named(left, rng, shuffled=shuffled),
            "right": _named(list(first_of.values()), rng, shuffled=True),
        }
    ids = [option["id"] for option in content.get("options", [])]
    return {"options": _named(ids, rng, shuffled=shuffled and kind != "true_false")}


def _named(ids, rng, *, shuffled):
    ids = rng.sample(ids, len(ids)) if shuffled else ids
    names = rng.sample(range(0x10000, 0x100000), len(ids))
    return [[f"{name:x}", one] for name, one in zip(names, ids, strict=True)]
