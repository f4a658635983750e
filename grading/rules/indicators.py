"""The indicators of an annual review: a tree of points, each measured or given by hand.

A leaf says how many points it has and how they are earned: by a share (``weight`` and nothing
else), in a line from nothing to everything (``linear``), by a table of steps, so much each time,
deducted, or by hand. With full points a deduction starts from them, down to nothing (扣完为止).
Groups have no points of their own: theirs are those of their leaves.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from grading.rules import spelling
from grading.rules.items import BASE, CAP, FLOOR, Item, read_item
from grading.rules.unknown import UNK, is_known

AT = "review.indicators"
MAIN, BONUS, DEDUCTION = "main", "bonus", "deduction"
WEIGHT = ("weight", "full", "most")
LINEAR = "linear"
BY_HAND = ("manual", "by_hand")
OWN = ("metric", "least_n", "bonus", LINEAR, *BY_HAND, *WEIGHT)


@dataclass(frozen=True)
class Linear:
    """Points in a line: none up to ``low``, all from ``high`` on."""

    low: Fraction
    high: Fraction
    most: Fraction

    def score(self, value):
        """Return the points for a figure, exact."""
        if self.low == self.high:
            return self.most if value >= self.high else Fraction(0)
        part = (Fraction(value) - self.low) / (self.high - self.low)
        return self.most * min(max(part, Fraction(0)), Fraction(1))


@dataclass(frozen=True)
class Indicator:
    """A leaf of the tree. ``group`` are the names of the groups it stands in, from the top.

    ``most`` are its full points (of a bonus the most it adds, None without end), ``least_n`` the
    smallest denominator, or number, from which the figure says anything.
    """

    name: str
    label: str
    kind: str
    most: object
    how: object
    metric: str = ""
    by_hand: bool = False
    least_n: int = 0
    group: tuple = ()
    # Whether a line was written; a share of up to one is also read as a line.
    is_line: bool = False

    @property
    def is_given(self):
        """Whether a person gives the points, not the data."""
        return self.by_hand or (isinstance(self.how, Item) and self.how.kind == "range")

    @property
    def is_scalable(self):
        """Whether the points grow with a number, and so with the time served; a rate does not."""
        if isinstance(self.how, Item):
            return self.how.sign == 1 and self.how.kind in ("steps", "each")
        return isinstance(self.how, Linear) and self.is_line and not self.by_hand

    def points(self, value, share=1):
        """Return the exact points for a figure, or for points given by hand.

        :param share: the part of the period that the figure comes from, where it is scaled.
        :raises SchemeFault: if it does not fit the indicator.
        """
        if self.by_hand:
            return self._by_hand(value)
        if share == 1:
            return Fraction(self.how.score(value))
        if isinstance(self.how, Linear):
            return self.how.score(Fraction(value) / share)
        return Fraction(self.how.score_for(value, share))

    def _by_hand(self, value):
        if self.most is None or self.most is UNK:
            raise spelling.fault(f"{AT}.{self.name}", _("This is not known yet."))
        if not 0 <= Fraction(value) <= self.most:
            raise spelling.fault(
                f"{AT}.{self.name}",
                _("“%(points)s” is not from 0 to %(most)s.") % {"points": value, "most": self.most},
            )
        return Fraction(value)


def indicators_of(scheme):
    """Return the indicators in the order of the rule.

    :raises SchemeFault: if something is not understood, or two have one name.
    """
    found = list(_read(scheme, scheme.section("review").get("indicators"), ()))
    names = [one.name for one in found]
    for name in names:
        if names.count(name) > 1:
            raise spelling.fault(AT, _("“%s” stands here twice.") % name)
    return found


def _read(scheme, written, group):
    at = ".".join([AT, *group])
    for name, row in spelling.named(at, written, "indicator"):
        if isinstance(row, dict) and "of" in row:
            spelling.only(f"{at}.{name}", row, "of")
            yield from _read(scheme, row["of"], (*group, name))
        else:
            yield _leaf(scheme, f"{at}.{name}", name, row, group)


def _leaf(scheme, at, name, row, group):
    if not isinstance(row, dict):
        row = {"weight": row}
    own = {key: row[key] for key in row if key in OWN}
    rest = {key: row[key] for key in row if key not in OWN and key not in spelling.PROSE}
    most = _full(scheme, at, own)
    by_hand = spelling.said(at, own, *BY_HAND) is True
    how, kind = _how(scheme, at, own, rest, most)
    if own.get("bonus") is True:
        kind = BONUS
    if most is None and kind == MAIN:
        raise spelling.fault(at, _("It must be said how many points this indicator has."))
    return Indicator(
        name=name,
        label=str(row.get("label", name)),
        kind=kind,
        most=most,
        how=how,
        metric=str(own.get("metric", "")),
        by_hand=by_hand,
        least_n=spelling.whole(scheme, at, own.get("least_n", 0)),
        group=group,
        is_line=LINEAR in own,
    )


def _full(scheme, at, own):
    """Return the full points, UNK if they are unknown, None if they are not said."""
    written = spelling.said(at, own, *WEIGHT)
    if written is None:
        return None
    found = spelling.number(scheme, at, written)
    if found is not UNK and found <= 0:
        raise spelling.fault(at, _("An indicator has more than no points."))
    return UNK if found is UNK else Fraction(found)


def _how(scheme, at, own, rest, most):
    """Return how points are earned, and whether the indicator adds to the whole or takes away."""
    if LINEAR in own:
        line = own[LINEAR]
        spelling.only(f"{at}.{LINEAR}", line, "from", "to")
        low = spelling.number(scheme, f"{at}.{LINEAR}.from", line.get("from"))
        high = spelling.number(scheme, f"{at}.{LINEAR}.to", line.get("to"))
        if UNK in (low, high, most):
            return UNK, MAIN
        if low > high:
            raise spelling.fault(f"{at}.{LINEAR}", _("The line ends before it begins."))
        return Linear(Fraction(low), Fraction(high), most), MAIN
    if rest:
        return _item(scheme, at, rest, most)
    if most is UNK or not is_known(most):
        return UNK, MAIN
    # A share of nothing up to one earns the same share of the points.
    return Linear(Fraction(0), Fraction(1), most), MAIN


def _item(scheme, at, rest, most):
    """Return an item of a sheet; a deduction from full points stops at nothing, or at its floor."""
    if most is None:
        item = read_item(scheme, at, "", rest)
        return item, DEDUCTION if item.sign == -1 else MAIN
    unbounded = {name: said for name, said in rest.items() if name not in FLOOR}
    if read_item(scheme, at, "", unbounded).sign == 1:
        return read_item(scheme, at, "", rest), MAIN
    if not {*CAP, *BASE}.isdisjoint(rest):
        raise spelling.fault(at, _("It must be said in one way how much is deducted at most."))
    if most is UNK:
        return UNK, MAIN
    floor = rest if len(unbounded) < len(rest) else {**rest, "floor": 0}
    base = Decimal(most.numerator) / most.denominator
    return read_item(scheme, at, "", {**floor, "base": base}), MAIN


def is_unknown(indicator):
    """Whether the rule does not know how many points there are, or how they are earned."""
    how = indicator.how
    inside = [getattr(how, name, None) for name in ("points", "base", "floor", "cap")]
    return _holds_unknown([indicator.most, how, indicator.least_n, *inside])


def _holds_unknown(value):
    if isinstance(value, list | tuple):
        return any(_holds_unknown(one) for one in value)
    return value is UNK
