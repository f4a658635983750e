"""How results are spread over places: mean, spread and share of each band, side by side.

Two offices that judge alike have like means and spreads. What differs is shown, not corrected:
people look at it and decide.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.db.models import Count, DecimalField, F, Sum
from django.utils.translation import gettext as _

from grading.models import ReviewSheet
from grading.reports.review_standing import VIEW
from grading.reports.roads import below
from grading.rules.reviews import bands_of
from grading.rules.unknown import is_known
from registry.models import Division, DivisionLevel
from registry.rules import enclosing

TENTH, HUNDREDTH = Decimal("0.1"), Decimal("0.01")
SQUARES = DecimalField(max_digits=30, decimal_places=4)


@dataclass
class Line:
    """The results of one place: how many sheets, their scores, and how many in each band."""

    label: str
    bands: list
    sheets: int = 0
    scored: int = 0
    total: Decimal = Decimal(0)
    squares: Decimal = Decimal(0)
    counts: Counter = field(default_factory=Counter)

    def add(self, band, sheets, scored, total, squares):
        self.sheets += sheets
        self.scored += scored
        self.total += total or 0
        self.squares += squares or 0
        self.counts[band] += scored

    @property
    def mean(self):
        return None if not self.scored else (self.total / self.scored).quantize(HUNDREDTH)

    @property
    def spread(self):
        """The standard deviation of the scores; None where there is nothing to compare."""
        if not self.scored:
            return None
        mean = self.total / self.scored
        return max(self.squares / self.scored - mean * mean, Decimal(0)).sqrt().quantize(HUNDREDTH)

    @property
    def without(self):
        """How many sheets have no score."""
        return self.sheets - self.scored

    def shares(self):
        """Return (band, how many, percent of those with a score, percent of those before)."""
        found, before = [], Decimal(0)
        for band in self.bands:
            number = self.counts[band]
            share = Decimal(number * 100) / self.scored if self.scored else Decimal(0)
            found.append((band, number, share.quantize(TENTH), before.quantize(TENTH)))
            before += share
        return found


class Calibration:
    """The results of a review by place, of the sheets that the reader may find."""

    def __init__(self, cycle, user):
        self.cycle, self.user = cycle, user

    @cached_property
    def bands(self):
        """The names of the bands from the highest down, and any other that a sheet has."""
        found = bands_of(self.cycle.rules)
        known = [one.label for one in found] if is_known(found) else []
        others = sorted({band for _place, band, *_rest in self.rows if band} - set(known))
        return [*known, *others]

    @cached_property
    def rows(self):
        """(division, band, sheets, with a score, sum, sum of squares), in one query."""
        rows = ReviewSheet.objects.within(self.user, VIEW).filter(cycle=self.cycle).current()
        return list(
            rows.order_by()
            .values_list("division", "band")
            .annotate(
                sheets=Count("pk"),
                scored=Count("score"),
                added=Sum("score"),
                squares=Sum(F("score") * F("score"), output_field=SQUARES),
            )
        )

    def total(self):
        line = Line(_("All"), self.bands)
        for _place, *counted in self.rows:
            line.add(*counted)
        return line

    def by_place(self):
        """Return the ``Line``s of the divisions one step below that of the review."""
        return self._by(lambda place: below(self.cycle.division_id, place))

    def by_office(self):
        """Return the ``Line``s of the townships: each has one justice office."""
        return self._by(_office_of)

    def has_offices(self):
        """Whether townships are something else than the places one step below."""
        return self.cycle.division.level != DivisionLevel.COUNTY

    def _by(self, place_of):
        counted = defaultdict(list)
        for place, *numbers in self.rows:
            counted[place_of(place)].append(numbers)
        lines = []
        for place in sorted(counted):
            line = Line(self.places[place].name, self.bands)
            for numbers in counted[place]:
                line.add(*numbers)
            lines.append(line)
        return lines

    @cached_property
    def places(self):
        return Division.objects.in_bulk({one for row in self.rows for one in enclosing(row[0])})

    def lines(self):
        """Return the cells of a table: every office, then all."""
        return [
            [line.label, line.sheets, line.scored, line.mean, line.spread,
             *(line.counts[band] for band in self.bands)]
            for line in [*self.by_office(), self.total()]
        ]  # fmt: skip


def _office_of(place):
    """Return the township in which a division lies, or itself if it lies above."""
    chain = enclosing(place)
    return chain[min(TOWNSHIP, len(chain) - 1)]


# Province, city, county, township: the place of a township in the chain from the top.
TOWNSHIP = 3
