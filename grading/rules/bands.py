"""Bands: which word a number stands for, and whether every number has exactly one (P18, P19)."""

from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from grading.rules import spelling
from grading.rules.operators import is_comparison, sign
from grading.rules.scheme import exact
from grading.rules.unknown import UNK, is_known

LABELS = ("label", "band", "grade", "level", "name", "code", "id")
BOUNDS = {"min": ">=", "from": ">=", "above": ">", "max": "<=", "to": "<=", "below": "<"}


@dataclass(frozen=True)
class Band:
    """A word for all numbers from ``low`` to ``high``; an end that is None is open."""

    label: str
    low: Decimal | None = None
    high: Decimal | None = None
    low_included: bool = True
    high_included: bool = True

    def __contains__(self, number):
        return not self._is_under(number) and not self._is_over(number)

    def _is_under(self, number):
        low = self.low
        return low is not None and (number < low or (number == low and not self.low_included))

    def _is_over(self, number):
        high = self.high
        return high is not None and (number > high or (number == high and not self.high_included))


def read_bands(scheme, at, written):
    """Return bands from the highest down, UNK if the rule does not know one of their ends.

    A band without an upper end reaches up to the next higher band; the highest has none.

    :raises SchemeFault: if what stands there are no bands.
    """
    if written is UNK:
        return UNK
    found = [_band(scheme, f"{at}.{label}", label, said) for label, said in _pairs(at, written)]
    if UNK in found:
        return UNK
    lowest = Decimal("-Infinity")
    found.sort(key=lambda band: lowest if band.low is None else band.low, reverse=True)
    return tuple(_closed(band, found[:place]) for place, band in enumerate(found))


def band_in(bands, at, number):
    """Return the word for a number, None if no band has it, ``UNK`` if the bands are unknown.

    :raises SchemeFault: if two bands have it.
    """
    if bands is UNK:
        return "UNK"
    labels = [band.label for band in bands if number in band]
    if len(labels) > 1:
        raise spelling.fault(at, _("“%s” overlap.") % ", ".join(labels))
    return labels[0] if labels else None


def gaps_and_overlaps(bands, step=None):
    """Return what bands leave out or have twice, as (``gap`` or ``overlap``, from, to).

    :param step: the least difference of two numbers, 1 if all are whole; None if there is none.
    """
    found = []
    for lower, upper in zip(bands[1:], bands, strict=False):
        if lower.high is None or upper.low is None or _shared(lower, upper):
            found.append(("overlap", upper.low, lower.high))
        elif _apart(lower, upper, step):
            found.append(("gap", lower.high, upper.low))
    return found


def _shared(lower, upper):
    touching = lower.high_included and upper.low_included and lower.high == upper.low
    return touching or lower.high > upper.low


def _apart(lower, upper, step):
    if lower.high == upper.low:
        return not (lower.high_included or upper.low_included)
    both = lower.high_included and upper.low_included
    return step is None or not both or upper.low - lower.high > step


def _closed(band, higher):
    if band.high is not None or not higher:
        return band
    above = higher[-1]
    return replace(band, high=above.low, high_included=not above.low_included)


def _pairs(at, written):
    """Return a label and its bounds, however the table is written."""
    if not is_known(written):
        return []
    if isinstance(written, dict):
        return [turned(label, bounds) for label, bounds in written.items()]
    if not isinstance(written, list):
        raise spelling.fault(at, _("A table by name or a list of rows is expected here."))
    return [row_of(f"{at}[{place}]", row) for place, row in enumerate(written)]


def turned(label, bounds):
    """Return a label and its bounds: a table may give either of them by the other."""
    if exact(label) is not None and isinstance(bounds, str) and exact(bounds) is None:
        return bounds, label
    return str(label), bounds


def row_of(at, row):
    """Return the label of a row and its bounds.

    :raises SchemeFault: if it has no label.
    """
    if isinstance(row, list) and len(row) in (2, 3):
        label = next((one for one in row if isinstance(one, str) and exact(one) is None), None)
        if label is not None:
            ends = [one for one in row if one is not label]
            return label, ends if len(ends) == 2 else ends[0]
    if isinstance(row, dict):
        for name in LABELS:
            if name in row:
                return str(row[name]), {key: row[key] for key in row if key not in LABELS}
    raise spelling.fault(at, _("A band needs a label and a number."))


def _band(scheme, at, label, bounds):
    if bounds is UNK:
        return UNK
    ends = {}
    for end, included, limit in ends_of(scheme, at, bounds):
        number = spelling.number(scheme, at, limit)
        if number is UNK or end is UNK:
            return UNK
        ends |= {end: number, f"{end}_included": included}
    return Band(label, **ends)


def ends_of(scheme, at, bounds):
    """Yield ``low`` or ``high``, whether the end belongs to the band, and the number as written.

    The end is UNK where the rule uses a word of comparison that it does not explain.

    :raises SchemeFault: if a bound is not understood.
    """
    if isinstance(bounds, list) and len(bounds) == 2:
        bounds = {"min": bounds[0], "max": bounds[1]}
    if not isinstance(bounds, dict):
        bounds = {"min": bounds}
    for word, limit in bounds.items():
        if word in spelling.PROSE:
            continue
        if not (word in BOUNDS or is_comparison(scheme, word)):
            raise spelling.fault(at, _("“%s” is not understood here.") % word)
        found = BOUNDS.get(word) or sign(scheme, at, word)
        if found is UNK:
            yield UNK, True, limit
        else:
            yield "low" if found.startswith(">") else "high", found.endswith("="), limit
