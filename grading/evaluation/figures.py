"""The metrics of a scheme as SQL: what ``grading.rules.measures`` works out, for everybody at once.

Each series becomes one grouped subquery with a column for every figure taken from it. Figures are
whole numbers, or one whole number over another: no database rounds anything. NULL is missing.
"""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from grading.evaluation.series import DAY, NUMBER, TRUTH, WORD, Attribute
from grading.evaluation.sql import (
    FALSE,
    Sql,
    day,
    days_between,
    earlier,
    joined,
    of_query,
    scaled,
    sql,
    year,
)
from grading.evaluation.subjects import subject_of
from grading.rules.measures import CALCULATIONS, UNITS
from grading.rules.scheme import exact
from grading.rules.spans import EARLIEST, span_of

ONE = Sql("1")
# What a series does not tell of its rows.
NOTHING = Attribute(path="", kind=NUMBER)
OF_ROWS = ("count", "sum", "average", "min", "max", "exists", "latest")
COMPARISONS = {">=": ">=", ">": ">", "<=": "<=", "<": "<", "=": "=", "!=": "<>"}


@dataclass(frozen=True)
class Number:
    """A figure: one whole number over another; nothing over nothing is missing."""

    part: Sql
    whole: Sql = ONE


@dataclass(frozen=True)
class Plain:
    """A word, a day or a truth."""

    value: Sql
    kind: str


@dataclass
class Figures:
    """Collects what is asked of each series, and tells under which name it will be found."""

    scheme: object
    as_of: date
    columns: dict = field(default_factory=dict)
    tables: dict = field(default_factory=dict)
    asked: dict = field(default_factory=dict)

    def __post_init__(self):
        self.subject = subject_of(self.scheme)

    def named(self, name):
        """Return a metric, or what the catalogue says under that name; None if nothing does."""
        calc = self.scheme.section("metrics").get(name)
        if calc is None:
            catalogue = self.subject.figures
            calc = catalogue[name][1] if name in catalogue else {"field": name}
        return self.of(calc, name)

    def flag(self, name):
        """Return a flag of the catalogue as a truth, None if a person has to answer it."""
        flags = self.subject.flags
        return self.of(flags[name][1]).value if name in flags else None

    def of(self, calc, name=""):
        """Return a calculation as ``Number`` or ``Plain``; None if what it needs is missing."""
        kind = next(key for key in calc if key in CALCULATIONS)
        if kind in OF_ROWS and not self._is_known(calc[kind], kind):
            return None
        return getattr(self, f"_{kind}")(calc[kind], {"name": name, **calc})

    def number(self, operand):
        """Return a number: written out, a parameter, or a metric."""
        number = exact(self.scheme.value(operand))
        if number is None:
            found = self.named(operand)
            return found if isinstance(found, Number) else None
        fraction = Fraction(number)
        return Number(sql("{}", fraction.numerator), sql("{}", fraction.denominator))

    def source(self, name):
        """Return the rows of a series as a table, with the attributes asked for so far."""
        return of_query(
            self.subject.series[name].query(self.as_of, sorted(self.asked.get(name, ())))
        )

    def in_year(self, spec, wanted):
        """Return the figure of a year of a series; None if nobody knows when its window begins."""
        if not self._is_known(spec):
            return None
        adds_up = "field" in _spec(spec)
        aggregate = self._summed(spec) if adds_up else Sql("COUNT(*)")
        found = self._column(spec, aggregate, sql("{} = {}", year(Sql("r.day")), wanted))
        found = Sql(f"COALESCE({found.text}, 0)")
        return self._unscaled(spec, found) if adds_up else Number(found)

    def _column(self, spec, aggregate, condition=None):
        """Return the column in which an aggregate over some rows of a series will be found."""
        spec = _spec(spec)
        conditions = [*self._filters(spec), *([condition] if condition else [])]
        if conditions:
            both = joined(" AND ", conditions)
            aggregate = sql("{} FILTER (WHERE {})", aggregate, both)
        table = self._grouped(spec)
        taken = self.columns.setdefault(table, [])
        if aggregate not in taken:
            taken.append(aggregate)
        return Sql(f"s_{table}.c{taken.index(aggregate)}")

    def _grouped(self, spec):
        """Return the name of the table that groups the rows of a spec."""
        return spec["of"]

    def _filters(self, spec):
        """Return the conditions of a column."""
        return self._conditions(spec)

    def _conditions(self, spec):
        from_on, until_on = self._span(spec)
        begins = [sql("r.day >= {}", day(from_on))] if from_on > EARLIEST else []
        return [*begins, sql("r.day < {}", day(until_on)), *self._where(spec)]

    def _is_known(self, spec, kind=""):
        """Return whether there is such a series, and a day on which the window begins."""
        known = _spec(spec)["of"] in self.subject.series or kind == "latest"
        return known and self._span(spec) is not None

    def _span(self, spec):
        return span_of(_spec(spec).get("window"), self.as_of, lambda _name: None)

    def _where(self, spec):
        attributes = self.subject.series[spec["of"]].attributes
        return [
            self._agrees(attributes[name], self._said_of(spec, name), self.scheme.value(wanted))
            if name in attributes
            else FALSE
            for name, wanted in spec.get("where", {}).items()
        ]

    def _agrees(self, attribute, column, wanted):
        if isinstance(wanted, dict):
            return joined(
                " AND ",
                (
                    self._bounded(attribute, column, COMPARISONS[op], self.scheme.value(bound))
                    for op, bound in wanted.items()
                ),
            )
        if isinstance(wanted, list):
            every = [self._bounded(attribute, column, "=", one) for one in wanted]
            return sql("({})", joined(" OR ", every)) if every else FALSE
        return self._bounded(attribute, column, "=", wanted)

    @staticmethod
    def _bounded(attribute, column, op, bound):
        number = exact(bound)
        if attribute.kind == NUMBER and number is not None:
            bound = Fraction(number) * 10**attribute.places
            return sql(
                f"{{}} * {{}} {op} {{}}", scaled(column, attribute.places), bound.denominator,
                bound.numerator,
            )  # fmt: skip
        if attribute.kind == DAY and isinstance(bound, date):
            return sql(f"{{}} {op} {{}}", column, day(bound))
        if attribute.kind == TRUTH and isinstance(bound, bool):
            return sql(f"{{}} {op} {{}}", column, Sql("TRUE" if bound else "FALSE"))
        if isinstance(bound, str) and attribute.kind not in (NUMBER, DAY, TRUTH):
            return sql(f"{{}} {op} {{}}", column, bound)
        return FALSE

    def _count(self, spec, _calc):
        name = _spec(spec).get("distinct")
        counted = sql("DISTINCT {}", self._said_of(spec, name)) if name else Sql("*")
        found = self._column(spec, sql("COUNT({})", counted))
        return Number(Sql(f"COALESCE({found.text}, 0)"))

    def _sum(self, spec, _calc):
        found = self._column(spec, self._summed(spec))
        return self._unscaled(spec, Sql(f"COALESCE({found.text}, 0)"))

    def _average(self, spec, _calc):
        total = self._column(spec, self._summed(spec))
        count = self._column(spec, sql("COUNT({})", self._said_of(spec)))
        found = self._unscaled(spec, total)
        return Number(found.part, sql("({} * NULLIF({}, 0))", found.whole, count))

    def _min(self, spec, _calc):
        return self._unscaled(spec, self._column(spec, self._summed(spec, "MIN")))

    def _max(self, spec, _calc):
        return self._unscaled(spec, self._column(spec, self._summed(spec, "MAX")))

    def _summed(self, spec, function="SUM"):
        column = scaled(self._said_of(spec), self._attribute(spec).places)
        return sql(f"{function}({{}})", column)

    def _unscaled(self, spec, found):
        return Number(found, Sql(str(10 ** self._attribute(spec).places)))

    def _said_of(self, spec, name=None):
        """Return a column of a series; only names of the series itself ever come into a query."""
        name = name or _field(spec)
        series = _spec(spec)["of"]
        if name not in self.subject.series[series].attributes:
            return Sql("CAST(NULL AS integer)")
        self.asked.setdefault(series, set()).add(name)
        return Sql(f"r.f_{name}")

    def _attribute(self, spec):
        return self.subject.series[_spec(spec)["of"]].attributes.get(_field(spec), NOTHING)

    def _exists(self, spec, _calc):
        found = self._column(spec, Sql("COUNT(*)"))
        return Plain(Sql(f"(COALESCE({found.text}, 0) > 0)"), TRUTH)

    def _field(self, path, _calc):
        if path in self.subject.figures:
            return self.named(path)
        kind = self.subject.columns.get(path)
        return Plain(_said(Sql(f"p.{path}"), kind), kind) if kind else None

    def _ratio(self, operands, _calc):
        part, whole = (self.number(one) for one in operands)
        if part is None or whole is None:
            return None
        return Number(
            sql("({} * {})", part.part, whole.whole),
            sql("({} * NULLIF({}, 0))", part.whole, whole.part),
        )

    def _capped_count(self, spec, _calc):
        total, limited = (self.number(spec[name]) for name in ("total", "limited"))
        if total is None or limited is None:
            return None
        cap = Fraction(exact(self.scheme.value(spec["cap"])))
        if cap >= 1:
            return total
        others = sql("({} - {})", total.part, limited.part)
        most = sql("({} * {} / {})", others, cap.numerator, cap.denominator - cap.numerator)
        return Number(sql("({} + {})", others, earlier(limited.part, most)))

    def _add(self, operands, _calc):
        numbers = [self.number(one) for one in operands]
        if None in numbers:
            return None
        total = numbers[0]
        for one in numbers[1:]:
            total = Number(
                sql("({} * {} + {} * {})", total.part, one.whole, one.part, total.whole),
                sql("({} * {})", total.whole, one.whole),
            )
        return total

    def _multiply(self, operands, _calc):
        left, right = (self.number(one) for one in operands)
        if left is None or right is None:
            return None
        return Number(
            sql("({} * {})", left.part, right.part), sql("({} * {})", left.whole, right.whole)
        )

    def _latest(self, spec, _calc):
        """Return what the newest row says: its own table, the newest row of each first."""
        spec = _spec(spec)
        if spec["of"] not in self.subject.series:
            return self._field(spec["of"], _calc)
        attribute, found = self._attribute(spec), self._said_of(spec)
        conditions = [Sql("r.day IS NOT NULL"), *self._conditions(spec)]
        rows = sql(
            "SELECT r.who, {} AS found, ROW_NUMBER() OVER"
            " (PARTITION BY r.who ORDER BY r.day DESC, r.key DESC) AS place"
            " FROM ({}) r WHERE {}",
            scaled(found, attribute.places),
            self.source(spec["of"]),
            joined(" AND ", conditions),
        )
        name = self._table(sql("SELECT who, found FROM ({}) t WHERE place = 1", rows))
        found = Sql(f"{name}.found")
        if attribute.kind == NUMBER:
            return Number(found, Sql(str(10**attribute.places)))
        return Plain(_said(found, attribute.kind), attribute.kind)

    def _table(self, made):
        return self.tables.setdefault(made, f"t{len(self.tables)}")

    def _duration(self, spec, calc):
        name = spec["since"] if isinstance(spec, dict) else spec
        if self.subject.columns.get(name) != DAY:
            return None
        days = sql(
            "SELECT id AS who, {} AS from_day, {} AS until_day FROM p", Sql(name), day(self.as_of)
        )
        served = days_between(Sql("from_day"), Sql("until_day"))
        # A day that is still to come is no time at all.
        found = sql("CASE WHEN from_day < until_day THEN {} ELSE 0 END", served)
        made = sql("SELECT who, {} AS found FROM ({}) d WHERE from_day IS NOT NULL", found, days)
        unit = UNITS[calc.get("unit", "years")]
        return Number(Sql(f"({self._table(made)}.found / {unit})"))

    def _by_year(self, _spec, _calc):
        return None

    def _service_months(self, name, calc):
        """Return the time served: spans that touch or overlap joined, then added up."""
        series = self.subject.series.get(name)
        if series is None or not series.spans:
            return None
        until = earlier(sql("COALESCE(r.until_day, {})", day(self.as_of)), day(self.as_of))
        where = self._where({"of": name, "where": calc.get("where", {})})
        spans = sql(
            "SELECT r.who, r.from_day, {} AS until_day FROM ({}) r WHERE {}",
            until,
            self.source(name),
            joined(" AND ", [sql("r.from_day < {}", day(self.as_of)), *where]),
        )
        islands = sql(ISLANDS, spans)
        last = [sql("until_day = {}", day(self.as_of))] if calc.get("unbroken") is True else []
        total = sql(
            "SELECT who, SUM({}) AS found FROM ({}) j WHERE {} GROUP BY who",
            days_between(Sql("from_day"), Sql("until_day")),
            islands,
            joined(" AND ", [Sql("TRUE"), *last]),
        )
        found = Sql(f"COALESCE({self._table(total)}.found, 0)")
        unit = UNITS[calc.get("unit", "months" if calc["name"].endswith("_months") else "years")]
        if calc.get("exact") is True:
            return Number(found, Sql(str(unit)))
        return Number(Sql(f"({found.text} / {unit})"))


ISLANDS = """
SELECT who, MIN(from_day) AS from_day, MAX(until_day) AS until_day FROM (
  SELECT who, from_day, until_day,
    SUM(CASE WHEN before IS NULL OR from_day > before THEN 1 ELSE 0 END)
      OVER (PARTITION BY who ORDER BY from_day, until_day
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS island
  FROM (
    SELECT who, from_day, until_day,
      MAX(until_day) OVER (PARTITION BY who ORDER BY from_day, until_day
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
    FROM ({}) spans
  ) marked
) numbered GROUP BY who, island
"""


def _said(column, kind):
    """Return a column in which an empty word is missing."""
    return sql("NULLIF({}, {})", column, "") if kind == WORD else column


def _spec(spec):
    return spec if isinstance(spec, dict) else {"of": spec}


def _field(spec):
    return _spec(spec).get("field", "amount")
