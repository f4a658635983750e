"""Conditions of a rule: three answers, and with each the numbers it rests on.

``pass``, ``fail`` and ``pending`` follow Kleene's logic: a group is decided as soon as what is
known decides it. ``unknown`` is said of a rule, not of a person: nobody may be judged by it.
"""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from grading.rules.measures import COMPARISONS, Measuring
from grading.rules.operators import OF_CONDITIONS, sign
from grading.rules.scheme import SchemeFault, exact
from grading.rules.spans import span_of
from grading.rules.unknown import UNK, is_known

PASS, FAIL, PENDING, UNKNOWN = "pass", "fail", "pending", "unknown"
GROUPS = ("all", "any", "k_of", "not")
LEAVES = ("cmp", "flag", "attest", "each_year", "use", "switch")


@dataclass(frozen=True)
class Verdict:
    """The answer to one condition, and to those it is made of.

    ``found`` is what was measured, ``bound`` what the rule asks for; ``part`` and ``whole`` are
    those of a ratio. ``kind`` is the name of the condition in the format.
    """

    result: str
    kind: str
    path: str = ""
    id: str = ""
    clause: str = ""
    name: str = ""
    op: str = ""
    found: object = None
    bound: object = None
    part: object = None
    whole: object = None
    of: tuple = ()

    def leaves(self):
        """Yield the conditions that are no groups, in the order of the rule."""
        if not self.of:
            yield self
        for verdict in self.of:
            yield from verdict.leaves()


@dataclass(frozen=True)
class Judge:
    """Answers the conditions of one scheme for one person."""

    scheme: object
    facts: object
    # The ids of conditions that are waived.
    lifted: frozenset = frozenset()

    @property
    def ruled(self):
        """What officers decided single conditions as, by their paths."""
        return self.facts.find("ruled") or {}

    @property
    def measuring(self):
        return Measuring(self.scheme, self.facts)

    def judge(self, node, path=""):
        """Return the verdict on a condition; one without any content holds for everybody.

        :raises SchemeFault: if it is no condition of the format.
        """
        if node is UNK:
            return Verdict(UNKNOWN, "UNK", path)
        if not node:
            return Verdict(PASS, "all", path)
        kind = kind_of(node, path)
        verdict = getattr(self, f"_{kind}")(node[kind], node, f"{path}.{kind}" if path else kind)
        return self._marked(verdict, node)

    def _marked(self, verdict, node):
        if verdict.result == PENDING and node.get("on_missing") == FAIL:
            verdict = replace(verdict, result=FAIL)
        clause = node.get("clause")
        named = replace(
            verdict,
            id=str(node.get("id", verdict.id)),
            clause=str(clause) if is_known(clause) else verdict.clause,
        )
        if not named.of and named.path in self.ruled and named.result != UNKNOWN:
            named = replace(named, result=self.ruled[named.path], kind="ruled", of=(named,))
        is_lifted = named.id in self.lifted and named.result != UNKNOWN
        return replace(named, result=PASS, kind="waived", of=(named,)) if is_lifted else named

    def _all(self, nodes, _node, path):
        of = self._each(nodes, path)
        return Verdict(least([one.result for one in of]), "all", path, of=of)

    def _any(self, nodes, _node, path):
        of = self._each(nodes, path)
        return Verdict(most([one.result for one in of]), "any", path, of=of)

    def _k_of(self, spec, _node, path):
        of = self._each(spec["of"], path)
        wanted, results = self.scheme.number(spec["k"]), [one.result for one in of]
        if wanted is UNK or UNKNOWN in results:
            return Verdict(UNKNOWN, "k_of", path, bound=wanted, of=of)
        passed, waiting = results.count(PASS), results.count(PENDING)
        result = PASS if passed >= wanted else PENDING if passed + waiting >= wanted else FAIL
        return Verdict(result, "k_of", path, op=">=", found=passed, bound=wanted, of=of)

    def _not(self, inner, _node, path):
        found = self.judge(inner, path)
        return Verdict(opposite(found.result), "not", path, of=(found,))

    def _each(self, nodes, path):
        if not isinstance(nodes, list):
            raise SchemeFault([(path, _("A list of conditions is needed here."))])
        return tuple(self.judge(node, f"{path}[{at}]") for at, node in enumerate(nodes))

    def _use(self, name, _node, path):
        conditions = self.scheme.section("conditions")
        if name not in conditions:
            raise SchemeFault([(path, _("There is no condition “%s”.") % name)])
        return self.judge(conditions[name], f"conditions.{name}")

    def _switch(self, reading, node, path):
        choice = self.scheme.reading(reading)
        if choice is UNK or choice not in node:
            return Verdict(UNKNOWN, "switch", path, name=str(reading), found=choice)
        chosen = self.judge(node[choice], path.removesuffix("switch") + str(choice))
        return Verdict(chosen.result, "switch", path, name=reading, found=choice, of=(chosen,))

    def _flag(self, name, node, path):
        known = self.facts.flag(name)
        if "window" in node and (days := self.facts.happened(name)) is not None:
            known = days
        if isinstance(known, list):
            span = span_of(node.get("window"), self.facts.as_of, self.facts.day)
            known = None if span is None else any(span[0] <= day < span[1] for day in known)
        return Verdict(answered(known), "flag", path, name=str(name), found=known)

    def _attest(self, name, _node, path):
        answer = self.facts.attested(name)
        return Verdict(answered(answer), "attest", path, name=str(name), found=answer)

    def _cmp(self, triple, _node, path):
        name, written, bound = triple
        op, bound = sign(self.scheme, path, written, OF_CONDITIONS), bound_of(self.scheme, bound)
        measured = self.measuring.named(name)
        result = self._compared(measured.value, op, bound)
        return Verdict(
            result, "cmp", path, name=str(name), op=op, found=measured.value, bound=bound,
            part=measured.part, whole=measured.whole,
        )  # fmt: skip

    def _each_year(self, spec, _node, path):
        """Answer for each of the last complete calendar years; one without a figure is pending."""
        op, bound = (
            sign(self.scheme, path, spec["op"], OF_CONDITIONS),
            bound_of(self.scheme, spec["value"]),
        )
        count = self.scheme.number(spec["last"])
        years = self.measuring.named(spec["metric"]).value
        if UNK in (count, years) or bound is UNK:
            return Verdict(UNKNOWN, "each_year", path, name=spec["metric"], op=op, bound=bound)
        until = self.facts.as_of.year + (spec.get("with_current") is True)
        missing = getattr(years, "missing", None)
        figures = {
            year: (years or {}).get(str(year), missing) for year in range(until - int(count), until)
        }
        of = tuple(
            Verdict(
                self._compared(found, op, bound), "cmp", f"{path}.{year}",
                name=f"{spec['metric']}.{year}", op=op, found=found, bound=bound,
            )
            for year, found in figures.items()
        )  # fmt: skip
        result = least([one.result for one in of])
        return Verdict(result, "each_year", path, name=spec["metric"], op=op, bound=bound, of=of)

    @staticmethod
    def _compared(found, op, bound):
        if found is UNK or bound is UNK or op is UNK:
            return UNKNOWN
        if op == "exists":
            return PASS if (found not in (None, False, 0)) is (bound is not False) else FAIL
        if found is None or bound is None:
            return PENDING
        if op == "in":
            return most([_held(COMPARISONS["="], found, one) for one in bound])
        if op == "between":
            low, high = bound
            sides = [(">=", low), ("<=", high)]
            return least([_held(COMPARISONS[sign], found, one) for sign, one in sides])
        return _held(COMPARISONS[op], found, bound)


def bound_of(scheme, written):
    """Return what is compared with: a number, a list, a day, or a word."""
    found = scheme.value(written)
    if isinstance(found, list):
        every = [bound_of(scheme, one) for one in found]
        return UNK if UNK in every else every
    number = None if not is_known(found) else exact(found)
    return found if number is None else Fraction(number)


def _held(comparison, found, bound):
    """Compare; what cannot be put in order, a word and a number for example, is missing data."""
    if type(found) is not type(bound) and not (isinstance(found, date) and isinstance(bound, date)):
        return PENDING
    return PASS if comparison(found, bound) else FAIL


def kind_of(node, path):
    """Return which kind of condition a node is.

    :raises SchemeFault: if it is none, or several at once.
    """
    kinds = [key for key in node if key in GROUPS + LEAVES] if isinstance(node, dict) else []
    if len(kinds) != 1:
        raise SchemeFault([(path, _("Exactly one condition is needed here."))])
    return kinds[0]


def answered(known):
    """Return the result of a yes, a no, or no answer."""
    return PENDING if not is_known(known) else PASS if known is True else FAIL


def opposite(result):
    return {PASS: FAIL, FAIL: PASS}.get(result, result)


def least(results):
    """Return the result of conditions all of which have to hold."""
    return next((one for one in (UNKNOWN, FAIL, PENDING) if one in results), PASS)


def most(results):
    """Return the result of conditions one of which has to hold."""
    return next((one for one in (UNKNOWN, PASS, PENDING) if one in results), FAIL)
