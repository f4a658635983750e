"""The conditions of a scheme as SQL: TRUE is pass, FALSE is fail, NULL is pending.

The three-valued logic of SQL is Kleene's, which is also that of ``grading.rules.predicates``.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from grading.evaluation.figures import COMPARISONS, Figures, Number, Plain
from grading.evaluation.series import DAY, TRUTH
from grading.evaluation.sql import FALSE, TRUE, Sql, day, is_postgresql, joined, sql
from grading.rules.operators import OF_CONDITIONS, sign
from grading.rules.predicates import FAIL, Verdict, bound_of, kind_of


def undecided():
    return Sql("NULL::boolean" if is_postgresql() else "NULL")


@dataclass
class Conditions:
    """Writes the conditions of one scheme; ``answer`` is taken for questions nobody answered."""

    figures: Figures
    answer: bool | None = None

    def __post_init__(self):
        self.leaves = []
        # For the ids of conditions that waivers lift, the conditions of these waivers.
        self.lifted = {}

    @property
    def scheme(self):
        return self.figures.scheme

    def of(self, node, path=""):
        """Return a condition; single ones are kept in ``leaves`` with the path to them."""
        if not node:
            return TRUE
        kind = kind_of(node, path)
        here = f"{path}.{kind}" if path else kind
        made = getattr(self, f"_{kind}")(node[kind], node, here)
        if node.get("on_missing") == FAIL:
            made = sql("COALESCE({}, FALSE)", made)
        for lifts in self.lifted.get(str(node.get("id", "")), ()):
            made = sql("(CASE WHEN {} THEN TRUE ELSE {} END)", lifts, made)
        if kind in ("cmp", "flag", "attest", "each_year"):
            self.leaves.append((Verdict("", kind, here, clause=str(node.get("clause", ""))), made))
        return made

    def _each(self, nodes, path):
        return [self.of(node, f"{path}[{at}]") for at, node in enumerate(nodes)]

    def _all(self, nodes, _node, path):
        return sql("({})", joined(" AND ", self._each(nodes, path)))

    def _any(self, nodes, _node, path):
        return sql("({})", joined(" OR ", self._each(nodes, path)))

    def _not(self, inner, _node, path):
        return sql("(NOT {})", self.of(inner, path))

    def _k_of(self, spec, _node, path):
        wanted = Fraction(self.scheme.number(spec["k"]))
        every = self._each(spec["of"], path)
        passed = joined(" + ", (sql("CASE WHEN {} THEN 1 ELSE 0 END", one) for one in every))
        open_ones = joined(
            " + ",
            (
                sql("CASE WHEN {} THEN 1 WHEN {} THEN 0 ELSE 1 END", one, sql("NOT {}", one))
                for one in every
            ),
        )
        return sql(
            "(CASE WHEN ({}) >= {} THEN TRUE WHEN ({}) >= {} THEN {} ELSE FALSE END)",
            passed, int(wanted), open_ones, int(wanted), undecided(),
        )  # fmt: skip

    def _use(self, name, _node, _path):
        return self.of(self.scheme.section("conditions")[name], f"conditions.{name}")

    def _switch(self, reading, node, path):
        choice = self.scheme.reading(reading)
        return self.of(node[choice], path.removesuffix("switch") + str(choice))

    def _flag(self, name, node, _path):
        if "window" in node and (spec := self.figures.subject.happening(name)):
            found = self.figures.of({"exists": {**spec, "window": node["window"]}})
            return undecided() if found is None else found.value
        found = self.figures.flag(name)
        return self._answered() if found is None else found

    def _attest(self, _name, _node, _path):
        return self._answered()

    def _answered(self):
        return undecided() if self.answer is None else TRUE if self.answer else FALSE

    def _cmp(self, triple, _node, path):
        name, written, bound = triple
        op = sign(self.scheme, path, written, OF_CONDITIONS)
        return self._compared(self.figures.named(name), op, bound_of(self.scheme, bound))

    def _each_year(self, spec, _node, path):
        op = sign(self.scheme, path, spec["op"], OF_CONDITIONS)
        bound = bound_of(self.scheme, spec["value"])
        calc = self.scheme.section("metrics").get(spec["metric"], {})
        if "by_year" not in calc:
            return undecided()
        until = self.figures.as_of.year + (spec.get("with_current") is True)
        count = int(self.scheme.number(spec["last"]))
        years = [
            self._compared(self.figures.in_year(calc["by_year"], year), op, bound)
            for year in range(until - count, until)
        ]
        return sql("({})", joined(" AND ", years)) if years else TRUE

    def _compared(self, found, op, bound):
        if op == "exists":
            return self._there(found, bound is not False)
        if found is None or bound is None:
            return undecided()
        if op == "in":
            every = [self._held(found, "=", one) for one in bound]
            return sql("({})", joined(" OR ", every)) if every else FALSE
        if op == "between":
            low, high = bound
            return sql("({} AND {})", self._held(found, ">=", low), self._held(found, "<=", high))
        return self._held(found, COMPARISONS[op], bound)

    @staticmethod
    def _there(found, wanted):
        if found is None:
            return FALSE if wanted else TRUE
        if isinstance(found, Number):
            there = sql("COALESCE({} <> 0 AND {} IS NOT NULL, FALSE)", found.part, found.whole)
        elif found.kind == TRUTH:
            there = sql("COALESCE({}, FALSE)", found.value)
        else:
            there = sql("({} IS NOT NULL)", found.value)
        return there if wanted else sql("(NOT {})", there)

    @staticmethod
    def _held(found, op, bound):
        """Compare two of one kind; what cannot be put in order is missing data."""
        if isinstance(found, Number) and isinstance(bound, Fraction):
            return sql(
                f"({{}} * {{}} {op} {{}} * {{}})", found.part, bound.denominator,
                bound.numerator, found.whole,
            )  # fmt: skip
        if isinstance(found, Plain):
            if found.kind == TRUTH and isinstance(bound, bool):
                return sql(f"({{}} {op} {{}})", found.value, TRUE if bound else FALSE)
            if found.kind == DAY and isinstance(bound, date):
                return sql(f"({{}} {op} {{}})", found.value, day(bound))
            if found.kind not in (TRUTH, DAY) and isinstance(bound, str):
                return sql(f"({{}} {op} {{}})", found.value, bound)
        return undecided()
