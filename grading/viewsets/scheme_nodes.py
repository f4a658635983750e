"""Pages on which a draft of a rule set is edited: one place each, by forms."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from grading import actions
from grading.forms import scheme_figures, scheme_nodes, scheme_values
from grading.reports.schemes import anchor_of, condition_or_value, place_words
from grading.rules import nodes, wording
from grading.rules.measures import CALCULATIONS
from grading.rules.parts import LISTS, fields_of, is_place_of_condition
from grading.rules.terms import SECTIONS, label_of
from grading.rules.unknown import UNK, is_known
from office.desk.records import EditView

WITH_CONDITION = ("vetoes", "waivers", "downgrade")
CALCULATED = list(CALCULATIONS)


@dataclass(frozen=True)
class Task:
    """What a form writes: an action and its arguments beside who, when and why."""

    take: object
    given: dict


class PlacePage(EditView):
    """A page about one place of a draft."""

    template_name = "grading/desk/node.html"

    @cached_property
    def path(self):
        return self.request.GET.get("at", "")

    @cached_property
    def kind(self):
        return self.request.GET.get("kind", "")

    @cached_property
    def scheme(self):
        return self.record.rules

    @cached_property
    def keys(self):
        """The keys that lead to the place; a section the rule does not name has its name."""
        try:
            return nodes.keys_of(self.scheme.document, self.path)
        except nodes.NoSuchPlace:
            if self.path in SECTIONS:
                return (self.path,)
            raise Http404 from None

    @cached_property
    def value(self):
        if nodes.has(self.scheme.document, self.path):
            return nodes.at(self.scheme.document, self.path)
        if not self.path:
            return self.scheme.document
        return [] if self.path in LISTS else {}

    @property
    def is_condition(self):
        return is_place_of_condition(self.scheme.document, self.keys)

    @property
    def two(self):
        """The section and the name within it, where the place is a name of a section."""
        return self.keys if len(self.keys) == 2 else ("", "")

    def to(self, view, path=None, **more):
        query = urlencode({"at": self.path if path is None else path, **more})
        return f"{self.desk.url(view, self.record.pk)}?{query}"

    def get(self, request, *args, **kwargs):
        return self.show(self.make_form())

    def show(self, form, status=200, **context):
        if form is not None:
            return super().show(form, status, **context)
        page = self.get_context_data(form=None, media="", errors=[], **context)
        return self.render_to_response(page, status=status)

    def post(self, request, *args, **kwargs):
        if self.make_form() is None:
            raise Http404
        return super().post(request, *args, **kwargs)

    def form(self, form_class, data, files, **given):
        return form_class(data, files, user=self.request.user, record=self.record, **given)

    def carry_out(self, form):
        task = self.task(form)
        reason, revision = form.cleaned_data["reason"], form.cleaned_data["revision"]
        task.take(
            self.record.pk, by=self.request.user, today=self.today, reason=reason,
            revision=revision, **task.given,
        )  # fmt: skip
        self.done_message = _("Saved: %(place)s") % {"place": self.place}
        return f"{self.record_url}#{anchor_of(nodes.nearest(self.scheme.document, self.path))}"

    @property
    def place(self):
        return place_words(self.scheme.document, self.path) if self.path else _("The document")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            place=self.place, now=condition_or_value(self.scheme, self.keys, self.value)
            if self.path else "", inner=list(self.inner()), ways=list(self.ways()),
            kinds=list(self.kinds()), **kwargs,
        )  # fmt: skip

    def inner(self):
        return []

    def ways(self):
        return []

    def kinds(self):
        return []


class NodeView(PlacePage):
    """Changes what stands at a place, and leads to what stands within it."""

    def get_page_title(self):
        return _("Edit: %(place)s") % {"place": self.place}

    def make_form(self, data=None, files=None):
        section, name = self.two
        if self.is_condition:
            return self._condition_form(data, files)
        if section == "params":
            source = (self.record.document.get("source") or {}).get("params") or {}
            given = {"name": name, "value": self.value, "source": source.get(name, "")}
            return self.form(scheme_figures.ParameterForm, data, files, **given)
        if section == "readings":
            return self._reading_form(name, data, files)
        if section == "metrics":
            return self._metric_form(name, data, files)
        if isinstance(self.value, dict) or self._is_vacant_mapping:
            usual = fields_of(self.keys)
            mapping = self.value if isinstance(self.value, dict) else {}
            form = self.form(scheme_values.MappingForm, data, files, mapping=mapping, usual=usual)
            return form if form.names else None
        if isinstance(self.value, list) and (
            self.path in LISTS or any(isinstance(one, dict | list) for one in self.value)
        ):
            return None
        return self._plain_form(data, files)

    @property
    def _is_vacant_mapping(self):
        """Whether a section with names of its own is unknown as a whole."""
        return self.value is UNK and bool(fields_of(self.keys))

    def _plain_form(self, data, files):
        holder = self._holder()
        if isinstance(holder, dict):
            usual = [spec for spec in fields_of(self.keys[:-1]) if spec[0] == self.keys[-1]]
            mapping = {self.keys[-1]: self.value}
            return self.form(scheme_values.MappingForm, data, files, mapping=mapping, usual=usual)
        return self.form(scheme_values.OneValueForm, data, files, value=self.value)

    def _holder(self):
        return nodes.at(self.scheme.document, nodes.address(self.keys[:-1]))

    def _condition_form(self, data, files):
        node = self.value
        wrapped = self.kind == "wrap" and nodes.is_condition(node)
        if wrapped:
            node = {"all": [node]}
        kind = "all" if wrapped else self.kind
        if kind not in scheme_nodes.FORMS:
            if not nodes.is_condition(node) or self.kind == "another":
                return None
            kind = scheme_nodes.kind_of(node)
        held = node if nodes.is_condition(node) and scheme_nodes.kind_of(node) == kind else {}
        form_class = scheme_nodes.FORMS[kind][1]
        return self.form(form_class, data, files, scheme=self.scheme, node=held)

    def _reading_form(self, name, data, files):
        chosen = self.scheme.reading(name)
        held = self.value if isinstance(self.value, dict) else {}
        return self.form(
            scheme_figures.ReadingForm, data, files,
            options=options_of_reading(self.scheme.document, name),
            chosen=chosen if is_known(chosen) else "",
            decided_by=held.get("decided_by", self.request.user.get_full_name()),
        )  # fmt: skip

    def _metric_form(self, name, data, files):
        held = next(
            (key for key in CALCULATED if isinstance(self.value, dict) and key in self.value), ""
        )
        kind = self.kind if self.kind in CALCULATED else held
        if not kind or self.kind == "another":
            return None
        given = {"kind": kind, "name": name, "calc": self.value}
        return self.form(scheme_figures.MetricForm, data, files, **given)

    def task(self, form):
        section, name = self.two
        if isinstance(form, scheme_values.MappingForm):
            path = self.path
            if not isinstance(self.value, dict) and not self._is_vacant_mapping:
                path = nodes.address(self.keys[:-1])
            return Task(actions.put_fields, {"path": path, "fields": form.changed_values()})
        if isinstance(form, scheme_figures.ParameterForm):
            given = {"value": form.typed_value(), "source": form.cleaned_data["source"]}
            return Task(actions.fill_parameter, {"name": name, **given})
        if isinstance(form, scheme_figures.ReadingForm):
            given = {key: form.cleaned_data[key] for key in ("choice", "decided_by")}
            return Task(actions.decide_reading, {"name": name, **given})
        if isinstance(form, scheme_values.OneValueForm):
            return Task(actions.put_node, {"path": self.path, "value": form.cleaned_data["value"]})
        if len(self.keys) == 1:
            given = {"path": "", "name": self.keys[0], "value": form.made()}
            return Task(actions.put_named, given)
        return Task(actions.put_node, {"path": self.path, "value": form.made()})

    def inner(self):
        """Yield (name, what stands there, address) of what the place is made of."""
        if self.is_condition:
            said = wording.say(self.scheme, self.value, self.path)
            for one in said.of:
                name = label_of(one.choice) if one.choice else one.text
                yield name, one.clause or one.text, self.to("node", one.path)
            return
        value = self.value
        rows = (
            value.items()
            if isinstance(value, dict)
            else enumerate(value or [])
            if isinstance(value, list)
            else ()
        )
        for key, one in rows:
            if self.path == "" and key in SECTIONS:
                continue
            path = nodes.address((*self.keys, key))
            name = label_of(key) if isinstance(key, str) else str(int(key) + 1)
            if isinstance(one, dict | list):
                yield (
                    name,
                    condition_or_value(self.scheme, (*self.keys, key), one),
                    self.to("node", path),
                )
        if (
            not self.is_condition
            and len(self.keys) == 2
            and self.keys[0] in WITH_CONDITION
            and "when" not in value
        ):
            yield label_of("when"), "—", self.to("add_node", nodes.address(self.keys))

    def ways(self):
        """Yield (label, address, whether grave) for what else may be done here."""
        if not self.path:
            return
        there = nodes.has(self.scheme.document, self.path)
        if self._may_grow():
            yield _("Add"), self.to("add_node"), False
        if self.is_condition and nodes.is_condition(self.value):
            yield _("Another kind of condition"), self.to("node", kind="another"), False
            yield _("Put into a group"), self.to("node", kind="wrap"), False
        if self.two[0] == "metrics":
            yield _("Another kind of figure"), self.to("node", kind="another"), False
        if type(self.keys[-1]) is int and self.keys[-1] > 0:
            yield _("Move up"), self.to("node_act", do="up"), False
        if there and self.value is not UNK:
            yield _("Mark as unknown"), self.to("node_act", do="unknown"), False
        if there:
            yield _("Take out"), self.to("node_act", do="drop"), True

    def _may_grow(self):
        if self.is_condition:
            return nodes.members(self.value) is not None
        return isinstance(self.value, dict | list) and self.two[0] not in ("metrics", "readings")

    def kinds(self):
        """Yield (label, address) of the kinds to choose from."""
        if self.is_condition and (self.kind == "another" or not nodes.is_condition(self.value)):
            yield from condition_kinds(self, "node")
        held = isinstance(self.value, dict) and any(key in self.value for key in CALCULATED)
        if self.two[0] == "metrics" and (self.kind == "another" or not held):
            yield from figure_kinds(self, "node")


class AddNodeView(PlacePage):
    """Adds a condition to a group, a row to a list, a name to a section."""

    def get_page_title(self):
        return _("Add: %(place)s") % {"place": self.place}

    def make_form(self, data=None, files=None):
        if self.is_condition:
            if nodes.members(self.value) is None:
                raise Http404
            found = scheme_nodes.FORMS.get(self.kind)
            return found and self.form(found[1], data, files, scheme=self.scheme)
        if self.path == "params":
            return self.form(scheme_figures.ParameterForm, data, files)
        if self.path == "metrics":
            known = self.kind in CALCULATED
            return (
                self.form(scheme_figures.MetricForm, data, files, kind=self.kind) if known else None
            )
        if isinstance(self.value, list):
            return self._row_form(data, files)
        if isinstance(self.value, dict) or self.value is UNK:
            taken = list(self.value) if isinstance(self.value, dict) else []
            return self.form(scheme_values.NamedValueForm, data, files, taken=taken)
        raise Http404

    def _row_form(self, data, files):
        usual = fields_of((*self.keys, 0)) or [
            (name, scheme_values.ANY)
            for name in dict.fromkeys(n for one in self.value if isinstance(one, dict) for n in one)
        ]
        if not usual:
            return self.form(scheme_values.OneValueForm, data, files)
        return self.form(scheme_values.MappingForm, data, files, mapping={}, usual=usual)

    def task(self, form):
        if isinstance(form, scheme_figures.ParameterForm):
            given = {"value": form.typed_value(), "source": form.cleaned_data["source"]}
            return Task(actions.fill_parameter, {"name": form.cleaned_data["name"], **given})
        if isinstance(form, scheme_figures.MetricForm):
            given = {"name": form.cleaned_data["name"], "value": form.made()}
            return Task(actions.put_named, {"path": self.path, **given})
        if isinstance(form, scheme_values.NamedValueForm):
            given = {"name": form.cleaned_data["name"], "value": form.made()}
            return Task(actions.put_named, {"path": self.path, **given})
        return Task(actions.add_node, {"path": self.path, "value": self._new(form)})

    def _new(self, form):
        if isinstance(form, scheme_values.OneValueForm):
            return form.cleaned_data["value"]
        if isinstance(form, scheme_values.MappingForm):
            row = form.mapping_typed()
            return {**row, "when": UNK} if self.keys[0] in WITH_CONDITION else row
        return form.made()

    def kinds(self):
        if self.is_condition and self.kind not in scheme_nodes.FORMS:
            yield from condition_kinds(self, "add_node")
        if self.path == "metrics" and self.kind not in CALCULATED:
            yield from figure_kinds(self, "add_node")


class NodeActView(PlacePage):
    """Takes a place out, moves it up, or marks it as unknown."""

    def get_page_title(self):
        words = {
            "drop": _("Take out: %(place)s"),
            "up": _("Move up: %(place)s"),
            "unknown": _("Mark as unknown: %(place)s"),
        }
        if self.act_name not in words:
            raise Http404
        return words[self.act_name] % {"place": self.place}

    @property
    def act_name(self):
        return self.request.GET.get("do", "")

    def make_form(self, data=None, files=None):
        if not self.path or not nodes.has(self.scheme.document, self.path):
            raise Http404
        return self.form(scheme_values.NodeForm, data, files)

    def task(self, form):
        if self.act_name == "unknown":
            return Task(actions.put_node, {"path": self.path, "value": UNK})
        take = {"drop": actions.drop_node, "up": actions.move_node_up}[self.act_name]
        return Task(take, {"path": self.path})


def condition_kinds(page, view):
    for kind, (label, _form) in scheme_nodes.FORMS.items():
        yield label, page.to(view, kind=kind)


def figure_kinds(page, view):
    for kind in CALCULATED:
        yield label_of(kind), page.to(view, kind=kind)


def options_of_reading(value, name):
    """Return the ways in which the conditions of a rule set read a clause."""
    found = {}
    if isinstance(value, dict):
        if value.get("switch") == name:
            found |= dict.fromkeys(wording.options_of(value))
        for one in value.values():
            found |= dict.fromkeys(options_of_reading(one, name))
    elif isinstance(value, list):
        for one in value:
            found |= dict.fromkeys(options_of_reading(one, name))
    return list(found)
