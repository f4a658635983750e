"""The figures of an annual review: of all sheets as one statement, of a few people with their rows.

A figure counts in the period of the cycle unless its metric names a window of its own. It is a
numerator over a denominator (a plain number is over one), with the kinds of cases of the period.
What nobody knows is missing: NULL, never nought.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from django.apps import apps
from django.db.models import F

from grading.evaluation.figures import OF_ROWS, Figures, Number
from grading.evaluation.people import facts_of
from grading.evaluation.periods import (
    CASES,
    KIND,
    SHARES,
    calculation,
    kind_of,
    known_on,
    rests_on_cases,
)
from grading.evaluation.sets import fetched
from grading.evaluation.sql import Sql, day, is_postgresql, joined, of_query, sql, text
from grading.evaluation.subjects import MEDIATORS, subject_of
from grading.rules.indicators import indicators_of
from grading.rules.measures import Measured, Measuring, operands_of
from grading.rules.reviews import ASSESSED, MISSING, TOO_FEW, Found
from grading.rules.spans import EARLIEST, span_within

NULL, ONE = Sql("NULL"), Sql("1")
OF_NO_KIND = ""
# One in so many people is few: their rows are found by the index.
FEW = 8


def measured_by(scheme):
    """Return the indicators whose figures come from the registers, in the order of the rule."""
    return [one for one in indicators_of(scheme) if one.metric and not one.by_hand]


def is_share(scheme, metric):
    """Whether a figure has a denominator of its own, as against a number over one."""
    catalogue = subject_of(scheme).figures
    return kind_of(calculation(scheme, metric, catalogue)) in SHARES


# For a few people: from their rows.


@dataclass(frozen=True)
class Told:
    """A figure of one person: what was found, its state, the kinds of cases and the rows."""

    found: Found
    state: str
    mix: dict = field(default_factory=dict)
    rows: tuple = ()


def told_of(scheme, people, period, counted_on):
    """Return ``{person: {indicator: Told}}`` of some people: a query for each series.

    :param people: keys of mediators.
    """
    asked = measured_by(scheme)
    facts = facts_of(people, counted_on, period=period)
    return {
        pk: {one.name: _told(scheme, one, period, found) for one in asked}
        for pk, found in facts.items()
    }


def _told(scheme, indicator, period, facts):
    measuring = Measuring(scheme, facts, period)
    calc = calculation(scheme, indicator.metric, MEDIATORS.figures)
    kind = kind_of(calc)
    measured = measuring.of(calc, indicator.metric) if kind else Measured()
    found = _found(measured, kind)
    mix = {}
    if rests_on_cases(scheme, indicator.metric, MEDIATORS.figures):
        cases = measuring.rows({"of": CASES})
        mix = dict(Counter(row[KIND] or OF_NO_KIND for row in cases))
    rows = tuple(_rows(measuring, indicator.metric))
    return Told(found, _state(found, indicator.least_n), mix, rows)


def _rows(measuring, name, above=()):
    """Return the rows a figure is made of, each once, of a share those of both its sides."""
    calc = calculation(measuring.scheme, name, MEDIATORS.figures)
    kind = kind_of(calc)
    if kind in OF_ROWS:
        return measuring.rows(calc[kind]) or []
    found = {
        id(row): row
        for one in operands_of(calc)
        if one not in above
        for row in _rows(measuring, one, (*above, name))
    }
    return list(found.values())


def _found(measured, kind):
    """Return a figure as a ``Found``; a word, a day or a truth is no figure."""
    if not isinstance(measured.value, Fraction):
        return Found(None)
    if kind in SHARES:
        return Found(measured.value, measured.part, measured.whole)
    return Found(measured.value)


def _state(found, least_n):
    if found.value is None:
        return MISSING
    return TOO_FEW if least_n and found.number < least_n else ASSESSED


# For everybody: in SQL.


@dataclass
class FiguresOfAPeriod(Figures):
    """Figures in a period: the rows of a span are grouped once, and none outside it are read."""

    period: tuple = ()
    counted_on: object = None
    spans: dict = field(default_factory=dict)
    persons: set = field(default_factory=set)

    def source(self, name):
        """Return the rows of a series as they count."""
        series = self.subject.series[name]
        asked = sorted(self.asked.get(name, ()))
        rows = series.query(known_on(series, self.period, self.counted_on), asked)
        if name == CASES:
            rows = rows.annotate(
                kind_key=F(f"{series.attributes[KIND].path.split('__code')[0]}_id")
            )
        return of_query(rows)

    def grouped(self, *, narrowly=False):
        """Yield (name, statement) of every table that figures were taken from.

        :param narrowly: read the rows of the people asked for only, found one by one.
        """
        theirs = Sql(" AND r.who IN (SELECT id FROM p)" if narrowly else "")
        for (name, span), table in self.spans.items():
            from_on, until_on = span
            within = [sql("r.day < {}", day(until_on))]
            if from_on > EARLIEST:
                within.append(sql("r.day >= {}", day(from_on)))
            columns = self.columns[table]
            counted = joined(", ", (sql(f"{{}} AS c{at}", one) for at, one in enumerate(columns)))
            yield (
                f"s_{table}",
                sql(
                    "SELECT r.who, {} FROM ({}) r WHERE {}{} GROUP BY r.who",
                    counted, self.source(name), joined(" AND ", within), theirs,
                ),
            )  # fmt: skip
        yield from ((name, made) for made, name in self.tables.items())

    def pair(self, calc, name):
        """Return (numerator, denominator, what they rest on); None if it is missing.

        What it rests on is the denominator of a share, and the number itself of a plain one.
        """
        kind = kind_of(calc)
        if kind == "average" and self._is_known(calc[kind]):
            spec = calc[kind]
            total = self._unscaled(spec, self._column(spec, self._summed(spec)))
            count = self._column(spec, sql("COUNT({})", self._said_of(spec)))
            return decimal(total)[0], sql("NULLIF({}, 0)", count), count
        if kind == "ratio":
            numbers = [self.number(one) for one in calc[kind]]
            if None in numbers:
                return None
            part, whole = map(value_of, numbers)
            return part, sql("NULLIF({}, 0)", whole), whole
        found = self.of(calc, name) if kind else None
        if not isinstance(found, Number):
            return None
        part, whole = decimal(found)
        return part, whole, value_of(found)

    def mix(self):
        """Return ``{code: column}`` of how many cases of each kind there are in the period."""
        codes = {}
        classes = apps.get_model("casework.DifficultyClass").objects.order_by("code", "pk")
        for code, pk in classes.values_list("code", "pk"):
            codes.setdefault(code, []).append(pk)
        spec = {"of": CASES}
        found = {
            code: self._column(
                spec, sql("COUNT(*) FILTER (WHERE r.kind_key IN ({}))", _listed(keys))
            )
            for code, keys in codes.items()
        }
        none = Sql("COUNT(*) FILTER (WHERE r.kind_key IS NULL)")
        return {**found, OF_NO_KIND: self._column(spec, none)}

    def _span(self, spec):
        window = spec.get("window") if isinstance(spec, dict) else None
        return span_within(self.period, window, lambda _name: None)

    def _grouped(self, spec):
        key = (spec["of"], self._span(spec))
        return self.spans.setdefault(key, f"{spec['of']}_{len(self.spans)}")

    def _filters(self, spec):
        # The span itself is asked for once, of all the rows.
        return self._where(spec)

    def _field(self, path, calc):
        self.persons.add(path)
        return super()._field(path, calc)

    def _duration(self, spec, calc):
        self.persons.add(spec["since"] if isinstance(spec, dict) else spec)
        return super()._duration(spec, calc)


def _listed(keys):
    return joined(", ", (Sql(str(int(key))) for key in keys))


def as_decimal(number):
    """Return a whole number that may be divided exactly enough to be stored."""
    made = "CAST({} AS numeric)" if is_postgresql() else "({} * 1.0)"
    return sql(made, number)


def decimal(number):
    """Return a number over one if it is one over a power of ten, else as it is."""
    written = number.whole.text
    if written == "1":
        return number.part, ONE
    if written.isdigit() and set(written) <= {"1", "0"}:
        return sql("({} / {})", as_decimal(number.part), Sql(written)), ONE
    return number.part, number.whole


def value_of(number):
    """Return what a number comes to: exact if it is one over a power of ten."""
    part, whole = decimal(number)
    return part if whole is ONE else sql("({} / {})", as_decimal(part), whole)


class OfSheets:
    """The figures of sheets of one cycle, all of them by one statement.

    :param sheets: a queryset of them.
    :param counted_on: the day by what is known on which the period is counted; it is over then.
    :param narrowly: read the rows of these people only; else they are read of all and joined, which
        is quicker unless the people are few among all: that is found out if nothing is said.
    """

    def __init__(self, scheme, period, counted_on, *, sheets, narrowly=None):
        self.scheme, self.period, self.counted_on = scheme, period, counted_on
        self.sheets, self._narrowly = sheets, narrowly
        self.indicators = measured_by(scheme)
        self.figures = FiguresOfAPeriod(scheme, period[1], period=period, counted_on=counted_on)
        catalogue = self.figures.subject.figures
        self.pairs = [
            self.figures.pair(calculation(scheme, one.metric, catalogue), one.metric)
            for one in self.indicators
        ]
        self.of_cases = [rests_on_cases(scheme, one.metric, catalogue) for one in self.indicators]
        self.mix = self.figures.mix() if any(self.of_cases) else {}

    @cached_property
    def narrowly(self):
        if self._narrowly is not None:
            return self._narrowly
        return self.sheets.count() * FEW < self.figures.subject.rows.count()

    def wide(self):
        """Return the statement with a row for each sheet: a part, a whole and n for each figure."""
        return sql("{} {}", self._tables(), self._wide())

    def rows(self):
        """Return the statement with a row for each figure: sheet, indicator, metric, state, part,
        whole and the kinds of cases as JSON."""
        every = [self._row(at, one) for at, one in enumerate(self.indicators)]
        return sql("{}, w AS ({}) {}", self._tables(), self._wide(), joined(" UNION ALL ", every))

    def fetched(self):
        """Yield (sheet, indicator, state, part, whole, mix) of every figure."""
        if self.indicators:
            for row in fetched(self.rows()):
                sheet, indicator, _metric, state, part, whole, mix = row
                yield sheet, indicator, state, _plain(part), _plain(whole), json.loads(mix)

    def _tables(self):
        columns = sorted(self.figures.persons & set(self.figures.subject.columns))
        people = of_query(self._people(columns))
        named = ", ".join(["sheet", "id", *columns])
        tables = [sql(f"p({named}) AS MATERIALIZED ({{}})", people)]
        tables += [
            sql(f"{name} AS MATERIALIZED ({{}})", made)
            for name, made in self.figures.grouped(narrowly=self.narrowly)
        ]
        return sql("WITH {}", joined(", ", tables))

    def _people(self, columns):
        """Return the query of a row for each sheet: its key, the person's, and what is asked."""
        paths = [f"mediator__{one}" for one in columns]
        return self.sheets.order_by().values_list("pk", "mediator_id", *paths)

    def _wide(self):
        columns = []
        for at, pair in enumerate(self.pairs):
            parts = pair or (NULL, NULL, NULL)
            columns += [
                sql(f"{{}} AS {name}{at}", one)
                for name, one in zip(("part", "whole", "n"), parts, strict=True)
            ]
        columns += [sql(f"{{}} AS m{at}", one) for at, one in enumerate(self.mix.values())]
        names = [name for name, _made in self.figures.grouped()]
        joins = Sql("".join(f" LEFT JOIN {name} ON {name}.who = p.id" for name in names))
        return sql("SELECT {} FROM p{}", joined(", ", [Sql("p.sheet"), *columns]), joins)

    def _row(self, at, indicator):
        part, whole, n = (
            (Sql(f"w.{name}{at}") for name in ("part", "whole", "n"))
            if self.pairs[at]
            else (NULL, NULL, NULL)
        )
        there = sql("({} IS NOT NULL AND {} IS NOT NULL)", part, whole)
        few = sql("WHEN {} < {} THEN {} ", n, indicator.least_n, text(TOO_FEW))
        state = sql(
            "CASE WHEN NOT {} THEN {} {}ELSE {} END",
            there, text(MISSING), few if indicator.least_n else Sql(""), text(ASSESSED),
        )  # fmt: skip
        stored = [sql(f"CASE WHEN {{}} THEN {_number()} END", there, one) for one in (part, whole)]
        mix = self._kinds() if self.of_cases[at] else Sql("'{}'")
        return sql(
            "SELECT w.sheet AS sheet, {} AS indicator, {} AS metric, {} AS state, {} AS part,"
            " {} AS whole, {} AS mix FROM w",
            text(indicator.name), text(indicator.metric), state, *stored, mix,
        )  # fmt: skip

    def _kinds(self):
        """Return the kinds of cases as JSON; those of which there are none are left out."""
        pairs = joined(
            ", ",
            (
                sql("{}, NULLIF({}, 0)", text(code), Sql(f"w.m{at}"))
                for at, code in enumerate(self.mix)
            ),
        )
        if is_postgresql():
            return sql("CAST(jsonb_strip_nulls(jsonb_build_object({})) AS text)", pairs)
        return sql("json_patch('{{}}', json_object({}))", pairs)


class OfPeople(OfSheets):
    """The same of people who have no sheets: each person stands for the sheet.

    :param sheets: a queryset of mediators.
    """

    def _people(self, columns):
        return self.sheets.order_by().annotate(who=F("pk")).values_list("pk", "who", *columns)


def _number():
    return "CAST({} AS numeric(20, 4))" if is_postgresql() else "{}"


def _plain(number):
    """Return a number of the database as an exact one."""
    return number if number is None else Decimal(str(number))
