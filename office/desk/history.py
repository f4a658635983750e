"""The ledger in sentences: who did what, why, and what changed, with labels instead of codes."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from django.apps import apps
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.models import LedgerEntry
from office.personal import EncryptedTextField

EMPTY = "—"
LONGEST_SHOWN = 200

_named_acts = {}
_named_acts_of = {}
_named_facts = {}


def name_acts(**labels):
    """Give acts that are no steps of a flow a label: ``name_acts(unmask=_("saw …"))``."""
    _named_acts.update(labels)


def name_acts_of(model_label, **labels):
    """Give acts on one kind of record a label, where the same word means another act elsewhere."""
    _named_acts_of.update({f"{model_label}.{name}": label for name, label in labels.items()})


def name_facts(**labels):
    """Give what entries tell beside the fields of a record a (label, choices)."""
    _named_facts.update(labels)


name_acts(
    change=gettext_lazy("Correct"),
    add=gettext_lazy("Add"),
    export=gettext_lazy("Export"),
)
name_facts(
    rows=(gettext_lazy("Rows"), ()),
    format=(gettext_lazy("Format"), ()),
)


@dataclass(frozen=True)
class Told:
    """One entry of the ledger as it is shown to people. ``changes`` are (label, before, after)."""

    entry: LedgerEntry
    act: str
    kind: str
    changes: list = field(default_factory=list)


def act_label(act):
    """Return the label of an act written as ``app.model.name``."""
    model_label, _dot, name = act.rpartition(".")
    flow = getattr(_model(model_label), "flow", None)
    if flow and name in flow.steps:
        return flow.steps[name].label
    return _named_acts_of.get(act) or _named_acts.get(name, name)


def act_choices():
    """Return (name, label) of every act there is, steps of all flows among them."""
    steps = {
        name: step.label
        for model in apps.get_models()
        if (flow := getattr(model, "flow", None))
        for name, step in flow.steps.items()
    }
    of_one_kind = {act.rpartition(".")[2]: label for act, label in _named_acts_of.items()}
    return sorted((of_one_kind | _named_acts | steps).items())


def kind_label(model_label):
    """Return how a kind of record is called, from ``app.model``."""
    model = _model(model_label)
    return capfirst(model._meta.verbose_name) if model else model_label


def told(entries):
    """Return the entries as ``Told``; related rows are named with one query for each field.

    Of rows whose personal data were erased (``erased_on``) the ledger keeps what it was told; here
    nothing of it is shown any more.
    """
    entries = list(entries)
    names, erased = _names_of_linked(entries), _erased(entries)
    return [
        Told(
            entry,
            act_label(entry.act),
            kind_label(entry.subject_type),
            []
            if (entry.subject_type, entry.subject_id) in erased
            else _changes(entry, _model(entry.subject_type), names),
        )
        for entry in entries
    ]


def told_since(row, revision):
    """Return what happened to a row since the given revision of it, newest first."""
    moved = LedgerEntry.objects.of(row).exclude(after={}).order_by("-sequence")
    return told(moved[: max(0, row.revision - revision)])


def _changes(entry, model, names):
    found = []
    for attname in entry.after | entry.before:
        source = _field(model, attname)
        before, after = entry.before.get(attname), entry.after.get(attname)
        if attname in _named_facts:
            label, choices = _named_facts[attname]
            found.append((label, EMPTY, str(dict(choices).get(after, after))))
        if source is None or attname == "id":
            continue
        found.append((capfirst(source.verbose_name), *_shown(source, before, after, names)))
    return [change for change in found if change[1:] != (EMPTY, EMPTY)]


def _shown(source, before, after, names):
    """Return before and after as people read them; of personal data only that it changed."""
    if isinstance(source, EncryptedTextField):
        recorded = _("changed") if before and after else _("recorded")
        return (_("recorded") if before else EMPTY), (recorded if after else EMPTY)
    return _label(source, before, names), _label(source, after, names)


def _label(source, value, names):
    if value is None or value in ("", []):
        return EMPTY
    if source.is_relation:
        linked = value if isinstance(value, list) else [value]
        return "、".join(names.get((source, pk), str(pk)) for pk in linked)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    choices = dict(source.flatchoices)
    label = str(choices.get(value, value) if choices else value)
    return _dated(source, label)[:LONGEST_SHOWN]


def _dated(source, text):
    kind = source.get_internal_type()
    if kind == "DateField" and isinstance(day := parse_date(text), date):
        return date_format(day)
    if kind == "DateTimeField" and isinstance(moment := parse_datetime(text), datetime):
        return date_format(localtime(moment), "DATETIME_FORMAT")
    return text


def _erased(entries):
    """Return (kind, key) of the subjects of these entries whose personal data were erased."""
    subjects = {(entry.subject_type, entry.subject_id) for entry in entries}
    found = set()
    for label in {label for label, _pk in subjects}:
        if _field(_model(label), "erased_on") is not None:
            # A row that is to be entered by an import has no key yet.
            pks = [pk for of, pk in subjects if of == label and pk]
            rows = _model(label)._base_manager.filter(pk__in=pks).exclude(erased_on=None)
            found |= {(label, str(pk)) for pk in rows.values_list("pk", flat=True)}
    return found


def _names_of_linked(entries):
    wanted = defaultdict(set)
    for entry in entries:
        model = _model(entry.subject_type)
        for side in (entry.before, entry.after):
            for attname, value in side.items():
                source = _field(model, attname)
                if source is not None and source.is_relation and value is not None:
                    wanted[source].update(value if isinstance(value, list) else [value])
    return {
        (source, row.pk): str(row)
        for source, pks in wanted.items()
        for row in source.related_model._base_manager.filter(pk__in=pks)
    }


def _model(label):
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def _field(model, attname):
    if model is None:
        return None
    return next(
        (
            source
            for source in [*model._meta.concrete_fields, *model._meta.many_to_many]
            if source.attname == attname
        ),
        None,
    )
