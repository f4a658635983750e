"""The page that changes what stands at a place of a draft, by forms."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grading import actions
from grading.actions import review_editing
from grading.forms import scheme_figures, scheme_nodes, scheme_values
from grading.forms.scheme_vetoes import VetoForm
from grading.notices.clauses import condition_or_value
from grading.rules import nodes, wording
from grading.rules.parts import LISTS, fields_of, is_place_of_condition
from grading.rules.terms import SECTIONS, label_of, label_of_key
from grading.rules.unknown import UNK, is_known
from grading.viewsets.scheme_places import (
    CALCULATED,
    PlacePage,
    Task,
    condition_kinds,
    figure_kinds,
)


class NodeView(PlacePage):
    """Changes what stands at a place, and leads to what stands within it."""

    submit_label = gettext_lazy("Save")

    def get_page_title(self):
        return _("Edit: %(place)s") % {"place": self.place}

    def make_form(self, data=None, files=None):
        section, name = self.two
        if self.is_condition:
            return self._condition_form(data, files)
        if self.review:
            return self.review.form(data, files)
        if section in ("params", "readings", "metrics"):
            return getattr(self, f"_{section}_form")(name, data, files)
        if isinstance(self.value, dict) or self._is_vacant_mapping:
            return self._mapping_form(data, files)
        return None if self._is_list_of_rows else self._plain_form(data, files)

    def _params_form(self, name, data, files):
        held = self.record.document.get("source")
        source = (held.get("params") if isinstance(held, dict) else None) or {}
        given = {"name": name, "value": self.value, "source": source.get(name, "")}
        return self.form(scheme_figures.ParameterForm, data, files, **given)

    def _mapping_form(self, data, files):
        mapping = self.value if isinstance(self.value, dict) else {}
        given = {"mapping": mapping, "usual": fields_of(self.keys)}
        if self.two[0] == "vetoes":
            return self.form(VetoForm, data, files, scheme=self.scheme, **given)
        form = self.form(scheme_values.MappingForm, data, files, **given)
        return form if form.names else None

    @property
    def _is_list_of_rows(self):
        if not isinstance(self.value, list):
            return False
        return self.path in LISTS or any(isinstance(one, dict | list) for one in self.value)

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

    def _readings_form(self, name, data, files):
        chosen = self.scheme.reading(name)
        held = self.value if isinstance(self.value, dict) else {}
        return self.form(
            scheme_figures.ReadingForm, data, files,
            options=options_of_reading(self.scheme.document, name),
            chosen=chosen if is_known(chosen) else "",
            decided_by=held.get("decided_by", self.request.user.get_full_name()),
        )  # fmt: skip

    def _metrics_form(self, name, data, files):
        held = next(
            (key for key in CALCULATED if isinstance(self.value, dict) and key in self.value), ""
        )
        kind = self.kind if self.kind in CALCULATED else held
        if not kind or self.kind == "another":
            return None
        given = {"kind": kind, "name": name, "calc": self.value}
        return self.form(scheme_figures.MetricForm, data, files, **given)

    def task(self, form):
        if self.review:
            return Task(*self.review.task(form))
        return self._task(form)

    def _task(self, form):
        if isinstance(form, scheme_values.MappingForm):
            path = self.path
            if not isinstance(self.value, dict) and not self._is_vacant_mapping:
                path = nodes.address(self.keys[:-1])
            return Task(actions.put_fields, {"path": path, "fields": form.changed_values()})
        if isinstance(form, scheme_figures.ParameterForm):
            given = {"value": form.typed_value(), "source": form.cleaned_data["source"]}
            return Task(actions.fill_parameter, {"name": self.keys[1], **given})
        if isinstance(form, scheme_figures.ReadingForm):
            given = {key: form.cleaned_data[key] for key in ("choice", "decided_by")}
            return Task(actions.decide_reading, {"name": self.keys[1], **given})
        return self._whole(form.made())

    def _whole(self, value):
        """Return what puts another value at the place."""
        if len(self.keys) == 1:
            return Task(actions.put_named, {"path": "", "name": self.keys[0], "value": value})
        put = review_editing.put_part if self.keys[0] == "review" else actions.put_node
        return Task(put, {"path": self.path, "value": value})

    def inner(self):
        """Yield (name, what stands there, address) of what the place is made of."""
        if self.is_condition:
            for one in wording.say(self.scheme, self.value, self.path).of:
                name = label_of(one.choice) if one.choice else one.text
                yield name, one.clause or one.text, self.to("node", one.path)
            return
        if self.review:
            for name, words, path in self.review.inner():
                yield name, words, self.to("node", path)
            return
        for key, one in self._children():
            keys = (*self.keys, key)
            name = label_of_key(key) if isinstance(key, str) else str(key + 1)
            words = condition_or_value(self.scheme, keys, one)
            yield name, words, self.to("node", nodes.address(keys))

    def _children(self):
        """Yield the parts that have pages of their own: lists, names with values, conditions."""
        rows = [*self.value.items()] if isinstance(self.value, dict) else []
        if self._is_list_of_rows:
            rows = [*enumerate(self.value)]
        for key, one in rows:
            is_condition = is_place_of_condition(self.scheme.document, (*self.keys, key))
            if not self.path and key in SECTIONS:
                continue
            if is_condition or isinstance(one, dict | list) or not isinstance(self.value, dict):
                yield key, one

    def ways(self):
        """Yield (label, address, whether grave) for what else may be done here."""
        if self.path in ("", "review"):
            return
        there = nodes.has(self.scheme.document, self.path)
        if self._may_grow():
            yield _("Add"), self.to("add_node"), False
        if self.is_condition and nodes.is_condition(self.value):
            yield _("Another kind of condition"), self.to("node", kind="another"), False
            yield _("Put into a group"), self.to("node", kind="wrap"), False
        if self.two[0] == "metrics":
            yield _("Another kind of figure"), self.to("node", kind="another"), False
        if self.review and self.review.may_be_another_kind:
            yield _("Another kind of indicator"), self.to("node", kind="another"), False
        yield from self._ways_of_place(there)

    def _ways_of_place(self, is_there):
        if type(self.keys[-1]) is int and self.keys[-1] > 0:
            yield _("Move up"), self.to("node_act", do="up"), False
        may_be_unknown = not self.review or self.review.may_be_unknown
        if is_there and self.value is not UNK and may_be_unknown:
            yield _("Mark as unknown"), self.to("node_act", do="unknown"), False
        if is_there:
            yield _("Take out"), self.to("node_act", do="drop"), True

    def _may_grow(self):
        if self.is_condition:
            return nodes.members(self.value) is not None
        if self.review:
            return self.review.may_grow
        return isinstance(self.value, dict | list) and self.two[0] not in ("metrics", "readings")

    def kinds(self):
        """Yield (label, address) of the kinds to choose from."""
        if self.is_condition and (self.kind == "another" or not nodes.is_condition(self.value)):
            yield from condition_kinds(self, "node")
        held = isinstance(self.value, dict) and any(key in self.value for key in CALCULATED)
        if self.review and self.review.asks_for_kind and self.review.may_be_another_kind:
            for kind, label in self.review.kinds():
                yield label, self.to("node", kind=kind)
        if self.two[0] == "metrics" and (self.kind == "another" or not held):
            yield from figure_kinds(self, "node")


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
