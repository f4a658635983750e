"""What a rule measures of a person: the ``metrics`` of a scheme, worked out from the facts.

Figures are exact fractions. None is missing: it makes whatever asks for it pending. A figure that
rests on an unknown is unknown.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from grading.rules.facts import day_of, year_of
from grading.rules.scheme import SchemeFault, exact
from grading.rules.service import DAYS_OF_A_MONTH, DAYS_OF_A_YEAR, days_served
from grading.rules.spans import span_of, span_within
from grading.rules.unknown import UNK, is_known

UNITS = {"years": DAYS_OF_A_YEAR, "months": DAYS_OF_A_MONTH}
COMPARISONS = {
    ">=": lambda found, bound: found >= bound,
    ">": lambda found, bound: found > bound,
    "<=": lambda found, bound: found <= bound,
    "<": lambda found, bound: found < bound,
    "=": lambda found, bound: found == bound,
    "!=": lambda found, bound: found != bound,
}


@dataclass(frozen=True)
class Measured:
    """A figure: its value, and the numerator and denominator of a ratio."""

    value: object = None
    part: object = None
    whole: object = None


class ByYear(dict):
    """Figures by year, made of rows: a year without any is nought, not missing."""

    missing = Fraction(0)


@dataclass(frozen=True)
class Measuring:
    """Works out the metrics of one scheme for one person.

    ``period`` is that of a review, ``(from_on, until_on)``: what names no window counts in it.
    """

    scheme: object
    facts: object
    period: object = None

    def named(self, name):
        """Return a metric by its name, or what the facts themselves say under that name."""
        calc = self.scheme.section("metrics").get(name)
        return self.of(calc, name) if calc is not None else Measured(self.field(name))

    def of(self, calc, name=""):
        """Return the figure of a calculation; ``name`` tells the unit where none is written."""
        if not is_known(calc):
            return Measured(UNK)
        kind = next((key for key in calc if key in CALCULATIONS), None)
        if kind is None:
            raise SchemeFault([(f"metrics.{name}", _("“%s” is no calculation.") % ", ".join(calc))])
        found = CALCULATIONS[kind](self, calc[kind], {"name": name, **calc})
        return found if isinstance(found, Measured) else Measured(found)

    def number(self, operand):
        """Return a number: written out, a parameter, or a metric or fact by its name."""
        written = self.scheme.value(operand)
        if written is UNK:
            return UNK
        number = exact(written)
        return self.named(operand).value if number is None else Fraction(number)

    def rows(self, spec):
        """Return the rows of a series that a window and conditions leave; None if it is missing."""
        spec = spec if isinstance(spec, dict) else {"of": spec}
        rows = self.facts.series(spec["of"])
        span = self._span(spec.get("window"))
        if rows is None or span is None:
            return None
        where = spec.get("where", {})
        return [row for row in rows if _inside(row, span) and self.fits(row, where)]

    def _span(self, window):
        if self.period is not None:
            return span_within(self.period, window, self.facts.day)
        return span_of(window, self.facts.as_of, self.facts.day)

    def fits(self, row, where):
        return all(self._agrees(row.get(name), wanted) for name, wanted in where.items())

    def _agrees(self, found, wanted):
        wanted = self.scheme.value(wanted)
        if isinstance(wanted, list):
            return found in wanted
        if isinstance(wanted, dict):
            bounds = ((COMPARISONS[op], self.scheme.value(bound)) for op, bound in wanted.items())
            return found is not None and all(
                holds(_plain(found), _plain(bound)) for holds, bound in bounds
            )
        return found == wanted

    def field(self, path):
        return _plain(self.facts.find(path))


def operands_of(calc):
    """Return what a calculation is made of where it may name other metrics."""
    calc = calc if isinstance(calc, dict) else {}
    found = [one for kind in ("ratio", "add", "multiply") for one in _listed(calc.get(kind))]
    capped = calc.get("capped_count")
    found += capped.values() if isinstance(capped, dict) else ()
    return [one for one in found if isinstance(one, str)]


def _listed(value):
    return value if isinstance(value, list) else ()


def _inside(row, span):
    day = day_of(row)
    if isinstance(day, date):
        return span[0] <= day < span[1]
    year = year_of(row)
    return year is None or span[0].year <= year <= span[1].year


def _plain(found):
    """Return a number as a fraction, a series of figures by year as one of fractions."""
    if isinstance(found, dict):
        return {str(year): _plain(one) for year, one in found.items()}
    if isinstance(found, bool) or not isinstance(found, int | Decimal):
        return found
    return Fraction(found)


def _service(measuring, name, calc):
    """Return the service in full years (or months); ``exact: true`` keeps the parts of a year."""
    periods = measuring.facts.series(name)
    if periods is None:
        return None
    where = calc.get("where", {})
    spans = [
        (row["from"], row["until"]) if isinstance(row, dict) else tuple(row)
        for row in periods
        if not (where and isinstance(row, dict)) or measuring.fits(row, where)
    ]
    days = days_served(spans, measuring.facts.as_of, unbroken=calc.get("unbroken") is True)
    unit = calc.get("unit", "months" if calc["name"].endswith("_months") else "years")
    served = Fraction(days, UNITS[unit])
    return served if calc.get("exact") is True else Fraction(served.numerator // served.denominator)


def _ratio(measuring, operands, _calc):
    part, whole = (measuring.number(one) for one in operands)
    if part is UNK or whole is UNK:
        return UNK
    if part is None or whole is None:
        return Measured(None, part, whole)
    return Measured(part / whole if whole else None, part, whole)


def _capped_count(measuring, spec, _calc):
    """Return the count in which the limited kind has at most the share ``cap``."""
    total, limited, cap = (measuring.number(spec[name]) for name in ("total", "limited", "cap"))
    if UNK in (total, limited, cap):
        return UNK
    if None in (total, limited, cap):
        return None
    others = total - limited
    most = limited if cap >= 1 else min(limited, others * cap // (1 - cap))
    return Measured(others + most, limited, total)


def _over(rows_to_value):
    def calculation(measuring, spec, _calc):
        rows = measuring.rows(spec)
        return None if rows is None else rows_to_value(rows, spec)

    return calculation


def _amounts(rows, spec):
    name = spec.get("field", "amount") if isinstance(spec, dict) else "amount"
    return [Fraction(row[name]) for row in rows if row.get(name) is not None]


def _count(rows, spec):
    name = spec.get("distinct") if isinstance(spec, dict) else None
    if name:
        return Fraction(len({row[name] for row in rows if row.get(name) is not None}))
    return Fraction(len(rows))


def _average(rows, spec):
    amounts = _amounts(rows, spec)
    return Measured(sum(amounts) / len(amounts), sum(amounts), len(amounts)) if amounts else None


def _latest(measuring, spec, _calc):
    """Return what the newest row says, or what a path of the facts leads to."""
    if not isinstance(spec, dict) and measuring.facts.series(spec) is None:
        return measuring.field(spec)
    rows = measuring.rows(spec)
    dated = (row for row in rows or () if day_of(row))
    newest = max(dated, key=lambda row: (day_of(row), row.get("key", 0)), default=None)
    name = spec.get("field", "amount") if isinstance(spec, dict) else "amount"
    return newest and _plain(newest.get(name))


def _by_year(measuring, spec, _calc):
    """Return figures by year: a count, or the sum of a field."""
    rows = measuring.rows(spec)
    if rows is None:
        return None
    years = {}
    for row in rows:
        years.setdefault(str(year_of(row)), []).append(row)
    figure = _sum if isinstance(spec, dict) and "field" in spec else _count
    return ByYear({year: figure(found, spec) for year, found in years.items()})


def _sum(rows, spec):
    return sum(_amounts(rows, spec), Fraction(0))


def _duration(measuring, spec, calc):
    """Return the full years (or months) from a day among the facts, an age for example."""
    since = measuring.facts.day(spec["since"] if isinstance(spec, dict) else spec)
    if since is None:
        return None
    days = days_served([(since, None)], measuring.facts.as_of)
    return Fraction(days // UNITS[calc.get("unit", "years")])


def _add(measuring, operands, _calc):
    numbers = [measuring.number(one) for one in operands]
    if UNK in numbers:
        return UNK
    return None if None in numbers else sum(numbers, Fraction(0))


def _multiply(measuring, operands, _calc):
    left, right = (measuring.number(one) for one in operands)
    if UNK in (left, right):
        return UNK
    return None if None in (left, right) else left * right


CALCULATIONS = {
    "field": lambda measuring, path, _calc: measuring.field(path),
    "service_months": _service,
    "ratio": _ratio,
    "capped_count": _capped_count,
    "count": _over(_count),
    "sum": _over(_sum),
    "average": _over(_average),
    "min": _over(lambda rows, spec: min(_amounts(rows, spec), default=None)),
    "max": _over(lambda rows, spec: max(_amounts(rows, spec), default=None)),
    "exists": _over(lambda rows, _spec: bool(rows)),
    "latest": _latest,
    "by_year": _by_year,
    "duration": _duration,
    "add": _add,
    "multiply": _multiply,
}
