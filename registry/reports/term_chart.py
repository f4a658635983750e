"""Terms that end, month by month for three years: the numbers and their drawing."""

from dataclasses import dataclass
from datetime import date, timedelta

from registry.rules import months_later

MONTHS = 36
ONE_DAY = timedelta(days=1)
BAR_HEIGHT, BAR_WIDTH = 90, 16


@dataclass(frozen=True)
class Month:
    """How many terms end in a month, the list of them, and the bar's place in the drawing."""

    first: date
    count: int
    url: str
    x: int
    height: float


@dataclass(frozen=True)
class TermChart:
    """The months in their order; ``base`` and ``width`` are measures of the drawing."""

    months: list
    base: int = BAR_HEIGHT + 10
    width: int = BAR_WIDTH * MONTHS

    @property
    def total(self):
        return sum(month.count for month in self.months)


def chart_of(counted, today, address):
    """Return the ``TermChart`` from this month on.

    ``counted`` has the number of terms for the first day of a month; ``address`` makes of the
    first and the last day of a month the address of its list.
    """
    begin = today.replace(day=1)
    firsts = [months_later(begin, number) for number in range(MONTHS)]
    numbers = [counted.get(first, 0) for first in firsts]
    most = max(numbers) or 1
    return TermChart(
        [
            Month(
                first=first,
                count=number,
                url=address(first, months_later(first, 1) - ONE_DAY),
                x=BAR_WIDTH * place,
                height=round(number / most * BAR_HEIGHT, 1),
            )
            for place, (first, number) in enumerate(zip(firsts, numbers, strict=True))
        ]
    )
