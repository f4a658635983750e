"""Fields for the values of a rule set, and the form of any mapping of it."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grading.actions.scheme_editing import LEFT_OUT
from grading.rules.parts import WORD, YES_NO
from grading.rules.terms import label_of
from grading.rules.typed import NotTyped, guessed, shown, typed
from grading.rules.unknown import UNK
from office.desk.forms import RecordForm

ANY = "any"
UNKNOWN = "未知"
HELP = _("Left blank: the rule does not name it. “未知”: it is not known yet.")


class ValueField(forms.CharField):
    """One value of a rule set as it is typed. Its cleaned value is None if it was left blank."""

    def __init__(self, kind, **given):
        self.kind = kind
        given.setdefault("required", False)
        given.setdefault("max_length", 2_000)
        super().__init__(**given)

    def to_python(self, value):
        # A browser sends the ends of lines in a way of its own.
        return same_lines(super().to_python(value))

    def clean(self, value):
        text = super().clean(value)
        try:
            return guessed(text) if self.kind == ANY else typed(text, self.kind)
        except NotTyped as fault:
            raise forms.ValidationError(str(fault)) from None


class ChosenValueField(ValueField):
    """One value out of a few words; nothing and unknown are among them."""

    widget = forms.Select

    def __init__(self, kind, words, value, **given):
        super().__init__(kind, **given)
        rows = [(shown(word), label_of(word) if kind == WORD else shown(word)) for word in words]
        rows = [("", gettext("not named")), *rows, (UNKNOWN, gettext("not known yet"))]
        if shown(value) not in dict(rows):
            rows.append((shown(value), label_of(shown(value))))
        self.widget.choices = rows


def value_field(spec, value):
    """Return the field for (name, kind, words of choice) that holds a value."""
    name, kind, *words = spec
    given = {"label": label_of(name), "initial": shown(value), "help_text": HELP}
    if kind == WORD:
        return ChosenValueField(kind, words[0], value, **given)
    if kind == YES_NO:
        return ChosenValueField(kind, (True, False), value, **given)
    return ValueField(kind, **given, **widget_for(value))


def widget_for(value):
    """Return the widget of a long text, or of one in lines, which a single line would lose."""
    is_long = isinstance(value, str) and (len(value) > LONG or "\n" in value.strip())
    return {"widget": forms.Textarea(attrs={"rows": 3})} if is_long else {}


def same_lines(text):
    """Return a text with the ends of its lines as a rule set has them."""
    return text.replace("\r\n", "\n")


LONG = 60


class NodeForm(RecordForm):
    """A place of a draft. The reason may be left out: the draft is nobody's rule yet."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False
        self.fields["reason"].widget.attrs["rows"] = 2

    def last(self):
        """Put the reason after all that was added to the form."""
        self.order_fields([name for name in self.fields if name != "reason"])

    def own(self):
        """Return what was typed beside reason and bookkeeping."""
        return {name: value for name, value in self.values().items() if name != "reason"}


class MappingForm(NodeForm):
    """The plain values of a mapping: those it usually has, and whatever stands there besides."""

    def __init__(self, *args, mapping, usual, **kwargs):
        super().__init__(*args, **kwargs)
        self.mapping = mapping
        specs = [spec for spec in usual if _is_plain(mapping.get(spec[0]))]
        named = {spec[0] for spec in usual}
        specs += [(k, ANY) for k, v in mapping.items() if k not in named and _is_plain(v)]
        self.names = {}
        for at, spec in enumerate(specs):
            key = spec[0] if str(spec[0]).isidentifier() else f"value_{at}"
            self.names[key] = spec[0]
            self.fields[key] = value_field(spec, mapping.get(spec[0]))
        self.last()

    def changed_values(self):
        """Return what differs from what stood there, by name; nothing typed is left out."""
        found = {}
        for key, name in self.names.items():
            value = self.cleaned_data[key]
            sent = same_lines(self.data.get(key, ""))
            if sent.strip() == shown(self.mapping.get(name)).strip():
                continue
            if value is None and name not in self.mapping:
                continue
            found[name] = LEFT_OUT if value is None else value
        return found

    def mapping_typed(self):
        """Return a mapping of all that was typed."""
        typed_in = {name: self.cleaned_data[key] for key, name in self.names.items()}
        return {name: value for name, value in typed_in.items() if value is not None}


def _is_plain(value):
    if isinstance(value, list):
        return all(not isinstance(one, dict | list) for one in value)
    return not isinstance(value, dict)


class NamedValueForm(NodeForm):
    """A further name in a mapping: a value, a list, or names of its own."""

    name = forms.CharField(label=_("Name"), max_length=80)
    holds = forms.ChoiceField(
        label=_("It holds"),
        choices=[("value", _("one value")), ("list", _("a list")), ("names", _("names"))],
        initial="value",
        widget=forms.RadioSelect,
    )
    value = ValueField(ANY, label=_("Value"), help_text=HELP)

    def __init__(self, *args, taken=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.taken = taken
        self.last()

    def clean_name(self):
        name = self.cleaned_data["name"]
        if name in self.taken:
            raise forms.ValidationError(gettext("This name is there already."))
        if set(name) & set(".[]"):
            raise forms.ValidationError(gettext("A name has no dots and brackets."))
        return name

    def made(self):
        """Return the value of the name."""
        empty = {"list": [], "names": {}}
        found = empty.get(self.cleaned_data["holds"], self.cleaned_data.get("value"))
        return UNK if found is None else found


class OneValueForm(NodeForm):
    """A single value that stands by itself, in a list for example."""

    def __init__(self, *args, value=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["value"] = ValueField(
            ANY, label=gettext("Value"), initial=shown(value), required=True
        )
        self.last()

    def made(self):
        """Return the value that was typed."""
        return self.cleaned_data["value"]
