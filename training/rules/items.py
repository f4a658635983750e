"""Statistics of the items of an exam, as Moodle's quiz report defines and computes them.

An item is a question in the attempts in which it was asked; an observation of it is the mark it
was given there and the marks of that attempt in all. Variances and covariances are those of a
sample (divided by the number less one). Where a figure is not defined (one attempt, nobody
differs) it is None, never zero.
"""

from dataclasses import dataclass
from decimal import Decimal

HUNDRED = Decimal(100)
# Below these a question is worth a look before results are released; Moodle's documentation calls
# a discrimination below 20 weak, and negative ones probably invalid.
WEAK_DISCRIMINATION = Decimal(20)
HARDEST, EASIEST = Decimal(5), Decimal(95)


@dataclass(frozen=True)
class ItemStatistics:
    """Facility, discrimination and efficiency in percent, the standard deviation in marks."""

    attempts: int
    facility: Decimal | None = None
    deviation: Decimal | None = None
    discrimination: Decimal | None = None
    efficiency: Decimal | None = None

    @property
    def is_doubtful(self):
        """Whether the item may be wrongly keyed or tells the candidates hardly apart."""
        weak = self.discrimination is not None and self.discrimination < WEAK_DISCRIMINATION
        extreme = self.facility is not None and not HARDEST <= self.facility <= EASIEST
        return weak or extreme


def item_statistics(observed, full_marks, *, drawn=False):
    """Return the ``ItemStatistics`` of one item.

    ``observed`` are (mark, marks of the attempt in all), as ``Decimal``. An item of a fixed place
    in the paper is compared with the rest of the attempt; one that was ``drawn`` at random is
    compared with the whole of it, as Moodle does for the questions behind a random one.
    """
    marks = [mark for mark, _total in observed]
    others = [total if drawn else total - mark for mark, total in observed]
    count = len(marks)
    facility = HUNDRED * _mean(marks) / full_marks if count and full_marks else None
    if count < 2:
        return ItemStatistics(count, facility)
    spread = _covariance(marks, marks) * _covariance(others, others)
    together = _covariance(marks, others)
    most = _covariance(sorted(marks), sorted(others))
    return ItemStatistics(
        attempts=count,
        facility=facility,
        deviation=_covariance(marks, marks).sqrt(),
        discrimination=HUNDRED * together / spread.sqrt() if spread else None,
        efficiency=HUNDRED * together / most if most else None,
    )


def effective_weights(items):
    """Return {item: share in percent} of how much each item really moves the marks in all.

    ``items`` maps each item of fixed place to its observations. An item that goes against the
    whole has no weight (None).
    """
    together = {
        item: _covariance([mark for mark, _total in observed], [total for _mark, total in observed])
        if len(observed) > 1
        else None
        for item, observed in items.items()
    }
    roots = {item: value.sqrt() for item, value in together.items() if value and value > 0}
    whole = sum(roots.values(), Decimal(0))
    return {
        item: HUNDRED * roots.get(item, Decimal(0)) / whole
        if whole and value is not None and value >= 0
        else None
        for item, value in together.items()
    }


def _mean(values):
    return sum(values, Decimal(0)) / len(values)


def _covariance(one, other):
    """The covariance of a sample; that of a list with itself is its variance."""
    mean, other_mean = _mean(one), _mean(other)
    products = ((a - mean) * (b - other_mean) for a, b in zip(one, other, strict=True))
    return sum(products, Decimal(0)) / (len(one) - 1)
