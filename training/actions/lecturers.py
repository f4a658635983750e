"""Lecturers enter the pool and leave it."""

from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused, changing
from office.personal import unmasked
from registry.actions.entering import acting, entered
from training.models import Lecturer


@transaction.atomic
def add_lecturer(*, by, today, reason, specialities, **values):
    """Enter a lecturer in the pool; returns the lecturer."""
    lecturer = entered(Lecturer(**values), by=by, reason=reason)
    lecturer.specialities.set(specialities)
    return lecturer


@transaction.atomic
def change_lecturer(pk, *, by, today, reason, revision, specialities, **values):
    """Correct the data of a lecturer.

    :raises Stale: if it was changed since the form with this revision was opened.
    """
    with changing(Lecturer.objects, pk, by=by, reason=reason, revision=revision) as lecturer:
        for name, value in values.items():
            setattr(lecturer, name, value)
        lecturer.specialities.set(specialities)
    return lecturer


@transaction.atomic
def end_lecturer(pk, *, by, today, reason):
    """Take a lecturer out of the pool today.

    :raises Refused: if the lecturer has left it, or entered it only today.
    """
    with acting("leave", Lecturer.objects, pk, by=by, reason=reason) as lecturer:
        if lecturer.until_on:
            raise Refused(_("The lecturer left the pool already."))
        if lecturer.from_on >= today:
            raise Refused(_("Who entered the pool today leaves it tomorrow at the earliest."))
        lecturer.until_on = today
    return lecturer


@transaction.atomic
def unmask_lecturer(pk, *, by, today, reason):
    """Return the phone of a lecturer in full; the ledger says who saw it and why."""
    lecturer = Lecturer.objects.get(pk=pk)
    shown = {"phone": unmasked(lecturer, "phone", reason=reason)}
    ledger.append("training.lecturer.unmask", lecturer, by=by, reason=reason)
    return shown
