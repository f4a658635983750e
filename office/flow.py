"""The grammar in which every flow of the house is written: states, steps, guards."""

from contextlib import contextmanager
from functools import wraps

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from office.personal import LookupHashField


class Refused(ValidationError):
    """The rules do not allow what was asked for. ``messages`` may be shown to the user."""


class Stale(Refused):
    """Somebody else changed the row since the form was opened. ``changed`` names the fields."""

    def __init__(self, changed=()):
        self.changed = tuple(changed)
        super().__init__(_("This record was changed by someone else after you opened it."))


def guard(reason):
    """Make a guard of a test ``(obj, today) -> bool``. If the test fails, it gives the reason."""

    def make(test):
        @wraps(test)
        def reasons(obj, today):
            return [] if test(obj, today) else [reason]

        return reasons

    return make


def asking(signal):
    """Make a guard that asks the floors above, which this floor may not import."""

    def reasons(obj, today):
        answers = signal.send(type(obj), obj=obj, today=today)
        return [reason for _receiver, said in answers for reason in said]

    return reasons


class Step:
    """One arrow of a flow: ``source`` (a state, or several) to ``target``, past every guard."""

    def __init__(self, name, label, source, target, *guards):
        self.name, self.label, self.target, self.guards = name, label, target, guards
        self.sources = (source,) if isinstance(source, str) else tuple(source)


class Flow:
    """The states of one model, the steps between them, and the states in which it may be edited."""

    def __init__(self, *steps, editable):
        self.steps = {step.name: step for step in steps}
        self.editable = frozenset(editable)

    def refusals(self, obj, name, today):
        """Return every reason why ``obj`` may not take the step today; none means it may."""
        step = self.steps[name]
        if obj.state not in step.sources:
            return [
                _("“%(step)s” is not possible in the state “%(state)s”.")
                % {"step": step.label, "state": obj.get_state_display()}
            ]
        return [reason for reasons in step.guards for reason in reasons(obj, today)]

    def ahead_of(self, obj):
        """Return the steps that leave the state ``obj`` is in, whether or not a guard bars them."""
        return [step for step in self.steps.values() if obj.state in step.sources]

    def permissions(self, model_name):
        """Return a permission for each step, for ``Meta.permissions``."""
        return [(f"{name}_{model_name}", f"Can {name} {model_name}") for name in self.steps]

    def mermaid(self):
        """Draw the flow; the drawings in ``docs/flows/`` are made by this and tested against it."""
        arrows = [
            f"    {source} --> {step.target} : {step.name}"
            for step in self.steps.values()
            for source in step.sources
        ]
        return "\n".join(["stateDiagram-v2", *arrows]) + "\n"


@contextmanager
def taking(name, rows, pk, *, by, today, reason="", legal_basis="", evidence=()):
    """Lock a row, test the step's guards, hand the row over to be written, then save and log it.

    :raises Refused: if the flow or any guard says no. Nothing is written then.
    """
    with transaction.atomic():
        obj = rows.select_for_update(of=("self",)).get(pk=pk)
        if reasons := obj.flow.refusals(obj, name, today):
            raise Refused(reasons)
        before = _told(obj)
        obj.state = obj.flow.steps[name].target
        if hasattr(obj, "effective_on"):
            obj.effective_on = today
        yield obj
        _write(obj, name, before, by=by, reason=reason, legal_basis=legal_basis, evidence=evidence)


@contextmanager
def changing(rows, pk, *, by, reason, revision=None, legal_basis="", evidence=()):
    """Lock a row to correct its data outside any step, then save and log it with the reason.

    ``revision`` is the one the form was opened with.

    :raises Stale: if the row has moved on since.
    :raises Refused: if the row is in a state in which it may not be edited.
    """
    with transaction.atomic():
        obj = rows.select_for_update(of=("self",)).get(pk=pk)
        if revision is not None and revision != obj.revision:
            raise Stale
        flow = getattr(obj, "flow", None)
        if flow and obj.state not in flow.editable:
            raise Refused(_("In this state the record may not be edited."))
        before = _told(obj)
        yield obj
        _write(
            obj, "change", before, by=by, reason=reason, legal_basis=legal_basis, evidence=evidence
        )


def _write(obj, name, before, **note):
    obj.revision += 1
    obj.clean_touched([*_changes(before, _told(obj))[1], "revision"])
    obj.save()
    old, new = _changes(before, _told(obj))
    ledger.append(f"{obj._meta.label_lower}.{name}", obj, before=old, after=new, **note)


def _changes(before, after):
    (old, seals), (new, new_seals) = before, after
    old, new = ledger.changes(old, new)
    for attname in seals:
        if seals[attname] != new_seals[attname]:
            # One number for another: the mark that it is there stays, yet the change is told.
            old.setdefault(attname, True)
            new.setdefault(attname, True)
    return old, new


def _told(obj):
    """Return what the ledger tells of a row, its many-to-many fields with it, and its seals."""
    linked = {
        field.name: sorted(row.pk for row in field.value_from_object(obj))
        for field in obj._meta.many_to_many
    }
    seals = {
        field.source: getattr(obj, field.attname)
        for field in obj._meta.concrete_fields
        if isinstance(field, LookupHashField)
    }
    return ledger.snapshot(obj) | linked, seals
