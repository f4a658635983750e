"""Forms of conditions, metrics, parameters and readings: nobody writes code for them."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grading.forms.scheme_values import ANY, HELP, NodeForm, ValueField
from grading.rules import wording
from grading.rules.parts import LIST, NUMBER
from grading.rules.review_rows import band_names
from grading.rules.terms import YEARS_OF_A_BAND, known_facts, label_of
from grading.rules.typed import shown
from grading.rules.unknown import UNK, is_known

SIGNS = [
    (">=", "≥"), (">", ">"), ("<=", "≤"), ("<", "<"), ("=", "="), ("!=", "≠"),
    ("不低于", "不低于"), ("满", "满"), ("以上", "以上"), ("超过", "超过"),
    ("不超过", "不超过"), ("不满", "不满"), ("以下", "以下"),
    ("between", _("between")), ("in", _("one of")), ("exists", _("exists")),
]  # fmt: skip
WINDOWS = [("", _("no span of time")), *wording.WINDOWS.items()]
COUNTED = ("last_years", "last_months", "complete_years")
ON_MISSING = [("", _("waits for data")), ("fail", _("counts as not met"))]
OTHER = "*"
MARKS = ("clause", "id", "note", "on_missing", "label")
GROUPED = ("all", "any", "k_of", "not")


def text(label, **given):
    return forms.CharField(
        label=label, max_length=300, required=given.pop("required", False), **given
    )


class ConditionForm(NodeForm):
    """What every condition may have: a clause, a name, a note."""

    kind = ""

    def __init__(self, *args, scheme, node=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.scheme = scheme
        self.node = node if isinstance(node, dict) else {}
        self.build()
        self.fields["clause"] = text(gettext("Clause of the document"))
        self.fields["id"] = text(
            gettext("Name of the condition"), help_text=gettext("For waivers.")
        )
        self.fields["note"] = text(gettext("Note"))
        for name in ("clause", "id", "note"):
            found = self.node.get(name)
            self.initial.setdefault(name, str(found) if is_known(found) else "")
        self.last()

    def build(self):
        """Add the fields of this kind."""

    def made(self):
        """Return the condition that was typed; what the form does not show stays."""
        marks = [name for name in MARKS if name in self.fields]
        gone = {*marks, *self.replaced()}
        found = {key: value for key, value in self.node.items() if key not in gone}
        typed = {name: self.cleaned_data[name] for name in marks if self.cleaned_data.get(name)}
        return {**self.condition(), **found, **typed}

    def replaced(self):
        """Return the names that the condition says anew."""
        return [self.kind]

    def condition(self):
        raise NotImplementedError

    def add_missing(self):
        self.fields["on_missing"] = forms.ChoiceField(
            label=gettext("If data is missing"), choices=ON_MISSING, required=False,
            initial=self.node.get("on_missing", ""),
        )  # fmt: skip

    def add_named(self, name, label, rows, held):
        """Add a choice of names with a field for another one beside it."""
        rows = [("", gettext("Choose")), *rows, (OTHER, gettext("another, typed below"))]
        known = held in dict(rows)
        self.fields[name] = forms.ChoiceField(
            label=label, choices=rows, required=False, initial=held if known else OTHER
        )
        self.fields[f"{name}_other"] = text(
            gettext("%s, typed") % label, initial="" if known or held is None else shown(held)
        )

    def named(self, name):
        chosen = self.cleaned_data.get(name)
        typed = self.cleaned_data.get(f"{name}_other", "").strip()
        found = typed if chosen in ("", OTHER, None) else chosen
        return UNK if found in ("未知", "UNK") else found

    def require(self, *names):
        for name in names:
            if name in self.cleaned_data and not self.errors.get(name) and self.named(name) == "":
                self.add_error(name, gettext("Choose one, or type another below."))

    def add_value(self, name, label, held):
        """Add a value: typed, or one of the parameters."""
        rows = [(f"$p.{key}", f"{key}＝{shown(value)}") for key, value in self.params()]
        is_parameter = isinstance(held, str) and held in dict(rows)
        self.fields[f"{name}_param"] = forms.ChoiceField(
            label=gettext("%s: a parameter") % label,
            choices=[("", gettext("typed below")), *rows],
            required=False,
            initial=held if is_parameter else "",
        )
        self.fields[name] = ValueField(
            ANY, label=label, initial="" if is_parameter else shown(held), help_text=HELP
        )

    def value(self, name, held=None):
        """Return the parameter or value that was given; what was not changed stays as it was."""
        if chosen := self.cleaned_data.get(f"{name}_param"):
            return chosen
        if self.data.get(name, "").strip() == shown(held) and held is not None:
            return held
        return self.cleaned_data.get(name)

    def params(self):
        return self.scheme.section("params").items()

    def metrics(self):
        own = [
            (key, wording.metric_label(self.scheme, key)) for key in self.scheme.section("metrics")
        ]
        own += [
            (f"{YEARS_OF_A_BAND}{one}", label_of(f"{YEARS_OF_A_BAND}{one}"))
            for one in band_names(self.scheme)
        ]
        return [*own, *(row for row in known_facts() if row[0] not in dict(own))]


class CmpForm(ConditionForm):
    """A figure is compared with a value."""

    kind = "cmp"

    def build(self):
        self.name, self.op, self.bound = self.node.get("cmp") or (None, ">=", None)
        self.add_named("metric", gettext("Figure"), self.metrics(), self.name)
        self.add_op(self.op)
        self.add_value("bound", gettext("Value"), self.bound)
        self.add_missing()

    def add_op(self, held):
        rows = [*SIGNS, ("未知", gettext("not known yet"))]
        own = [(word, word) for word in self.scheme.section("words") if word not in dict(SIGNS)]
        self.fields["op"] = forms.ChoiceField(
            label=gettext("Comparison"), choices=[*rows, *own], initial=shown(held)
        )

    def clean(self):
        cleaned = super().clean()
        self.require("metric")
        if self.value("bound", self.bound) is None and not self.errors.get("bound"):
            self.add_error("bound", gettext("A value is needed here; “未知” if it is not known."))
        return cleaned

    def condition(self):
        bound = self.value("bound", self.bound)
        if self.cleaned_data["op"] in ("between", "in") and isinstance(bound, str):
            bound = [one.strip() for one in bound.replace("，", "、").split("、")]
        return {"cmp": [self.named("metric"), self.operator(), bound]}

    def operator(self):
        return UNK if self.cleaned_data["op"] == "未知" else self.cleaned_data["op"]


class EachYearForm(CmpForm):
    """A figure by year is compared in each of the last years."""

    kind = "each_year"

    def build(self):
        held = self.node.get("each_year") or {}
        self.bound, self.years = held.get("value"), held.get("last")
        self.add_named("metric", gettext("Figure by year"), self.metrics(), held.get("metric"))
        self.fields["last"] = ValueField(
            NUMBER, label=gettext("Of so many last calendar years"), initial=shown(self.years),
            required=True,
        )  # fmt: skip
        self.add_op(held.get("op", ">="))
        self.add_value("bound", gettext("Value"), self.bound)
        self.add_missing()

    def condition(self):
        held = self.node.get("each_year") or {}
        return {
            "each_year": {
                **held,
                "metric": self.named("metric"),
                "last": self.cleaned_data["last"],
                "op": self.operator(),
                "value": self.value("bound", self.bound),
            }
        }


class FlagForm(ConditionForm):
    """Something is so, or happened in a span of time."""

    kind = "flag"
    question = _("What is so")

    def build(self):
        self.add_named("name", str(self.question), known_facts(), self.node.get(self.kind))
        self.fields["label"] = text(gettext("In words"), initial=self.node.get("label", ""))
        self.add_window()
        self.add_missing()

    def add_window(self):
        add_window(self, self.node.get("window"))

    def clean(self):
        cleaned = super().clean()
        self.require("name")
        clean_window(self)
        return cleaned

    def condition(self):
        return {self.kind: self.named("name"), **window_typed(self)}

    def replaced(self):
        return [self.kind, "window"] if "window" in self.fields else [self.kind]


class AttestForm(FlagForm):
    """A person answers a question with yes or no, with a reason."""

    kind = "attest"
    question = _("What a person confirms")

    def add_window(self):
        """A confirmation is of today."""

    def condition(self):
        return {self.kind: self.named("name")}


class UseForm(ConditionForm):
    """A shared condition."""

    kind = "use"

    def build(self):
        rows = [(name, name) for name in self.scheme.section("conditions")]
        self.fields["use"] = forms.ChoiceField(
            label=gettext("Shared condition"), choices=rows, initial=self.node.get("use")
        )

    def condition(self):
        return {"use": self.cleaned_data["use"]}


class GroupForm(ConditionForm):
    """A group of conditions: all, one, at least so many, or the contrary of one."""

    kind = "all"

    def build(self):
        held = next((key for key in ("all", "any", "k_of", "not") if key in self.node), self.kind)
        self.members = self._members(held)
        rows = [("all", gettext("all of these")), ("any", gettext("one of these")),
                ("k_of", gettext("at least so many of these"))]  # fmt: skip
        if len(self.members) == 1:
            rows.append(("not", gettext("this must not be")))
        self.fields["group"] = forms.ChoiceField(
            label=gettext("It holds if"), choices=rows, initial=held, widget=forms.RadioSelect
        )
        self.k = self.node["k_of"].get("k") if isinstance(self.node.get("k_of"), dict) else None
        self.add_value("k", gettext("So many"), self.k)

    def _members(self, kind):
        held = self.node.get(kind)
        if kind == "not":
            return [held]
        if kind == "k_of":
            held = held.get("of") if isinstance(held, dict) else None
        return held if isinstance(held, list) and held else [UNK]

    def replaced(self):
        return GROUPED

    def condition(self):
        group = self.cleaned_data["group"]
        if group == "not":
            return {"not": self.members[0]}
        if group == "k_of":
            return {"k_of": {"k": self.value("k", self.k), "of": self.members}}
        return {group: self.members}

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("group") == "k_of" and self.value("k", self.k) is None:
            self.add_error("k", gettext("A number is needed here."))
        return cleaned


class SwitchForm(ConditionForm):
    """A condition for each reading of a clause that may be read in several ways."""

    kind = "switch"

    def build(self):
        held = self.node.get("switch")
        self.options = wording.options_of(self.node)
        self.add_named("reading", gettext("Reading"), self.readings(), held)
        self.fields["options"] = ValueField(
            LIST, label=gettext("Ways to read it"), initial="、".join(self.options), required=True,
            help_text=gettext("Names with 、 between them; each gets a condition of its own."),
        )  # fmt: skip

    def readings(self):
        return [(name, label_of(name)) for name in self.scheme.section("readings")]

    def clean(self):
        cleaned = super().clean()
        self.require("reading")
        return cleaned

    def replaced(self):
        return ["switch", *self.options]

    def condition(self):
        names = self.cleaned_data["options"]
        return {
            "switch": self.named("reading"), **{name: self.node.get(name, UNK) for name in names}
        }  # fmt: skip


FORMS = {
    "cmp": (_("a figure is compared"), CmpForm),
    "flag": (_("something is so, or happened"), FlagForm),
    "attest": (_("a person confirms something"), AttestForm),
    "each_year": (_("a figure of each of the last years"), EachYearForm),
    "all": (_("a group: all, one, or some of several"), GroupForm),
    "switch": (_("a clause that is read in several ways"), SwitchForm),
    "use": (_("a shared condition"), UseForm),
}


def kind_of(node):
    """Return under which kind of ``FORMS`` a condition is edited."""
    found = next((key for key in (*FORMS, *GROUPED) if key in node), "all")
    return "all" if found in GROUPED else found


def add_window(form, held):
    """Add a span of time to a form: its kind, and the number it may need."""
    kind, number = held or "", ""
    if isinstance(held, dict):
        kind, number = next(iter(held.items()), ("", ""))
    kind = shown(kind)
    rows = [(key, str(label) % "…" if "%s" in str(label) else label) for key, label in WINDOWS]
    if kind not in dict(rows):
        rows.append((kind, str(kind)))
    form.fields["window"] = forms.ChoiceField(
        label=gettext("Span of time"), choices=rows, required=False, initial=kind
    )
    form.fields["window_number"] = ValueField(
        ANY, label=gettext("Years, months, or since when"), initial=shown(number)
    )
    form.held_window = held


def clean_window(form):
    """Ask for the number of a span of time that needs one."""
    kind, number = form.cleaned_data.get("window"), form.cleaned_data.get("window_number")
    if kind in COUNTED and (type(number) is not int or number < 1):
        form.add_error("window_number", gettext("A whole number is needed here."))
    if kind == "since" and not isinstance(number, str) and not hasattr(number, "year"):
        form.add_error("window_number", gettext("A day, or the name of one, is needed here."))


def window_typed(form):
    """Return the span of time as it stands in a condition."""
    kind, number = form.cleaned_data.get("window"), form.cleaned_data.get("window_number")
    if not kind:
        return {}
    if kind in COUNTED or kind == "since":
        return {"window": {kind: number}}
    known = kind in wording.WINDOWS
    return {"window": kind if known else form.held_window}
