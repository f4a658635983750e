"""Forms of metrics, parameters and readings."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grading.forms.scheme_nodes import add_window, clean_window, text, window_typed
from grading.forms.scheme_values import ANY, HELP, NodeForm, ValueField
from grading.rules.measures import CALCULATIONS
from grading.rules.parts import LIST
from grading.rules.terms import label_of
from grading.rules.typed import guessed, shown
from grading.rules.unknown import UNK

PAIRS = ("ratio", "multiply")
SERIES = ("count", "sum", "average", "min", "max", "exists", "latest", "by_year")
SPANS = ("service_months", "duration")
UNITS = [("", _("as usual")), ("years", _("years")), ("months", _("months"))]


class MetricForm(NodeForm):
    """A figure that the rule works out: of which kind, and from what."""

    def __init__(self, *args, kind, name="", calc=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind, self.metric = kind, name
        self.calc = calc if isinstance(calc, dict) and kind in calc else {}
        self.spec = self.calc.get(kind)
        if not name:
            self.fields["name"] = forms.RegexField(
                r"\A[\w-]{1,60}\Z", label=gettext("Name"),
                help_text=gettext("Letters, digits, - and _ only."),
            )  # fmt: skip
        self.fields["label"] = text(gettext("In words"), initial=self.calc.get("label", ""))
        self._build()
        self.last()

    def _build(self):
        if self.kind in PAIRS:
            left, right = self.spec if isinstance(self.spec, list) else ("", "")
            self._operand("left", gettext("Figure above the line"), left)
            self._operand("right", gettext("Figure below the line"), right)
        elif self.kind == "capped_count":
            for name, label in (("total", gettext("All")), ("limited", gettext("Of them limited")),
                                ("cap", gettext("Share at most"))):  # fmt: skip
                self._operand(name, label, (self.spec or {}).get(name))
        elif self.kind == "add":
            self.fields["operands"] = ValueField(
                LIST, label=gettext("Figures"), initial=shown(self.spec), required=True
            )
        elif self.kind in SERIES:
            self._build_series()
        else:
            self._operand("of", gettext("Of"), self._plain_spec())
        if self.kind in SPANS:
            self.fields["unit"] = forms.ChoiceField(
                label=gettext("Unit"), choices=UNITS, required=False, initial=self.calc.get("unit")
            )

    def _build_series(self):
        spec = self.spec if isinstance(self.spec, dict) else {"of": self.spec}
        self._operand("of", gettext("Series"), spec.get("of"))
        self.fields["field"] = text(gettext("Figure of each row"), initial=spec.get("field", ""))
        self.fields["distinct"] = text(
            gettext("Each counted once by"), initial=spec.get("distinct", "")
        )
        self.held_where = spec.get("where") or {}
        lines = "\n".join(
            f"{name}：{shown(one)}" for name, one in self.held_where.items()
            if not isinstance(one, dict)
        )  # fmt: skip
        self.fields["where"] = forms.CharField(
            label=gettext("Only rows where"), required=False, initial=lines,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=gettext("A line each: name：value; several values with 、 between them."),
        )  # fmt: skip
        add_window(self, spec.get("window"))

    def _plain_spec(self):
        if isinstance(self.spec, dict):
            return self.spec.get("since", self.spec.get("of"))
        return self.spec or ("service" if self.kind == "service_months" else "")

    def _operand(self, name, label, held):
        self.fields[name] = ValueField(
            ANY, label=label, initial=shown(held), required=True,
            help_text=gettext(
                "The name of a figure, a number, or $p. and the name of a parameter."
            ),
        )  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        if "window" in self.fields:
            clean_window(self)
        if self.fields.get("where") and any(
            "：" not in one.replace(":", "：") for one in self._lines()
        ):
            self.add_error(
                "where", gettext("A line each: name：value; several values with 、 between them.")
            )
        return cleaned

    def _lines(self):
        return [
            one.strip() for one in self.cleaned_data.get("where", "").splitlines() if one.strip()
        ]

    def made(self):
        """Return the calculation that was typed."""
        found = {key: value for key, value in self.calc.items() if key not in ("label", "unit")}
        for name in ("label", "unit"):
            if typed := self.cleaned_data.get(name):
                found[name] = typed
        return {**found, self.kind: self._spec()}

    def _spec(self):
        typed = self.cleaned_data
        if self.kind in PAIRS:
            return [typed["left"], typed["right"]]
        if self.kind == "capped_count":
            return {name: typed[name] for name in ("total", "limited", "cap")}
        if self.kind == "add":
            return typed["operands"]
        if self.kind in SERIES:
            return self._series()
        return typed["of"]

    def _series(self):
        typed = self.cleaned_data
        where = {name: one for name, one in self.held_where.items() if isinstance(one, dict)}
        for line in self._lines():
            name, _colon, value = line.replace(":", "：", 1).partition("：")
            several = [guessed(one) for one in value.split("、")]
            where[name.strip()] = several if len(several) > 1 else several[0]
        found = {"of": typed["of"], **window_typed(self)}
        found |= {name: typed[name] for name in ("field", "distinct") if typed.get(name)}
        return found | ({"where": where} if where else {})


class MetricKindForm(forms.Form):
    """Which kind of figure."""

    kind = forms.ChoiceField(
        label=_("Kind of figure"), choices=lambda: [(kind, label_of(kind)) for kind in CALCULATIONS]
    )


class ParameterForm(NodeForm):
    """The value of a parameter, and where it comes from."""

    value = ValueField(ANY, label=_("Value"), help_text=HELP)
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        required=False,
        help_text=_("The clause it comes from, or “本局设定” for a setting of this bureau."),
    )

    def __init__(self, *args, name="", value=None, source="", **kwargs):
        super().__init__(*args, **kwargs)
        self.held = value
        if not name:
            self.fields["name"] = forms.RegexField(r"\A[\w-]{1,60}\Z", label=gettext("Name"))
            self.order_fields(["name"])
        self.initial |= {"value": shown(value), "source": shown(source) if source else ""}
        self.last()

    def typed_value(self):
        if self.held is not None and self.data.get("value", "").strip() == shown(self.held):
            return self.held
        found = self.cleaned_data["value"]
        return UNK if found is None else found


class ReadingForm(NodeForm):
    """Which of the possible readings is taken, and who decided so."""

    decided_by = forms.CharField(label=_("Decided by"), max_length=120)

    def __init__(self, *args, options, chosen="", decided_by="", **kwargs):
        super().__init__(*args, **kwargs)
        field = {"label": gettext("Reading"), "initial": chosen}
        if options:
            rows = [(one, label_of(one)) for one in options]
            self.fields["choice"] = forms.ChoiceField(
                choices=rows, widget=forms.RadioSelect, **field
            )
        else:
            self.fields["choice"] = forms.CharField(max_length=80, **field)
        self.initial.setdefault("decided_by", decided_by)
        self.order_fields(["choice", "decided_by"])
