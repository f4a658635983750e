"""The columns of lists and exports, and the facts on a record's page: one definition for all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.text import capfirst
from django.utils.translation import gettext as _

TONES = ("ok", "warn", "error", "info", "plain")


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: how it is called, what stands in it, by what it is sorted.

    ``value`` is a callable of the row. With ``tone``, a callable of the row that returns one of
    ``TONES``, the value is shown as a tag; the colour only repeats what the text says. With
    ``permission``, as ``app.codename``, only those who hold it are shown the column at all.
    """

    name: str
    label: str
    value: Callable
    sort: str = ""
    tone: Callable | None = None
    width: int = 0
    permission: str = ""


@dataclass(frozen=True)
class Cell:
    """What stands in one row under one column."""

    column: Column
    value: object
    tone: str = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of a record's page: facts as (label, value), or a template with its own context."""

    name: str
    heading: str
    icon: str = "info-circle"
    facts: list = field(default_factory=list)
    template: str = ""
    context: Mapping = field(default_factory=dict)


def column(model, name, *, tones=None, **given):
    """Return the column of a model's field, labelled and valued as the field is.

    ``tones`` maps the stored values of the field to tones.
    """
    source = model._meta.get_field(name)
    given.setdefault("label", capfirst(source.verbose_name))
    given.setdefault("value", lambda row: display(row, name))
    given.setdefault("sort", name)
    if tones is not None:
        given["tone"] = lambda row: tones.get(getattr(row, name), "plain")
    return Column(name=name, **given)


def related(name, label, path):
    """Return the column of what stands at the end of a path of relations."""

    def value(row):
        for step in path.split("__"):
            row = getattr(row, step)
        return row

    return Column(name=name, label=label, value=value, sort=path)


def columns_of(model, specs):
    """Return columns for specs that are either columns already or names of fields."""
    return [column(model, spec) if isinstance(spec, str) else spec for spec in specs]


def facts_of(row, *specs):
    """Return (label, value) for fields or columns of a row, as they are shown to people."""
    return [(item.label, item.value(row)) for item in columns_of(type(row), specs)]


def display(row, name):
    """Return a field's value as it is shown to people: labels, not codes."""
    shown = getattr(row, f"get_{name}_display", None)
    if shown:
        return shown()
    value = getattr(row, name)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return value


def cells(columns, row):
    """Return the cells of a row."""
    return [Cell(item, item.value(row), item.tone(row) if item.tone else "") for item in columns]
