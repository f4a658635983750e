"""Informants and volunteers begin, are corrected and end; they are no mediators."""

from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused, changing
from office.personal import unmasked
from registry.actions.entering import acting, entered
from registry.models import AuxiliaryPerson


@transaction.atomic
def add_auxiliary(*, by, today, reason, **fields):
    """Enter an informant or a volunteer; returns the row."""
    return entered(AuxiliaryPerson(**fields), by=by, reason=reason)


@transaction.atomic
def change_auxiliary(pk, *, by, today, reason, revision, **fields):
    """Correct the data of an informant or a volunteer.

    :raises Stale: if it was changed since the form with this revision was opened.
    """
    with changing(AuxiliaryPerson.objects, pk, by=by, reason=reason, revision=revision) as person:
        for name, value in fields.items():
            setattr(person, name, value)
    return person


@transaction.atomic
def end_auxiliary(pk, *, by, today, reason, until_on):
    """Note the first day on which somebody is no informant or volunteer any more.

    :raises Refused: if that is known already, or the day is not after the first.
    """
    with acting("finish", AuxiliaryPerson.objects, pk, by=by, reason=reason) as person:
        if person.until_on:
            raise Refused(_("The end is on record already."))
        if until_on <= person.from_on:
            raise Refused({"until_on": _("The end comes after the beginning.")})
        person.until_on = until_on
    return person


@transaction.atomic
def unmask_auxiliary(pk, *, by, today, reason):
    """Return the phone of an informant or volunteer in full; the ledger says who saw it and why."""
    person = AuxiliaryPerson.objects.get(pk=pk)
    shown = {"phone": unmasked(person, "phone", reason=reason)}
    ledger.append("registry.auxiliaryperson.unmask", person, by=by, reason=reason)
    return shown
