"""The figures of one organisation or one person in a year, beside those of the year before."""

from dataclasses import dataclass

from casework.metrics import METRICS, Figure, figures
from casework.rules.windows import year
from registry.models import Mediator

OF_A_PERSON = ["accepted", "succeeded", "success_rate", "written_share", "fulfilment",
               "satisfaction"]  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """A metric in a year and in the one before."""

    now: Figure
    before: Figure

    @property
    def metric(self):
        return self.now.metric


def yearly(number, **asked):
    """Return a ``Pair`` for every metric there is; the rest is asked as with ``figures``."""
    now = figures(METRICS, window=year(number), **asked).of()
    before = figures(METRICS, window=year(number - 1), **asked).of()
    return [Pair(now[name], before[name]) for name in METRICS]


@dataclass(frozen=True)
class PersonLine:
    """A mediator's figures; ``weighed`` counts cases by the weight of the part in them."""

    person: Mediator
    figures: list
    weighed: Figure


def by_person(number, **asked):
    """Return (metrics, a ``PersonLine`` for everybody with a part), most cases first."""
    asked |= {"per": "mediator", "window": year(number)}
    found = figures(OF_A_PERSON, **asked)
    weighed = figures(["accepted"], by_weight=True, **{**asked, "least": None})
    people = Mediator.objects.in_bulk(found)
    lines = [
        PersonLine(people[pk], list(found.of(pk).values()), weighed.of(pk)["accepted"])
        for pk in sorted(found, key=lambda pk: (-found.of(pk)["accepted"].numerator, pk))
    ]
    return [METRICS[name] for name in OF_A_PERSON], lines
