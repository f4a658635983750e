"""Everybody at once: the judgment of a level as one query, whatever the number of people."""

from dataclasses import dataclass

from django.db import connection

from grading.evaluation.conditions import Conditions, undecided
from grading.evaluation.figures import Figures
from grading.evaluation.sql import FALSE, Sql, joined, of_query, sql, text
from grading.evaluation.subjects import subject_of
from grading.rules.judging import BLOCKED, NOT_OPEN, VETOED, when_of
from grading.rules.unknown import UNK, is_known
from grading.rules.unknowns import unknowns_of_level

RESULTS = ("pass", "fail", "pending", VETOED)


@dataclass(frozen=True)
class Counted:
    """How many people came to each result, and how many single conditions failed or waited.

    ``clauses`` are (path, clause, failed, waiting), in the order of the rule.
    """

    results: dict
    clauses: tuple = ()


class Everybody:
    """The judgment of people for one level on one day, counted or listed by the database.

    People are organisations where the rule set is about committees.

    :param people: a queryset of them; all that were not merged away if none is given.
    :param answer: what is assumed of questions only a person can answer; None leaves them open.
    """

    def __init__(self, scheme, level, as_of, *, people=None, answer=None):
        self.scheme, self.level, self.as_of = scheme, str(level), as_of
        self.people = people
        self.figures = Figures(scheme, as_of)
        self.conditions = Conditions(self.figures, answer)

    @property
    def why_not(self):
        """Return why nobody can be judged, None if people can be."""
        if self.level not in self.scheme.open_levels:
            return NOT_OPEN
        return BLOCKED if unknowns_of_level(self.scheme, self.level) else None

    def statement(self):
        """Return the statement that gives ``who``, a mediator, and ``result``, what comes out."""
        if self.why_not:
            people = of_query(self._people().order_by().values("pk"))
            made = "SELECT p.pk AS who, {} AS result FROM ({}) p"
            return sql(made, text(self.why_not), people)
        return self._query(sql("SELECT p.id AS who, {} AS result", self._result()))

    def results(self):
        """Yield the key of each mediator and the result."""
        yield from fetched(self.statement())

    def answered(self, conditions):
        """Yield the key of each person and an answer to each condition: None is open.

        :param conditions: pairs of a path and a condition.
        """
        made = [self.conditions.of(when, path) for path, when in conditions]
        answers = [sql("CASE WHEN {} THEN 1 WHEN NOT {} THEN 0 END", one, one) for one in made]
        select = sql("SELECT {}", joined(", ", [Sql("p.id"), *answers]))
        for who, *found in fetched(self._query(select)):
            yield who, [None if one is None else bool(one) for one in found]

    def having(self, result, *, first=0, most=50):
        """Return the keys of some of the people with a result, in the order of their entry."""
        rows = fetched(
            sql(
                "SELECT who FROM ({}) q WHERE result = {} ORDER BY who LIMIT {} OFFSET {}",
                self.statement(), result, most, first,
            )
        )  # fmt: skip
        return [who for (who,) in rows]

    def counted(self):
        """Return how many people came to which result, and by which condition."""
        if self.why_not:
            return Counted({self.why_not: self._people().count()})
        result = self._result()
        leaves = list(self.conditions.leaves)
        totals = [sql("COUNT(*) FILTER (WHERE result = {})", one) for one in RESULTS]
        for at in range(len(leaves)):
            totals.append(Sql(f"COUNT(*) FILTER (WHERE NOT l{at})"))
            totals.append(Sql(f"COUNT(*) FILTER (WHERE l{at} IS NULL)"))
        columns = [sql("{} AS result", result)]
        columns += [sql(f"{{}} AS l{at}", made) for at, (_leaf, made) in enumerate(leaves)]
        inner = self._query(sql("SELECT {}", joined(", ", columns)))
        (row,) = fetched(sql("SELECT {} FROM ({}) q", joined(", ", totals), inner))
        figures = iter(row[len(RESULTS) :])
        return Counted(
            {name: count for name, count in zip(RESULTS, row, strict=False) if count},
            tuple((leaf.path, leaf.clause, next(figures), next(figures)) for leaf, _made in leaves),
        )

    def _result(self):
        self.conditions.leaves.clear()
        self.conditions.lifted = {}
        vetoed, waits = self._vetoes()
        self.conditions.lifted = self._waivers()
        parts = [
            self.conditions.of(self.scheme.document.get("population", {}), "population"),
            self.conditions.of(self.scheme.document.get("base", {}), "base"),
            self.conditions.of(self.scheme.requirement(self.level), f"req.{self.level}"),
        ]
        whole = sql("({})", joined(" AND ", [*parts, *waits]))
        return sql(
            "CASE WHEN {} THEN 'vetoed' WHEN {} THEN 'pass' WHEN NOT {} THEN 'fail'"
            " ELSE 'pending' END",
            sql("({})", joined(" OR ", [FALSE, *vetoed])),
            whole,
            whole,
        )

    def _waivers(self):
        """Return the conditions of waivers by what they lift; one to be approved waits for it."""
        lifted = {}
        for at, waiver in enumerate(self.scheme.rows("waivers")):
            if not is_known(waiver.get("approver")) and waiver.get("when", {}) is not UNK:
                when = self.conditions.of(waiver.get("when", {}), f"waivers[{at}].when")
                for node in waiver.get("nodes", ()):
                    lifted.setdefault(str(node), []).append(when)
        return lifted

    def _vetoes(self):
        """Return the conditions that bar this level, and those that leave it waiting."""
        vetoed, waits = [], []
        for at, veto in enumerate(self.scheme.rows("vetoes")):
            when = self.conditions.of(when_of(veto), f"vetoes[{at}].when")
            effect = veto.get("effect", "reject")
            cap = effect.get("cap") if isinstance(effect, dict) else None
            rank = self.scheme.level(self.level).rank
            if is_known(cap) and rank >= self.scheme.level(cap).rank:
                continue
            if effect == "ruling":
                waits.append(sql("(CASE WHEN NOT {} THEN TRUE ELSE {} END)", when, undecided()))
            else:
                vetoed.append(sql("COALESCE({}, FALSE)", when))
                waits.append(sql("(CASE WHEN {} IS NULL THEN {} ELSE TRUE END)", when, undecided()))
        return vetoed, waits

    def _people(self):
        return subject_of(self.scheme).everybody() if self.people is None else self.people

    def _query(self, select):
        """Return the whole query: people, what is counted of each series, and the judgment."""
        columns = list(subject_of(self.scheme).columns)
        people = of_query(self._people().order_by().values("pk", *columns))
        tables = [sql(f"p(id, {', '.join(columns)}) AS MATERIALIZED ({{}})", people)]
        names = []
        for name, columns in self.figures.columns.items():
            counted = joined(
                ", ", (sql(f"{{}} AS c{at}", column) for at, column in enumerate(columns))
            )
            rows = self.figures.source(name)
            made = sql("SELECT r.who, {} FROM ({}) r GROUP BY r.who", counted, rows)
            tables.append(sql(f"s_{name} AS MATERIALIZED ({{}})", made))
            names.append(f"s_{name}")
        for made, name in self.figures.tables.items():
            tables.append(sql(f"{name} AS MATERIALIZED ({{}})", made))
            names.append(name)
        joins = "".join(f" LEFT JOIN {name} ON {name}.who = p.id" for name in names)
        return sql(f"WITH {{}} {{}} FROM p{joins}", joined(", ", tables), select)


def moves(old, new):
    """Return ``{(result by the one, result by the other): people}`` where two judgments differ."""
    differ = sql(
        "SELECT a.result, b.result, COUNT(*) FROM ({}) a JOIN ({}) b ON a.who = b.who"
        " WHERE a.result <> b.result GROUP BY a.result, b.result",
        old.statement(),
        new.statement(),
    )
    return {(before, after): count for before, after, count in fetched(differ)}


def moved(old, new, results, *, most=50):
    """Return the keys of some of the people whom one pair of results concerns."""
    rows = fetched(
        sql(
            "SELECT a.who FROM ({}) a JOIN ({}) b ON a.who = b.who"
            " WHERE a.result = {} AND b.result = {} ORDER BY a.who LIMIT {}",
            old.statement(), new.statement(), *results, most,
        )
    )  # fmt: skip
    return [who for (who,) in rows]


def fetched(made):
    """Yield the rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(made.text, made.params)
        while rows := cursor.fetchmany(2000):
            yield from rows
