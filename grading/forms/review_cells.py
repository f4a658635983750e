"""Fields for the names of a part of a review rule: each shows what stands there and reads it back.

What was not touched stays as it is written, so that a form that was only opened changes nothing.
"""

from django import forms
from django.utils.translation import gettext, pgettext

from grading.forms.scheme_values import (
    HELP,
    UNKNOWN,
    ChosenValueField,
    ValueField,
    same_lines,
    widget_for,
)
from grading.rules.parts import LIST, WORD, YES_NO
from grading.rules.review_parts import FEW, NUMBERS, ORDERED, TABLE
from grading.rules.typed import NotTyped, guessed, shown
from grading.rules.unknown import UNK

MOST_IN_ORDER = 5


class Cell:
    """One name of a part. ``words`` are the closed words, by what stands in the rule."""

    def __init__(self, spec, held, words, label=None):
        self.spec, self.held, self.words = spec, held, dict(words)
        self.name = spec.name.replace(".", "__")
        self.label = label or str(spec.label)

    @property
    def help(self):
        return str(self.spec.help) or HELP

    def fields(self):
        """Yield (name, field)."""
        given = {"label": self.label, "initial": self.text, "help_text": self.help}
        yield self.name, ValueField(self.kind, **given, **widget_for(self.held))

    @property
    def kind(self):
        return self.spec.kind

    @property
    def text(self):
        """What stands there, as it would be typed."""
        if not isinstance(self.held, dict):
            return shown(self.held)
        name, said = next(iter(self.held.items()), ("", None))
        return f"{shown(said)}%" if name in ("percent", "pct") else shown(said)

    def typed(self, form):
        """Return what was typed, None if nothing was."""
        if same_lines(form.data.get(self.name, "")).strip() == self.text.strip():
            return self.held
        return form.cleaned_data.get(self.name)


class NumbersCell(Cell):
    """Numbers in an order."""

    kind = LIST

    def typed(self, form):
        found = super().typed(form)
        if not isinstance(found, list) or found is self.held:
            return found
        return [guessed(one) for one in found]


class WordCell(Cell):
    """One of a few words."""

    def fields(self):
        field = ChosenValueField(
            self.spec.kind, (), None, label=self.label, initial=shown(self.held),
            help_text=self.spec.help,
        )  # fmt: skip
        rows = [("", gettext("not named")), *((shown(k), str(v)) for k, v in self.words.items())]
        rows.append((UNKNOWN, gettext("not known yet")))
        if shown(self.held) not in dict(rows):
            rows.append((shown(self.held), shown(self.held)))
        field.widget.choices = rows
        yield self.name, field


class FewCell(Cell):
    """Several of some words; that it is not known stands among them."""

    def fields(self):
        rows = [(word, str(label)) for word, label in self.words.items()]
        rows += [(one, one) for one in self._held_words() if one not in dict(rows)]
        rows = [row for row in rows if row[0] != UNKNOWN]
        yield self.name, forms.MultipleChoiceField(
            label=self.label, choices=[*rows, (UNKNOWN, gettext("not known yet"))],
            initial=self._held_words(), required=False, help_text=self.spec.help,
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip

    def _held_words(self):
        if self.held is None:
            return []
        rows = self.held if isinstance(self.held, list) else [self.held]
        return [shown(one) for one in rows]

    def typed(self, form):
        chosen = form.cleaned_data.get(self.name, [])
        if set(chosen) == set(self._held_words()):
            return self.held
        if UNKNOWN in chosen:
            if len(chosen) > 1:
                form.add_error(self.name, gettext("Either it is not known, or it is these."))
            return UNK
        return chosen or None


class OrderedCell(FewCell):
    """Some words in an order: what comes first goes first."""

    def fields(self):
        held = self._held_words()
        rows = [("", "—"), *((word, str(label)) for word, label in self.words.items())]
        rows += [(one, one) for one in held if one not in dict(rows) and one != UNKNOWN]
        rows.append((UNKNOWN, gettext("not known yet")))
        further = min(max(len(held), 1) + 1, max(len(self.words), 1), MOST_IN_ORDER)
        for at in range(max(len(held), further)):
            label = self.label if at == 0 else gettext("%s: then") % self.label
            yield f"{self.name}_{at}", forms.ChoiceField(
                label=label, choices=rows, required=False,
                initial=held[at] if at < len(held) else "",
            )  # fmt: skip

    def typed(self, form):
        names = [name for name in form.fields if name.rpartition("_")[0] == self.name]
        chosen = [one for name in names if (one := form.cleaned_data.get(name))]
        if chosen == self._held_words():
            return self.held
        if UNKNOWN in chosen:
            if len(chosen) > 1:
                form.add_error(names[0], gettext("Either it is not known, or it is these."))
            return UNK
        return chosen or None


class TableCell(Cell):
    """A table of two numbers, a line each."""

    def fields(self):
        yield self.name, forms.CharField(
            label=self.label, initial=self._lines(), required=False, help_text=self.spec.help,
            widget=forms.Textarea(attrs={"rows": 4}),
        )  # fmt: skip

    def _lines(self):
        if not isinstance(self.held, dict | list):
            return shown(self.held)
        return "\n".join(f"{shown(least)}：{shown(worth)}" for least, worth in self._pairs())

    def _pairs(self):
        if isinstance(self.held, dict):
            yield from self.held.items()
            return
        for row in self.held:
            if isinstance(row, list):
                yield row
            else:
                least = row.get("from", row.get("min"))
                yield least, next((row[n] for n in ("points", "score", "value") if n in row), None)

    def typed(self, form):
        text = form.cleaned_data.get(self.name, "")
        if _lines_of(text) == _lines_of(self._lines()):
            return self.held
        if text.strip() in (UNKNOWN, "UNK"):
            return UNK
        found = {}
        for line in _lines_of(text):
            least, colon, worth = line.replace(":", "：").partition("：")
            try:
                key, value = guessed(least), guessed(worth)
            except NotTyped:
                key = value = None
            if not colon or key is None or value is None or key in found:
                form.add_error(self.name, gettext("A line each: two numbers with ： between them."))
                return self.held
            found[key] = value
        return found or None


def _lines_of(text):
    return [line.strip() for line in text.splitlines() if line.strip()]


CELLS = {
    WORD: WordCell,
    FEW: FewCell,
    ORDERED: OrderedCell,
    TABLE: TableCell,
    NUMBERS: NumbersCell,
}


def cell_of(spec, held, words=(), label=None):
    """Return the cell of a description that shows what stands under its name."""
    if spec.kind == YES_NO:
        words = {True: pgettext("rule", "yes"), False: pgettext("rule", "no")}
        return WordCell(spec, held, words, label)
    return CELLS.get(spec.kind, Cell)(spec, held, words or {}, label)
