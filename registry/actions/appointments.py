"""Appointments begin, are corrected, suspended and resumed."""

from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused, changing, taking
from registry.flows import OrganizationState
from registry.models import Appointment
from registry.search.upkeep import refresh_mediators

APPOINTING = {
    OrganizationState.DRAFT,
    OrganizationState.LISTED,
    OrganizationState.CHANGE_PENDING,
    OrganizationState.RECTIFYING,
}


@transaction.atomic
def add_appointment(*, by, today, reason, **fields):
    """Appoint a mediator in an organisation; returns the appointment.

    :raises Refused: if the organisation is leaving the roster or has left it.
    """
    appointment = Appointment(**fields)
    appointment.full_clean()
    if appointment.organization.state not in APPOINTING:
        raise Refused(_("Nobody can be appointed in an organisation that leaves the roster."))
    appointment.save()
    after = ledger.filled(appointment)
    ledger.append("registry.appointment.add", appointment, by=by, reason=reason, after=after)
    refresh_mediators([appointment.mediator_id], today=today)
    return appointment


@transaction.atomic
def change_appointment(pk, *, by, today, reason, revision, **fields):
    """Correct an appointment.

    :raises Stale: if it was changed since the form with this revision was opened.
    """
    with changing(Appointment.objects, pk, by=by, reason=reason, revision=revision) as appointment:
        for name, value in fields.items():
            setattr(appointment, name, value)
    refresh_mediators([appointment.mediator_id], today=today)
    return appointment


def suspend_appointment(pk, *, by, today, reason):
    """Take a mediator out of choice for a time; the appointment itself goes on."""
    return _take("suspend", pk, by=by, today=today, reason=reason)


def resume_appointment(pk, *, by, today, reason):
    """Let a suspended mediator mediate again."""
    return _take("resume", pk, by=by, today=today, reason=reason)


@transaction.atomic
def _take(name, pk, *, by, today, reason):
    with taking(name, Appointment.objects, pk, by=by, today=today, reason=reason) as appointment:
        pass
    refresh_mediators([appointment.mediator_id], today=today)
    return appointment
