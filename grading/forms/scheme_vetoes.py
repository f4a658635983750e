"""The form of a veto: what it does, over which span of time, who confirms it."""

from django import forms
from django.utils.translation import gettext

from grading.actions.scheme_editing import LEFT_OUT
from grading.forms.scheme_nodes import add_window, clean_window, window_typed
from grading.forms.scheme_values import MappingForm


class VetoForm(MappingForm):
    """A veto; its condition has a page of its own."""

    def __init__(self, *args, scheme, **kwargs):
        super().__init__(*args, **kwargs)
        effect = self.mapping.get("effect")
        self.cap = str(effect["cap"]) if isinstance(effect, dict) and "cap" in effect else ""
        rows = [(level.code, level.label) for level in scheme.levels]
        self.fields["cap"] = forms.ChoiceField(
            label=gettext("No higher level than"), required=False, initial=self.cap,
            choices=[("", gettext("as the effect says")), *rows],
        )  # fmt: skip
        add_window(self, self.mapping.get("window"))
        self.last()

    def clean(self):
        cleaned = super().clean()
        clean_window(self)
        return cleaned

    def changed_values(self):
        """Return what differs, the span of time and the highest level with it."""
        found = super().changed_values()
        window = window_typed(self).get("window", LEFT_OUT)
        if window != self.mapping.get("window", LEFT_OUT):
            found["window"] = window
        if self.cleaned_data["cap"] != self.cap:
            found["effect"] = self._effect(found.get("effect", "reject"))
        return found

    def mapping_typed(self):
        """Return the veto that was typed, without its condition."""
        found = {**super().mapping_typed(), **window_typed(self)}
        return {**found, "effect": self._effect(found.get("effect", "reject"))}

    def _effect(self, otherwise):
        return {"cap": self.cleaned_data["cap"]} if self.cleaned_data["cap"] else otherwise
