"""Criticism and orders of the committee, and the flag of a court, are recorded on a post."""

from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from office.documents import attach, evidence_of
from office.flow import Refused
from registry.flows import AppointmentState
from registry.models import Appointment, Discipline
from registry.models.discipline import BY_THE_COMMITTEE

OPEN_TO_IT = {AppointmentState.PROBATION, AppointmentState.IN_POST, AppointmentState.SUSPENDED}


@transaction.atomic
def record_discipline(pk, *, by, today, reason, kind, ground, decided_on, text, document, unit=""):
    """Record what the committee, or a court, decided about somebody in post; returns the record.

    Without ``unit`` criticism and orders are those of the committee itself (art. 15).

    :raises Refused: if the person held the post on no such day, or the court is not named.
    """
    appointment = Appointment.objects.select_for_update(of=("self",)).get(pk=pk)
    if reasons := refusals(appointment, today):
        raise Refused(reasons)
    if not appointment.from_on <= decided_on <= today:
        raise Refused({"decided_on": _("The person did not hold this post on that day.")})
    if kind in BY_THE_COMMITTEE:
        unit = unit or appointment.organization.name
    discipline = Discipline(
        appointment=appointment,
        kind=kind,
        ground=ground,
        unit=unit,
        decided_on=decided_on,
        text=text,
        recorded_by=by,
    )
    discipline.full_clean()
    discipline.save()
    paper = attach(discipline, upload=document, kind="decision", by=by, today=today, reason=reason)
    ledger.append(
        "registry.discipline.add",
        discipline,
        by=by,
        reason=reason,
        evidence=evidence_of([paper]),
        after=ledger.filled(discipline),
    )
    return discipline


def refusals(appointment, today):
    """Return what bars discipline on an appointment: only who holds a post is disciplined."""
    if appointment.state in OPEN_TO_IT and appointment.from_on <= today:
        return []
    return [_("Only somebody who holds the post can be criticised or ordered to correct.")]
