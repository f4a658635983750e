"""The road of a round or a review: which stations lie behind, and how many wait at each."""

from dataclasses import dataclass

from registry.rules import enclosing


@dataclass(frozen=True)
class Station:
    """A state on the road: passed, current or ahead, and how many wait there."""

    label: str
    count: int
    is_current: bool
    is_passed: bool


def road_of(record, road, standing):
    """Return the stations of a record; one that was given up has none ahead of it.

    ``road`` tells for each state of the record which states its parts wait in, ``standing``
    counts the parts.
    """
    states = list(road)
    at = states.index(record.state) if record.state in road else None
    return [
        Station(
            label=state.label,
            count=standing.count(road[state]),
            is_current=place == at,
            is_passed=at is not None and place < at,
        )
        for place, state in enumerate(states)
    ]


def below(above, division):
    """Return the division one step below another in which a third one lies, or itself."""
    chain = enclosing(division)
    at = chain.index(above) if above in chain else len(chain) - 1
    return chain[min(at + 1, len(chain) - 1)]
