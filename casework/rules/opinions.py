"""When the satisfaction of parties may be shown: never of so few that one could tell who."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

BEST = 5


@dataclass(frozen=True)
class Satisfaction:
    """How many opinions there are, the sum of their marks, and from how many on it is shown."""

    count: int
    total: int
    least: int

    @property
    def is_shown(self):
        return self.count >= max(self.least, 1)

    @property
    def average(self):
        """The mean mark to two places; None below the least number, which is not zero."""
        if not self.is_shown:
            return None
        mean = Decimal(self.total) / self.count
        return mean.quantize(Decimal("0.01"), ROUND_HALF_UP)
