"""The rows of the registers that a judgment rests on, as people read them; nobody else is named."""

from dataclasses import dataclass

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grading.evaluation import MEDIATORS
from grading.rules.evidence import facts_from
from grading.rules.terms import label_of

HEADS = {
    "on": gettext_lazy("Day"),
    "from": gettext_lazy("From"),
    "until": gettext_lazy("Until"),
}
NOTHING = "—"


@dataclass(frozen=True)
class Rows:
    """The rows of one kind: headings and cells."""

    label: str
    heads: tuple
    rows: tuple


def rows_of(evidence, subject=MEDIATORS):
    """Return the ``Rows`` of stored evidence, kind by kind; kinds without any are left out."""
    values = facts_from(evidence).values if evidence else {}
    return [
        _rows(series, values[name], values["as_of"])
        for name, series in subject.series.items()
        if values.get(name)
    ]


def _rows(series, rows, as_of):
    days = ("from", "until") if series.spans else ("on",)
    model = series.rows(as_of).model
    columns = [
        (name, *_head_and_words(model, name, attribute.path))
        for name, attribute in series.attributes.items()
    ]
    heads = (*(str(HEADS[day]) for day in days), *(head for _name, head, _words in columns))
    cells = tuple(
        (
            *(_cell(row.get(day)) for day in days),
            *(_cell(row.get(name), words) for name, _head, words in columns),
        )
        for row in rows
    )
    return Rows(str(series.label), heads, cells)


def _head_and_words(model, name, path):
    """Return how an attribute is called, and what its values are called."""
    *steps, last = str(path).split("__")
    try:
        for step in steps:
            field = model._meta.get_field(step)
            model = field.related_model
        if last == "code":
            words = dict(model._default_manager.values_list("code", "name"))
            return capfirst(field.verbose_name), words
        found = model._meta.get_field(last)
    except (FieldDoesNotExist, AttributeError):
        return label_of(name), {}
    return capfirst(found.verbose_name), dict(found.flatchoices)


def _cell(value, words=None):
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str((words or {}).get(value, value))
