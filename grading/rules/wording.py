"""Conditions, figures and values of a rule set as people read them, each with its place."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from grading.rules.measures import CALCULATIONS
from grading.rules.nodes import is_condition
from grading.rules.scheme import exact
from grading.rules.terms import label_of, label_of_key
from grading.rules.unknown import UNK, is_known

SIGNS = {">=": "≥", "<=": "≤", "!=": "≠"}
UNITS = {"years": gettext_lazy("years"), "months": gettext_lazy("months")}
WINDOWS = {
    "lifetime": gettext_lazy("ever"),
    "service": gettext_lazy("in the whole service"),
    "current_year": gettext_lazy("this year"),
    "last_years": gettext_lazy("in the last %s years"),
    "last_months": gettext_lazy("in the last %s months"),
    "complete_years": gettext_lazy("in the last %s calendar years"),
    "since": gettext_lazy("since: %s"),
}


@dataclass(frozen=True)
class Said:
    """A condition in words. ``of`` are those it is made of; ``kind`` is its name in the format."""

    path: str
    kind: str
    text: str
    clause: str = ""
    note: str = ""
    on_missing: str = ""
    is_unknown: bool = False
    of: tuple = ()
    # Of a member of a switch: the name of the choice.
    choice: str = ""


def say(scheme, node, path, *, names_parameters=True):
    """Return a condition in words, with all it is made of.

    :param names_parameters: whether a number tells the name of its parameter, as editors need it.
    """
    if not is_known(node):
        return Said(path, "UNK", _("not known yet"), is_unknown=True)
    if node == {}:
        return Said(path, "none", _("nothing beyond this"))
    if not is_condition(node):
        return Said(path, "other", value_words(node))
    return Saying(scheme, names_parameters=names_parameters).said(node, path)


def flat(said):
    """Return a condition with all it is made of in one line."""
    inner = "；".join(flat(one) for one in said.of)
    text = f"{said.text}（{inner}）" if inner else said.text
    return f"{text}〔{said.clause}〕" if said.clause else text


class Saying:
    """Puts the conditions of one scheme into words."""

    def __init__(self, scheme, *, names_parameters=True):
        self.scheme, self.names_parameters = scheme, names_parameters

    def said(self, node, path, choice=""):
        if not is_condition(node):
            found = say(self.scheme, node, path)
            return Said(**{**vars(found), "choice": choice})
        kind = next(key for key in (*INSIDE, *LEAVES) if key in node)
        text, of = _of_kind(self, kind, node, path)
        window = window_words(node.get("window"))
        return Said(
            path=path,
            kind=kind,
            text=f"{text}（{window}）" if window else text,
            clause=str(node["clause"]) if is_known(node.get("clause")) else "",
            note=str(node.get("note", "")),
            on_missing=str(node.get("on_missing", "")),
            is_unknown=any(one is UNK for one in _parts_of(node[kind])),
            of=tuple(of),
            choice=choice,
        )

    def listed(self, nodes, path):
        rows = nodes if isinstance(nodes, list) else [nodes]
        return [self.said(node, f"{path}[{at}]") for at, node in enumerate(rows)]

    def cmp(self, triple, _node):
        name, op, bound = triple
        return f"{metric_label(self.scheme, name)} {op_words(op)} {self.bound(name, bound)}"

    def each_year(self, spec, _node):
        told = {
            "years": self.number(spec["last"]),
            "metric": metric_label(self.scheme, spec["metric"]),
            "op": op_words(spec["op"]),
            "value": self.bound(spec["metric"], spec["value"]),
        }
        return _("in each of the last %(years)s calendar years: %(metric)s %(op)s %(value)s") % told

    def flag(self, name, node):
        return str(node.get("label") or label_of(name))

    def attest(self, name, node):
        label = node.get("label") or label_of(name)
        return _("a person confirms: %s") % label

    def use(self, name, _node):
        return _("the shared condition “%s”") % name

    def bound(self, metric, written):
        """Return a value with its unit, and the parameter it comes from."""
        text = self.number(written, is_share=_is_share(self.scheme, metric))
        return f"{text} {unit}" if (unit := unit_of(self.scheme, metric)) else text

    def number(self, written, *, is_share=False):
        if isinstance(written, list):
            return "、".join(self.number(one, is_share=is_share) for one in written)
        found = self.scheme.value(written)
        text = percent(found) if is_share and exact(found) is not None else value_words(found)
        is_parameter = isinstance(written, str) and written.startswith("$p.")
        return f"{text}〔{written[3:]}〕" if is_parameter and self.names_parameters else text


def _of_kind(saying, kind, node, path):
    """Return the words of a condition and those it is made of."""
    if kind in LEAVES:
        return getattr(saying, kind)(node[kind], node), ()
    return INSIDE[kind](saying, node, path)


def _listed(words):
    def said(saying, node, path):
        kind = "all" if "all" in node else "any"
        return str(words), saying.listed(node[kind], f"{path}.{kind}")

    return said


def _k_of(saying, node, path):
    spec = node["k_of"]
    text = _("at least %s of these:") % saying.number(spec["k"])
    return text, saying.listed(spec["of"], f"{path}.k_of.of")


def _not(saying, node, path):
    return _("this must not be:"), [saying.said(node["not"], f"{path}.not")]


def _switch(saying, node, path):
    name = node["switch"]
    chosen = saying.scheme.reading(name)
    shown = label_of(chosen) if is_known(chosen) else _("not decided")
    text = _("by the reading “%(name)s” (%(chosen)s):") % {
        "name": label_of(name),
        "chosen": shown,
    }
    return text, [saying.said(node[key], f"{path}.{key}", key) for key in options_of(node)]


INSIDE = {
    "all": _listed(gettext_lazy("all of these:")),
    "any": _listed(gettext_lazy("one of these:")),
    "k_of": _k_of,
    "not": _not,
    "switch": _switch,
}
LEAVES = ("cmp", "flag", "attest", "each_year", "use")


def options_of(node):
    """Return the names of the choices that a switch knows."""
    return [key for key in node if key not in ("switch", "id", "clause", "note", "on_missing")]


def op_words(op):
    """Return a comparison as it is read; the words of the rule stay its words."""
    if op is UNK:
        return _("(comparison not known)")
    return {"between": _("between"), "in": _("one of"), "exists": _("exists")}.get(
        op, SIGNS.get(op, str(op))
    )


def metric_label(scheme, name):
    """Return what a metric is called: by the rule set, by the house, or as it is written."""
    if name is UNK:
        return _("(metric not known)")
    calc = scheme.section("metrics").get(name)
    if isinstance(calc, dict) and isinstance(calc.get("label"), str):
        return calc["label"]
    return label_of(name)


def unit_of(scheme, name):
    calc = scheme.section("metrics").get(name) if name is not UNK else None
    if not isinstance(calc, dict) or not ("service_months" in calc or "duration" in calc):
        return ""
    default = "months" if "duration" not in calc and str(name).endswith("_months") else "years"
    return str(UNITS.get(calc.get("unit", default), ""))


def _is_share(scheme, name):
    calc = scheme.section("metrics").get(name) if name is not UNK else None
    return isinstance(calc, dict) and "ratio" in calc


def percent(found):
    """Return an exact share as per cent.

    >>> percent("0.85")
    '85%'
    """
    return f"{(exact(found) * 100).normalize():f}%"


def window_words(window):
    """Return a span of time in words, "" if there is none."""
    if not is_known(window):
        return ""
    if not isinstance(window, dict):
        return str(WINDOWS.get(str(window), value_words(window)))
    kind, value = next(iter(window.items()), ("", ""))
    if kind in WINDOWS:
        return str(WINDOWS[kind]) % value_words(value)
    return "、".join(f"{label_of_key(key)} {value_words(one)}" for key, one in window.items())


def calc_words(scheme, calc):
    """Return how a metric is worked out, in words."""
    if not is_known(calc):
        return _("not known yet")
    kind = next((key for key in calc if key in CALCULATIONS), None)
    if kind is None:
        return value_words(calc)
    return f"{label_of(kind)}：{_operand(scheme, calc[kind])}"


def _operand(scheme, spec):
    if isinstance(spec, list):
        return "，".join(_operand(scheme, one) for one in spec)
    if isinstance(spec, dict):
        parts = ((label_of_key(key), _operand(scheme, one)) for key, one in spec.items())
        return "，".join(f"{label} {words}" for label, words in parts)
    if isinstance(spec, str) and not spec.startswith("$p."):
        return metric_label(scheme, spec)
    return Saying(scheme).number(spec)


def value_words(value):
    """Return any value of a document in one line."""
    if not is_known(value):
        return _("not known yet") if value is UNK else "—"
    if isinstance(value, bool):
        return pgettext("rule", "yes") if value else pgettext("rule", "no")
    if isinstance(value, dict):
        rows = [f"{label_of_key(key)}：{value_words(one)}" for key, one in value.items()]
        return "；".join(rows) or "—"
    if isinstance(value, list):
        return "、".join(value_words(one) for one in value) or "—"
    return _plain_words(value)


def _plain_words(value):
    if isinstance(value, date):
        return date_format(value)
    return f"{value:f}" if isinstance(value, Decimal) else label_of(value)


def _parts_of(value):
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else [value]
