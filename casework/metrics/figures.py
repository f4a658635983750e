"""What was counted, as figures: whole numbers divided exactly, and why there is none."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from casework.metrics.catalogue import Metric, Unit
from casework.metrics.measuring import measure
from casework.metrics.sources import SOURCES
from casework.rules.windows import EVER, Window


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A metric of one subject in a window; no denominator where the metric is a plain count.

    ``reason`` says why there is no value: missing is never zero.
    """

    metric: Metric
    numerator: int | Fraction | None
    denominator: int | Fraction | None = None
    window: Window = EVER
    reason: str = ""

    @property
    def exact(self):
        """The value as a fraction, to compare with limits; None where there is none."""
        if self.reason:
            return None
        return Fraction(self.numerator, self.denominator if self.metric.denominator else 1)

    @property
    def value(self):
        """The value as a decimal number, a share between 0 and 1; None where there is none."""
        exact = self.exact
        return None if exact is None else Decimal(exact.numerator) / Decimal(exact.denominator)

    @property
    def source(self):
        """The sentence that says what was counted, and of what."""
        return self.metric.source

    @property
    def shown(self):
        """The value as people read it: percent and means with one place, half rounded up."""
        if self.exact is None:
            return None
        if not self.metric.denominator and isinstance(self.numerator, int):
            return self.numerator
        factor = 100 if self.metric.unit == Unit.SHARE else 1
        return rounded(self.exact * factor)


def rounded(exact, places=1):
    """Return a fraction as a decimal number with so many places, half rounded up.

    >>> rounded(Fraction(1, 8) * 100)
    Decimal('12.5')
    """
    scaled = exact * 10**places
    whole = (abs(scaled) + Fraction(1, 2)).__floor__()
    return Decimal(whole if scaled >= 0 else -whole).scaleb(-places)


class Figures(dict):
    """Figures by subject and name of the metric; who is not in it has no case at all."""

    def __init__(self, measuring, least=None):
        super().__init__()
        self.measuring, self.least = measuring, least

    def of(self, subject=()):
        """Return {name: figure} of a subject, counted or not."""
        return self.figures_from(self.get(subject, {}))

    def figures_from(self, counted):
        """Return {name: figure} from counts by tally."""
        return {m.name: self._figure(m, counted) for m in self.measuring.metrics}

    def together(self, subjects=None):
        """Return {name: figure} of several subjects as one, by default of all; counts add up."""
        added = {}
        for subject in self if subjects is None else subjects:
            for name, count in self.get(subject, {}).items():
                added[name] = added.get(name, 0) + count
        return self.figures_from(added)

    def _figure(self, metric, counted):
        told = {"metric": metric, "window": self.measuring.window}
        if any(tally.source not in SOURCES for tally in metric.tallies):
            reason = _("No part of the system tells this yet.")
            return Figure(numerator=None, reason=reason, **told)
        numerator = counted.get(metric.numerator, 0)
        if not metric.denominator:
            return Figure(numerator=numerator, **told)
        denominator = counted.get(metric.denominator, 0)
        told["denominator"] = denominator
        if not denominator:
            reason = _("Nothing to divide by: %(what)s 0") % {"what": metric.tallies[1].label}
            return Figure(numerator=numerator, reason=reason, **told)
        if metric.needs_least and self.least is not None and denominator < self.least:
            reason = _("Shown from %(least)d on; there are %(count)d.") % {
                "least": self.least,
                "count": denominator,
            }
            return Figure(numerator=None, reason=reason, **told)
        return Figure(numerator=numerator, **told)


def figures(names, *, least=None, **asked):
    """Return the ``Figures`` of these metrics; the rest is asked as with ``measure``.

    A subject is what ``per`` names, a tuple where it names several, () where none. ``least`` is the
    number of opinions from which satisfaction is shown; pages must give it.
    """
    measuring = measure(names, **asked)
    found = Figures(measuring, least)
    places = len(measuring.per)
    for source in measuring.sources:
        names_of = [tally.name for tally in measuring.tallies(source)]
        for row in measuring.query(source):
            subject = row[0] if places == 1 else row[:places]
            counts = found.setdefault(subject, {})
            if measuring.by_weight:
                _add_by_weight(counts, names_of, row[places], row[places + 1 :])
            else:
                counts.update(zip(names_of, row[places:], strict=True))
    return found


def _add_by_weight(counts, names, weights, row):
    for name, weight in zip(names, row, strict=True):
        counts[name] = counts.get(name, 0) + Fraction(weight, weights)
