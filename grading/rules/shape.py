"""Whether a document is a rule set: every fault with its path, in words a clerk understands."""

from datetime import date
from difflib import get_close_matches

from django.utils.translation import gettext as _

from grading.rules.measures import CALCULATIONS, UNITS, operands_of
from grading.rules.operators import OF_CONDITIONS, meaning
from grading.rules.predicates import GROUPS, LEAVES
from grading.rules.scheme import SchemeFault, exact
from grading.rules.spans import span_of
from grading.rules.unknown import UNK, is_known

MAPPINGS = (
    "jurisdiction", "source", "dates", "words", "params", "readings", "ungraded", "metrics", "req",
    "conditions", "path", "exam", "sheet", "selection", "committee", "round", "publicity",
    "objection", "result", "validity", "scales",
)  # fmt: skip
LISTS = (
    "levels", "open_levels", "completeness", "vetoes", "waivers", "authority", "stages",
    "downgrade", "benefits", "mappings",
)  # fmt: skip
WORDS_OF_A_RULE = ("id", "title", "doc_no", "issuer", "subject", "parent", "note", "trial")
KEYS = (*WORDS_OF_A_RULE, *MAPPINGS, *LISTS, "population", "base", "review")
OF_OTHERS = {"ratio": 2, "multiply": 2, "add": 0}
OF_ROWS = ("count", "sum", "average", "min", "max", "exists", "latest", "by_year")
SUBJECTS = ("mediator", "committee", "title")
CONDITION = (*GROUPS, *LEAVES)


def faults_of(scheme):
    """Return all faults of a rule set as pairs of a path and a sentence; empty if there is none."""
    return [*Shape(scheme).faults()]


def strangers(document):
    """Return the keys that the format does not have: they are kept, and nothing acts on them."""
    return [key for key in document if key not in KEYS]


class Shape:
    """Walks over one document and says what is wrong with it."""

    def __init__(self, scheme):
        self.scheme, self.document = scheme, scheme.document

    def faults(self):
        yield from self._keys()
        # What comes after rests on these being right.
        yield from (first := [*self._kinds()])
        if first:
            return
        yield from (levels := [*self._scales()])
        if levels:
            return
        yield from self._numbers()
        yield from self._metrics()
        yield from self._conditions()

    def _keys(self):
        for key in strangers(self.document):
            if near := get_close_matches(str(key), KEYS, n=1, cutoff=0.8):
                told = {"key": key, "near": near[0]}
                yield str(key), _("“%(key)s” is not of the format. Is “%(near)s” meant?") % told

    def _kinds(self):
        for keys, kind, sentence in (
            (MAPPINGS, dict, _("Names with values are needed here.")),
            (LISTS, list, _("A list is needed here.")),
        ):
            for key in keys:
                value = self.document.get(key)
                if is_known(value) and not isinstance(value, kind):
                    # Some sections may be written either way; what reads them tells them apart.
                    if key in ("completeness", "benefits") and isinstance(value, dict):
                        continue
                    yield key, sentence
        if self.document.get("subject", SUBJECTS[0]) not in SUBJECTS:
            yield "subject", _("One of %s is needed here.") % ", ".join(SUBJECTS)

    def _scales(self):
        yield from self._levels("levels", self.document.get("levels"))
        for scale, rows in self.scheme.section("scales").items():
            yield from self._levels(f"scales.{scale}", rows)

    def _levels(self, path, rows):
        if not isinstance(rows, list) or not rows:
            yield path, _("A rule needs its levels.")
            return
        codes, ranks = [], []
        for at, row in enumerate(rows):
            if not isinstance(row, dict) or not {"code", "label", "rank"} <= row.keys():
                yield f"{path}[{at}]", _("A level needs a code, a label and a rank.")
                continue
            if type(row["rank"]) is not int or row["rank"] < 1:
                yield f"{path}[{at}].rank", _("A rank is a whole number; 1 is the highest level.")
            codes.append(str(row["code"]))
            ranks.append(row["rank"])
        if len(set(codes)) < len(codes):
            yield path, _("Two levels have the same code.")
        if len({str(rank) for rank in ranks}) < len(ranks):
            yield path, _("Two levels have the same rank.")

    def _numbers(self):
        """Yield the parameters that are a word: compared with it, everybody fails in silence."""
        for name, value in self.scheme.section("params").items():
            if isinstance(value, str) and exact(value) is None:
                yield f"params.{name}", _("A number is needed here.")

    def _metrics(self):
        for name, calc in self.scheme.section("metrics").items():
            path = f"metrics.{name}"
            if not is_known(calc):
                continue
            kinds = [key for key in calc if key in CALCULATIONS] if isinstance(calc, dict) else []
            if len(kinds) != 1:
                known = ", ".join(CALCULATIONS)
                yield path, _("Exactly one calculation is needed here: %s.") % known
            elif calc.get("unit", "years") not in UNITS:
                yield f"{path}.unit", _("One of %s is needed here.") % ", ".join(UNITS)
            else:
                yield from self._parameters(calc, path)
                yield from self._operands(kinds[0], calc[kinds[0]], path)
        yield from self._circles()

    def _operands(self, kind, spec, path):
        here = f"{path}.{kind}"
        if kind in OF_OTHERS:
            few = OF_OTHERS[kind] and not (isinstance(spec, list) and len(spec) == OF_OTHERS[kind])
            if few or not isinstance(spec, list):
                yield here, _("A list of two values is needed here.")
            else:
                yield from self._named_or_numbers(spec, here)
        elif kind == "capped_count":
            if not (isinstance(spec, dict) and {"total", "limited", "cap"} <= spec.keys()):
                yield here, _("“total”, “limited” and “cap” are needed here.")
                return
            yield from self._named_or_numbers(spec.values(), here)
            if (
                self.scheme.value(spec["cap"]) is not UNK
                and exact(self.scheme.value(spec["cap"])) is None
            ):
                yield f"{here}.cap", _("A number is needed here.")
        elif kind in OF_ROWS:
            yield from self._rows(spec, here)
        else:
            since = spec.get("since") if isinstance(spec, dict) and kind == "duration" else spec
            yield from self._in_flag(since, None, here)

    def _named_or_numbers(self, operands, path):
        for one in operands:
            if one is not UNK and not isinstance(one, str) and exact(one) is None:
                yield path, _("A name or a number is needed here.")

    def _rows(self, spec, path):
        """Yield the faults of what is counted: a series, or one with conditions and a window."""
        if isinstance(spec, str) or spec is UNK:
            return
        if not isinstance(spec, dict) or not isinstance(spec.get("of"), str):
            yield path, _("“of” has to name a series here.")
            return
        if not isinstance(spec.get("where", {}), dict):
            yield f"{path}.where", _("Names with values are needed here.")
        for name in ("field", "distinct"):
            if name in spec and not isinstance(spec[name], str):
                yield f"{path}.{name}", _("A name is needed here.")
        yield from self._window(spec, path)

    @staticmethod
    def _window(spec, path):
        try:
            span_of(spec.get("window"), date.max.replace(year=2999), lambda _name: None)
        except SchemeFault as fault:
            yield from ((f"{path}.{place}", sentence) for place, sentence in fault.faults)

    def _circles(self):
        metrics = self.scheme.section("metrics")
        for name in metrics:
            if name in self._reached(metrics, name, set()):
                yield f"metrics.{name}", _("A metric cannot rest on itself.")

    def _reached(self, metrics, name, seen):
        """Return the metrics that one rests on, directly or through others."""
        for one in operands_of(metrics[name]):
            if one in metrics and one not in seen:
                seen.add(one)
                self._reached(metrics, one, seen)
        return seen

    def _conditions(self):
        codes = {level.code for level in self.scheme.levels}
        for code in self.scheme.rows("open_levels"):
            if str(code) not in codes:
                yield "open_levels", _("There is no level “%s”.") % code
        for code, node in self.scheme.section("req").items():
            if str(code) not in codes:
                yield f"req.{code}", _("There is no level “%s”.") % code
            yield from self._condition(node, f"req.{code}")
        for key in ("population", "base"):
            yield from self._condition(self.document.get(key), key)
        for key in ("vetoes", "waivers", "downgrade", "authority"):
            yield from self._rows_with_conditions(key)
        for name, node in self.scheme.section("conditions").items():
            yield from self._condition(node, f"conditions.{name}")

    def _rows_with_conditions(self, key):
        for at, row in enumerate(self.scheme.rows(key)):
            path = f"{key}[{at}]"
            if not isinstance(row, dict):
                yield path, _("Names with values are needed here.")
            elif key == "vetoes" and "when" not in row:
                yield path, _("A veto needs its condition: “when”.")
            elif key == "authority" and not isinstance(row.get("when", {}), dict):
                yield f"{path}.when", _("Names with values are needed here.")
            elif key in ("vetoes", "waivers"):
                yield from self._window(row, path)
                yield from self._condition(row.get("when"), f"{path}.when")

    def _condition(self, node, path):
        """Yield the faults of a condition; empty and unknown ones have none."""
        if not is_known(node) or node == {}:
            return
        kinds = [key for key in node if key in CONDITION] if isinstance(node, dict) else []
        if len(kinds) != 1:
            known = ", ".join(CONDITION)
            yield path, _("Exactly one condition is needed here: %s.") % known
            return
        if node.get("on_missing", "pending") not in ("pending", "fail"):
            yield f"{path}.on_missing", _("One of %s is needed here.") % "pending, fail"
        if kinds[0] == "flag":
            yield from self._window(node, path)
        inside = getattr(self, f"_in_{kinds[0]}", None)
        if inside:
            yield from inside(node[kinds[0]], node, f"{path}.{kinds[0]}")

    def _in_all(self, nodes, _node, path):
        if nodes is UNK:
            return
        if not isinstance(nodes, list) or not nodes:
            yield path, _("A list of conditions is needed here.")
            return
        for at, one in enumerate(nodes):
            yield from self._condition(one, f"{path}[{at}]")

    _in_any = _in_all

    def _in_not(self, inner, _node, path):
        yield from self._condition(inner, path)

    def _in_k_of(self, spec, node, path):
        if not isinstance(spec, dict) or not {"k", "of"} <= spec.keys():
            yield path, _("“k” and “of” are needed here.")
            return
        yield from self._in_all(spec["of"], node, f"{path}.of")
        count = exact(self.scheme.value(spec["k"]) if is_known(spec["k"]) else None)
        if isinstance(spec["of"], list) and count is not None and not 1 <= count <= len(spec["of"]):
            yield f"{path}.k", _("So many conditions are not in the list.")

    def _in_cmp(self, triple, _node, path):
        if not isinstance(triple, list) or len(triple) != 3:
            yield path, _("A metric, a comparison and a value are needed here.")
            return
        yield from self._in_flag(triple[0], _node, path)
        yield from self._operator(triple[1], path)
        yield from self._parameters(triple[2], path)

    def _in_each_year(self, spec, _node, path):
        if not isinstance(spec, dict) or not {"metric", "last", "op", "value"} <= spec.keys():
            yield path, _("“metric”, “last”, “op” and “value” are needed here.")
            return
        yield from self._in_flag(spec["metric"], _node, path)
        yield from self._operator(spec["op"], path)
        yield from self._parameters([spec["last"], spec["value"]], path)

    def _in_use(self, name, _node, path):
        if str(name) not in self.scheme.section("conditions"):
            yield path, _("There is no condition “%s”.") % name

    def _in_flag(self, name, _node, path):
        if name is not UNK and not (isinstance(name, str) and name):
            yield path, _("A name is needed here.")

    _in_attest = _in_flag

    def _in_switch(self, reading, node, path):
        options = [key for key in node if key not in ("switch", "id", "clause", "note")]
        if str(reading) not in self.scheme.section("readings"):
            yield path, _("There is no reading “%s”.") % reading
        elif is_known(chosen := self.scheme.reading(reading)) and chosen not in options:
            known = ", ".join(map(str, options))
            yield f"readings.{reading}", _("One of %s is needed here.") % known
        for option in options:
            yield from self._condition(node[option], f"{path.removesuffix('switch')}{option}")

    def _operator(self, written, path):
        if written is UNK:
            return
        if not isinstance(written, str):
            yield path, _("A comparison is needed here.")
            return
        sign = meaning(self.scheme, written)
        if sign is not UNK and sign not in OF_CONDITIONS:
            yield path, _("“%s” is no comparison of this rule set.") % written

    def _parameters(self, written, path):
        """Yield the parameters that are named and not there."""
        if isinstance(written, dict):
            for key, one in written.items():
                yield from self._parameters(one, f"{path}.{key}")
        elif isinstance(written, list):
            for one in written:
                yield from self._parameters(one, path)
        elif isinstance(written, str) and written.startswith("$p."):
            known = self.scheme.section("params")
            yield from (
                []
                if written[3:] in known
                else [(path, _("There is no parameter “%s”.") % written[3:])]
            )
