"""The pages that add to a place of a draft, take it out, move it up or mark it as unknown."""

from django.http import Http404
from django.utils.translation import gettext as _

from grading import actions
from grading.actions import review_editing
from grading.forms import scheme_figures, scheme_nodes, scheme_values
from grading.forms.scheme_vetoes import VetoForm
from grading.rules import nodes
from grading.rules.parts import fields_of
from grading.rules.unknown import UNK
from grading.viewsets.scheme_places import (
    CALCULATED,
    WITH_CONDITION,
    PlacePage,
    Task,
    condition_kinds,
    figure_kinds,
)


class AddNodeView(PlacePage):
    """Adds a condition to a group, a row to a list, a name to a section."""

    def get_page_title(self):
        return _("Add: %(place)s") % {"place": self.place}

    def make_form(self, data=None, files=None):
        if self.is_condition:
            return self._condition_form(data, files)
        if self.review:
            if not self.review.may_grow:
                raise Http404
            return self.review.adding_form(data, files)
        if self.path == "params":
            return self.form(scheme_figures.ParameterForm, data, files)
        if self.path == "metrics":
            given = {"kind": self.kind}
            is_chosen = self.kind in CALCULATED
            return self.form(scheme_figures.MetricForm, data, files, **given) if is_chosen else None
        if isinstance(self.value, list):
            return self._row_form(data, files)
        if not isinstance(self.value, dict) and self.value is not UNK:
            raise Http404
        taken = list(self.value) if isinstance(self.value, dict) else []
        return self.form(scheme_values.NamedValueForm, data, files, taken=taken)

    def _condition_form(self, data, files):
        if nodes.members(self.value) is None:
            raise Http404
        found = scheme_nodes.FORMS.get(self.kind)
        return found and self.form(found[1], data, files, scheme=self.scheme)

    def _row_form(self, data, files):
        usual = fields_of((*self.keys, 0)) or [
            (name, scheme_values.ANY)
            for name in dict.fromkeys(n for one in self.value if isinstance(one, dict) for n in one)
        ]
        if not usual:
            return self.form(scheme_values.OneValueForm, data, files)
        given = {"mapping": {}, "usual": usual}
        if self.keys == ("vetoes",):
            return self.form(VetoForm, data, files, scheme=self.scheme, **given)
        return self.form(scheme_values.MappingForm, data, files, **given)

    def task(self, form):
        if self.review:
            return Task(*self.review.adding_task(form))
        if isinstance(form, scheme_figures.ParameterForm):
            given = {"value": form.typed_value(), "source": form.cleaned_data["source"]}
            return Task(actions.fill_parameter, {"name": form.cleaned_data["name"], **given})
        if isinstance(form, scheme_figures.MetricForm | scheme_values.NamedValueForm):
            given = {"name": form.cleaned_data["name"], "value": form.made()}
            return Task(actions.put_named, {"path": self.path, **given})
        return Task(actions.add_node, {"path": self.path, "value": self._new(form)})

    def _new(self, form):
        if isinstance(form, scheme_values.MappingForm):
            row = form.mapping_typed()
            return {**row, "when": UNK} if self.keys[0] in WITH_CONDITION else row
        return form.made()

    @property
    def target(self):
        return self.review.new_keys if self.review else self.keys

    def kinds(self):
        if self.is_condition and self.kind not in scheme_nodes.FORMS:
            yield from condition_kinds(self, "add_node")
        if self.path == "metrics" and self.kind not in CALCULATED:
            yield from figure_kinds(self, "add_node")
        if self.review and self.review.asks_for_kind:
            for kind, label in self.review.kinds():
                yield label, self.to("add_node", kind=kind)


class NodeActView(PlacePage):
    """Takes a place out, moves it up, or marks it as unknown."""

    is_exact = True

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
        if self.path in ("", "review") or not nodes.has(self.scheme.document, self.path):
            raise Http404
        return self.form(scheme_values.NodeForm, data, files)

    def task(self, form):
        if self.act_name == "unknown":
            put = review_editing.put_part if self.keys[0] == "review" else actions.put_node
            return Task(put, {"path": self.path, "value": UNK})
        take = {"drop": actions.drop_node, "up": actions.move_node_up}[self.act_name]
        return Task(take, {"path": self.path})
